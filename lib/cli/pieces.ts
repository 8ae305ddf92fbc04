// Applies pieces of text to a file, as ESLint applies fixes.
import type { Piece } from "../pinning/edit.js";

/**
 * Leaves out what overlaps a piece that begins before it, as one pass of ESLint does.
 *
 * @param pieces in any order
 * @returns the others, in the order of their places
 * @see ESLint, `lib/linter/source-code-fixer.js`
 */
export function apart(pieces: readonly Piece[]): readonly Piece[] {
  let end = Number.NEGATIVE_INFINITY;
  return [...pieces]
    .sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])
    .filter(({ range }) => {
      // One that begins where another one ends may depend on it.
      const isApart = range[0] > end;
      if (isApart) [, end] = range;
      return isApart;
    });
}

/**
 * Applies pieces. Fields that share a scalar through an alias share one.
 *
 * @param text without byte order mark
 * @param pieces that do not overlap, in any order
 * @returns the new text; `undefined` where two fields need different digests in one place
 */
export function applyPieces(text: string, pieces: readonly Piece[]): string | undefined {
  const byStart = new Map<number, Piece>();
  for (const piece of pieces) {
    const other = byStart.get(piece.range[0]);
    if (other && (other.text !== piece.text || other.range[1] !== piece.range[1])) return undefined;
    byStart.set(piece.range[0], piece);
  }
  // Joined at once: text that grows piece by piece is a tree of all of them.
  const out: string[] = [];
  let at = 0;
  for (const { range, text: fresh } of [...byStart.values()].sort((a, b) => a.range[0] - b.range[0])) {
    out.push(text.slice(at, range[0]), fresh);
    [, at] = range;
  }
  out.push(text.slice(at));
  return out.join("");
}
