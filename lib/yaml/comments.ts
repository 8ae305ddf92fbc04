// Finds comments: a `#` at a line's start or after white space that is not inside a scalar.
import { mask } from "../helm/mask.js";
import { scan } from "../helm/scan.js";
import type { Event } from "js-yaml";
import { parseEvents } from "./events.js";
import { isScalar } from "./scalar.js";
import type { Range } from "./reading.js";

/**
 * YAML 1.2.2, 6.6: a comment is separated by white space from what stands before it, and ends with its line.
 */
const COMMENT = /(?:^|[ \t\r\n])#/g;
const LINE_END = /[\r\n]|$/g;

/**
 * The comments of a text.
 *
 * @param text the text that the parser read: a plain file, or a template's masked text
 * @param trees the trees that were read from it; without any, every `#` at a line's start or after white
 *   space counts
 * @returns ranges from `#` to the line's end, in order; linear (times a logarithm where there are several
 *   trees)
 */
export function findComments(
  text: string,
  trees: Iterable<{ readonly events: readonly Event[] }>,
): readonly Range[] {
  const scalars: Range[] = [];
  for (const tree of trees)
    for (const event of tree.events)
      if (isScalar(event) && event.valueStart >= 0) scalars.push([event.valueStart, event.valueEnd]);
  scalars.sort((one, other) => one[0] - other[0]);
  const found: Range[] = [];
  let next = 0;
  COMMENT.lastIndex = 0;
  for (let match = COMMENT.exec(text); match; match = COMMENT.exec(text)) {
    const at = match.index + match[0].length - 1;
    while ((scalars[next]?.[1] ?? Infinity) <= at) next++;
    const scalar = scalars[next];
    if (scalar && scalar[0] <= at) {
      // Not after the scalar's end, because its last white space may be what separates the comment.
      COMMENT.lastIndex = Math.max(at + 1, scalar[1] - 1);
      continue;
    }
    LINE_END.lastIndex = at;
    const end = LINE_END.exec(text)?.index ?? text.length;
    found.push([at, end]);
    COMMENT.lastIndex = end;
  }
  return found;
}

/**
 * The comments of a text of which nothing else is needed.
 *
 * @param text a file's text without a byte order mark, plain or template
 * @returns ranges from `#` to the line's end, in order; never throws
 */
export function commentsOf(text: string): readonly Range[] {
  const plain = parseEvents(text);
  if (plain.ok) return findComments(text, [plain]);
  const masked = text.includes("{{") ? mask(text, scan(text).actions) : text;
  const tolerant = masked === text ? plain : parseEvents(masked);
  return findComments(masked, tolerant.ok ? [tolerant] : []);
}
