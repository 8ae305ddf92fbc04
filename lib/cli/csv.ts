// Writes rows as comma-separated values (RFC 4180).

/** The beginning of a text that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Writes rows of a table.
 *
 * @param rows cells; `null` is an empty cell. A text that a spreadsheet would run as a formula gets an
 *   apostrophe in front
 * @returns lines that end in CRLF
 * @see RFC 4180; OWASP, "CSV Injection"
 */
export function toCsv(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
