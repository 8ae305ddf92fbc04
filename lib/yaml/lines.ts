// Turns offsets into lines and columns, as YAML counts lines.
import type { Position } from "./reading.js";

/** YAML 1.2.2, 5.4: LF, CRLF or CR; U+2028 and U+2029 are line breaks in YAML 1.1 only. */
const LINE_BREAK = /\r\n?|\n/g;

/**
 * @param text a file's text
 * @returns where its lines start, in UTF-16 units; the first is 0
 */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (text.includes("\r"))
    for (const match of text.matchAll(LINE_BREAK)) starts.push(match.index + match[0].length);
  else
    for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) starts.push(feed + 1);
  return starts;
}

/**
 * Prepares to turn offsets into positions. The table is made with the first question.
 *
 * @param text a file's text
 * @returns a function from an offset to its line (from 1) and column (from 0, UTF-16 units); an offset
 *   outside the text counts as its nearest end
 */
export function positionFinder(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const inside = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle + 1;
      else high = middle;
    }
    return { line: low, column: inside - (starts[low - 1] ?? 0) };
  };
}
