// The walk through a file whose tree nobody may want: it shows the first nodes of each kind, and goes on in
// the tree as soon as somebody listens.
import type { TraversalStep } from "@eslint/core";
import { EarlyNode, EarlyStep } from "./early-node.js";
import type { LazyTree } from "./tree.js";

/** How often ESLint reads a node's type to find the selectors that name it. */
const READS_TO_LOOK_UP = 1;

/**
 * Walks through a file.
 *
 * ESLint looks up the selectors that name a node's type, tries them and those that name none on the node
 * and its ancestors, and calls the listeners of those that match. What a selector reads is one of three:
 *
 * - nothing, as `YAMLPair` does: at the first step of a kind its listener reads its argument
 * - the type of the parent alone, as `ForStatement > .test` of a rule for JavaScript does: it matches at the
 *   first step of a kind or at none
 * - more: it does so at the first step on which it is tried
 *
 * The first steps of each kind are shown (`first-steps.ts`), and reading an argument, or more of a node than
 * is said here, asks for the tree (`early-node.ts`). So nothing that was left out has a listener.
 *
 * @param tree the file's tree; a rule's `create` or a listener of the program may have asked for it
 * @returns the steps, to be taken one by one: where they lead depends on what ESLint read. It calls the
 *   listeners that it calls under yml/yaml, in the same order
 * @see ESLint, `lib/linter/source-code-traverser.js`
 */
export function* walk(tree: LazyTree): Generator<TraversalStep, void, undefined> {
  const { program, open } = tree;
  yield { kind: 2, target: "onCodePathStart", args: [{}, program] };
  yield { kind: 1, target: program, phase: 1, args: [program] };
  // In yml/yaml's walk the same two come first.
  let next = 2;
  const ask = (): void => void tree.code();
  for (const { node: first, phase } of tree.asked ? [] : tree.firstSteps()) {
    if (phase === 1) open.push({ node: new EarlyNode(first.type, ask), first });
    const target = open.at(-1)?.node;
    const parent = open.at(-2)?.node;
    if (!target) continue;
    EarlyNode.allow(target, READS_TO_LOOK_UP);
    EarlyNode.allow(parent, Infinity);
    yield new EarlyStep(target, phase) as unknown as TraversalStep;
    if (tree.asked) {
      const isThis = (step: TraversalStep) =>
        step.kind === 1 && step.target === target && step.phase === phase;
      next = (tree.steps?.findIndex(isThis) ?? 0) + 1;
      break;
    }
    EarlyNode.allow(target, 0);
    EarlyNode.allow(parent, 0);
    if (phase === 2) open.pop();
  }
  if (tree.steps) {
    yield* tree.steps.slice(next);
    return;
  }
  yield { kind: 1, target: program, phase: 2, args: [program] };
  yield { kind: 2, target: "onCodePathEnd", args: [{}, program] };
}
