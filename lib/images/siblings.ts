// The keys that stand beside one another in a mapping, looked up by name.
import { partAt, type Entry } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";

/**
 * A mapping's entries by key. The index is built when first asked: for most keys of most files nobody asks.
 */
export class Siblings {
  #byKey: Map<string, Entry> | undefined;

  /**
   * @param tree the tree that holds the mapping
   * @param entries its entries
   * @param outer if another mapping merges these entries, its keys; those of the entries come first
   */
  constructor(
    readonly tree: Tree,
    readonly entries: readonly Entry[],
    readonly outer?: Siblings,
  ) {}

  /** Whether a key stands there. */
  has(key: string): boolean {
    return this.#keys().has(key) || this.outer?.has(key) === true;
  }

  /** The text at a key; `undefined` where there is none, or no scalar. */
  text(key: string): string | undefined {
    const entry = this.#keys().get(key);
    return entry ? partAt(this.tree, entry.valueIndex)?.value : this.outer?.text(key);
  }

  /** The first of a repeated key counts. */
  #keys(): ReadonlyMap<string, Entry> {
    this.#byKey ??= new Map(this.entries.toReversed().map((entry) => [entry.key, entry]));
    return this.#byKey;
  }
}
