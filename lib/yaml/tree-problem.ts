// Remembers why the rules of other plugins got no tree of a file. The rule `parsable` reports it.
import type { Position } from "./reading.js";

/** The error of eslint-plugin-yml in a file that we could read. */
export interface TreeProblem {
  /** In a few words, without the position. */
  readonly message: string;
  readonly position: Position;
}

const problems = new WeakMap<object, TreeProblem>();

/**
 * Remembers why a source code has no tree for other plugins' rules.
 *
 * @param sourceCode ESLint's source code object
 */
export function keepTreeProblem(sourceCode: object, problem: TreeProblem): void {
  problems.set(sourceCode, problem);
}

/**
 * Why the rules of other plugins got no tree of this file. It is known only at `Program:exit`, because a rule
 * may ask for the tree during the walk.
 *
 * @param sourceCode ESLint's source code object
 * @returns `undefined` where no rule asked for a tree, where it was built, and in a template, which those
 *   rules never see
 */
export function treeProblem(sourceCode: object): TreeProblem | undefined {
  return problems.get(sourceCode);
}
