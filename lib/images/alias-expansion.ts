// Visits what an alias stands for, within bounds.
import { isMapping, isSequence } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";
import type { Anchors } from "./anchors.js";

/** How many aliases may stand within one another: people write a few. */
const DEEPEST_ALIAS = 8;

/**
 * Visits a mapping or list once more for each alias of it, at the alias's path: what is defined at a key that
 * says nothing (`aliases`, `x-…`) may be an image where it is used. The tree's own size bounds how much is
 * visited again, because aliases within aliases could make a small file a very large one.
 */
export class AliasExpansion {
  readonly #tree: Tree;
  readonly #anchors: Anchors;
  readonly #expanding = new Set<number>();
  /** How many events may still be met again. */
  #left: number;

  /**
   * @param tree the tree that is walked
   * @param anchors its anchors
   */
  constructor(tree: Tree, anchors: Anchors) {
    this.#tree = tree;
    this.#anchors = anchors;
    this.#left = 2 * tree.events.length;
  }

  /**
   * Visits what an alias stands for, unless it is no collection, or a bound is reached.
   *
   * @param alias the index of an event; if it is no alias, nothing is visited
   * @param visit is called once at most, with the index of the mapping or list
   */
  expand(alias: number, visit: (target: number) => void): void {
    const { events, after } = this.#tree;
    const target = this.#anchors.target(alias);
    const size = (after[target] ?? target) - target;
    const event = events[target];
    if (target === alias || (!isMapping(event) && !isSequence(event))) return;
    if (size > this.#left || this.#expanding.size >= DEEPEST_ALIAS || this.#expanding.has(target)) return;
    this.#left -= size;
    this.#expanding.add(target);
    visit(target);
    this.#expanding.delete(target);
  }
}
