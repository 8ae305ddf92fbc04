// Turns offsets into lines and columns, as YAML counts lines.
import type { Position } from "./reading.js";

/** YAML 1.2.2, 5.4: LF, CRLF or CR; U+2028 and U+2029 are line breaks in YAML 1.1 only. */
const LINE_BREAK = /\r\n?|\n/g;

/**
 * Prepares to turn offsets into positions. The table of lines grows with the questions: a file may be
 * millions of lines, with an error near its beginning.
 *
 * @param text a file's text
 * @returns a function from an offset to its line (from 1) and column (from 0, UTF-16 units); an offset
 *   outside the text counts as its nearest end
 */
export function positionFinder(text: string): (offset: number) => Position {
  const starts = [0];
  const findStart = startFinder(text);
  let next: number | undefined;
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    next ??= findStart(0);
    while (next <= inside) {
      starts.push(next);
      next = findStart(next);
    }
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

/**
 * Prepares to find the first line that starts behind an offset; behind the last line, that is infinity.
 */
function startFinder(text: string): (from: number) => number {
  let returns: boolean | undefined;
  return (from) => {
    returns ??= text.includes("\r");
    if (!returns) {
      const feed = text.indexOf("\n", from);
      return feed < 0 ? Number.POSITIVE_INFINITY : feed + 1;
    }
    LINE_BREAK.lastIndex = from;
    return LINE_BREAK.test(text) ? LINE_BREAK.lastIndex : Number.POSITIVE_INFINITY;
  };
}
