// Why the tree that another plugin's rule asked for could not be built: kept beside the source code, for the
// rule `parsable`.
import type { Position } from "./reading.js";

/** What eslint-plugin-yml said of a file that our own reading took. */
export interface TreeProblem {
  /** In a few words; without a position. */
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
 * Why other plugins' rules saw no tree of this file. Ask late (`Program:exit`): a rule may ask for the tree
 * during the walk.
 *
 * @param sourceCode ESLint's source code object
 * @returns undefined where nobody asked for a tree, where it was built, and in a template, which is never
 *   shown to them
 */
export function treeProblem(sourceCode: object): TreeProblem | undefined {
  return problems.get(sourceCode);
}
