// The comments that speak to ESLint, as nodes; found without a tree.
import type { Position, Range } from "../yaml/reading.js";
import type { Comment } from "./syntax.js";

/** eslint-plugin-yml's own test, so that a comment means the same in both languages. */
const DIRECTIVE = /^\s*eslint(?:-enable|-disable(?:(?:-next)?-line)?)?(?:\s|$)/u;

/**
 * Picks the comments that may configure ESLint.
 *
 * @param text the text that the ranges count in
 * @param ranges all comments, from `#` to the line's end
 * @param positionOf line and column of an offset
 * @returns the comments that begin with an `eslint…` word, in order
 */
export function directiveComments(
  text: string,
  ranges: readonly Range[],
  positionOf: (offset: number) => Position,
): Comment[] {
  const comments: Comment[] = [];
  for (const range of ranges) {
    const value = text.slice(range[0] + 1, range[1]);
    if (!DIRECTIVE.test(value)) continue;
    comments.push({
      type: "Block",
      value,
      range: [range[0], range[1]],
      loc: { start: positionOf(range[0]), end: positionOf(range[1]) },
    });
  }
  return comments;
}
