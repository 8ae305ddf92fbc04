// Whether a text may be told by its lines: its characters, and how long its lines are.

/** What is not printed, and what some parsers take for a line break or for white space. */
const UNUSUAL = /[^\n\t -~\u00a1-\u1fff\u200b-\u2027\u2030-\u2fff\u3001-\ud7ff]/;

/** V8 keeps each repetition of a choice for its way back, and those of a line of megabytes fill its stack. */
const LONGEST_LINE = 100_000;

/**
 * Whether a text has nothing that is left to a parser wherever it stands.
 *
 * @param text the text
 */
export function isUsual(text: string): boolean {
  // Not every parser agrees on what begins with the end of a document.
  if (text.startsWith("...") || text.includes("\n...")) return false;
  // Spaces in the last line that no line feed ends have a meaning in some scalars.
  return !text.endsWith(" ") && !UNUSUAL.test(text) && !hasLongLine(text);
}

function hasLongLine(text: string): boolean {
  for (let start = 0; start + LONGEST_LINE < text.length;) {
    const end = text.lastIndexOf("\n", start + LONGEST_LINE);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}
