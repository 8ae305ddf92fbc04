// Replaces an existing digest by the one that its tag points to now. Only `pin --update` does this.
import type { ImageField } from "../images/field.js";
import type { Digest } from "../reference/digest.js";
import type { Range } from "../yaml/reading.js";

/** Replaces a range of a text: one digest, or the place where it is to stand. */
export interface Move {
  readonly range: Range;
  readonly text: string;
}

/**
 * Makes the edit that replaces the digest of a pinned field.
 *
 * @param text the file's text without byte order mark, in which the field was found
 * @param field a field in the state `pinned`, with a reference
 * @param digest the new digest
 * @returns the edit, or in a few words why there is none
 */
export function moveDigest(text: string, field: ImageField, digest: Digest): Move | string {
  const { reference, parts, doubt } = field;
  const before = reference?.digest;
  if (before === undefined) return "it has no digest";
  if (doubt?.reason === "anchor-shared") return doubt.message;
  const part = [parts.digest, parts.tag, parts.repository].find((each) =>
    each?.value.includes(hexOf(before)),
  );
  if (!part) return "its digest is put together from several places";
  const source = text.slice(...part.range);
  // A `sha` key may hold only the hexadecimal digits.
  const prefixed = source.includes(before);
  if (!prefixed && !before.startsWith("sha256:"))
    return "its digest is not sha256, and is written without its algorithm";
  const [old, fresh] = prefixed ? [before, digest] : [hexOf(before), hexOf(digest)];
  const at = source.indexOf(old);
  if (at < 0 || source.includes(old, at + 1))
    return "its digest is written in a way that is not edited in place";
  const start = part.range[0] + at;
  return { range: [start, start + old.length], text: fresh };
}

/**
 * Leaves out what overlaps an edit that begins before it, as one pass of ESLint does.
 *
 * @see ESLint, `lib/linter/source-code-fixer.js`
 */
export function apart(edits: readonly Move[]): readonly Move[] {
  let end = Number.NEGATIVE_INFINITY;
  return [...edits]
    .sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])
    .filter(({ range }) => {
      // An edit that begins where another one ends may depend on it.
      const isApart = range[0] > end;
      if (isApart) [, end] = range;
      return isApart;
    });
}

/**
 * Applies edits. Fields that share a scalar through an alias share an edit.
 *
 * @param text without byte order mark
 * @returns the new text; `undefined` where two fields need different digests in one place
 */
export function applyMoves(text: string, moves: readonly Move[]): string | undefined {
  const byStart = new Map<number, Move>();
  for (const move of moves) {
    const other = byStart.get(move.range[0]);
    if (other && (other.text !== move.text || other.range[1] !== move.range[1])) return undefined;
    byStart.set(move.range[0], move);
  }
  let out = "";
  let at = 0;
  for (const { range, text: fresh } of [...byStart.values()].sort((a, b) => a.range[0] - b.range[0])) {
    out += text.slice(at, range[0]) + fresh;
    [, at] = range;
  }
  return out + text.slice(at);
}

function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(":") + 1);
}
