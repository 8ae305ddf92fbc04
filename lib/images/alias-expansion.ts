// Walking what an alias stands for, within bounds.
import { isMapping, isSequence } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";
import type { Anchors } from "./anchors.js";

/** How many aliases may stand within one another: people write a few. */
const DEEPEST_ALIAS = 8;

/**
 * A mapping or list that an alias stands for is walked once more, at the alias's path: a definition at a key
 * of no meaning (`aliases`, `x-…`) gets its meaning from where it is used. All that is walked again is
 * bounded by the tree's own size: else aliases within aliases would make a small file a large one.
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
   * @param alias the index of an event; of one that is no alias nothing is visited
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
