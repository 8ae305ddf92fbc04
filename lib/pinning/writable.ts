// Whether a scalar may be rewritten by itself: it stands as it is read, and nothing else reads it.
import type { Part } from "../images/field.js";

/** An anchor before a scalar. */
const ANCHOR = /&[^\s,[\]{}]+\s+$/;
/** How many characters before a scalar are looked at for an anchor. */
const LONGEST = 200;

/**
 * Whether a part is written where it is read and has no anchor, so that nothing else changes with it.
 *
 * @param text the file's text
 * @param part a part of a field of that text
 */
export function isOwn(text: string, { alias, range: [start] }: Part): boolean {
  return alias === undefined && !ANCHOR.test(text.slice(Math.max(0, start - LONGEST), start));
}

/**
 * Whether a whole scalar may be replaced by another of the same quotes.
 *
 * @param text the file's text
 * @param part a part of a field of that text
 * @returns false where an escape, a fold or a block's indentation stands between the text and its value
 */
export function isWritable(text: string, part: Part): boolean {
  return (
    isOwn(text, part) &&
    part.quote !== "|" &&
    part.quote !== ">" &&
    text.slice(...part.valueRange) === part.value
  );
}
