// A text edit: what replaces which stretch of a file, and how several replacements become one edit.
import type { ImageField } from "../images/field.js";
import type { Range } from "../yaml/reading.js";

/** A replacement that is only a piece of an edit. */
export interface Piece {
  readonly range: Range;
  readonly text: string;
}

/** Replaces `range` by `text`. Everything outside stays byte for byte. */
export interface Edit extends Piece {
  /** For a suggestion: what it does, in a few words. */
  readonly title: string;
}

/**
 * Joins pieces to one edit that covers every part of the field, so that no other fix changes a part in the
 * same pass of ESLint.
 *
 * @param text the file's text
 * @param field the field
 * @param pieces replacements that do not overlap
 * @param title the edit's title
 * @returns the edit; what stands between the pieces is copied from the text
 */
export function join(text: string, field: ImageField, pieces: readonly Piece[], title: string): Edit {
  const own = Object.values(field.parts).filter((part) => part.alias === undefined);
  const ranges = [...own.map((part) => part.range), ...pieces.map((piece) => piece.range)];
  const start = Math.min(...ranges.map(([from]) => from));
  const end = Math.max(...ranges.map(([, to]) => to));
  let at = start;
  let out = "";
  for (const piece of [...pieces].sort((a, b) => a.range[0] - b.range[0])) {
    out += text.slice(at, piece.range[0]) + piece.text;
    [, at] = piece.range;
  }
  return { range: [start, end], text: out + text.slice(at, end), title };
}
