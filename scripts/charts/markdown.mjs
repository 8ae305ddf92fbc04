// Pieces of Markdown for docs/measurements/charts.md.

/** A text as code. */
export const code = (text) => `\`${text}\``;

/** Joins the lines of one paragraph. */
export const paragraph = (...lines) => lines.join(" ");

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/**
 * A table.
 *
 * @param head the texts of its head
 * @param rows its rows, each a list of texts
 */
export const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

/** A share in percent, and what it is a share of. */
export const share = (part, all) =>
  all === 0 ? "–" : `${((100 * part) / all).toFixed(1)}% (${String(part)} of ${String(all)})`;
