// YAML's merge key, `<<`: which mappings it names.
import { isSequence, itemsOf } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";

/** Brings the keys of other mappings into one (YAML merge type, yaml.org/type/merge.html). */
export const MERGE_KEY = "<<";

/** How many mappings one merge key may name: people write a few. */
const MOST_MERGED = 64;

/**
 * The mappings that a merge key names.
 *
 * @param tree the tree that holds it
 * @param value the index of the merge key's value
 * @returns the indices of its aliases or mappings, in order: an earlier one wins
 */
export function mergeSources(tree: Tree, value: number): readonly number[] {
  return isSequence(tree.events[value]) ? itemsOf(tree, value).slice(0, MOST_MERGED) : [value];
}
