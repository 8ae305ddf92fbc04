// Finds what stands at a path below a node of a tree.
import { entriesOf, isMapping, isSequence, itemsOf, partAt } from "./node.js";
import type { Tree } from "./reading.js";

/**
 * Finds a node by its path.
 *
 * @param tree the tree
 * @param root the index of the event at which the path begins
 * @param path keys and indices
 * @returns the index of its event; `-1` where nothing stands there. No alias is followed
 */
export function nodeAt(tree: Tree, root: number, path: readonly (string | number)[]): number {
  return path.reduce<number>((index, step) => {
    if (typeof step === "number")
      return isSequence(tree.events[index]) ? (itemsOf(tree, index)[step] ?? -1) : -1;
    return isMapping(tree.events[index])
      ? (entriesOf(tree, index).find(({ key }) => key === step)?.valueIndex ?? -1)
      : -1;
  }, root);
}

/**
 * The text of the scalar at a path.
 *
 * @param tree the tree
 * @param root the index of the event at which the path begins
 * @param path keys and indices
 * @returns empty where no scalar stands there
 */
export function textAt(tree: Tree, root: number, path: readonly (string | number)[]): string {
  const index = nodeAt(tree, root, path);
  return index < 0 ? "" : (partAt(tree, index)?.value ?? "");
}
