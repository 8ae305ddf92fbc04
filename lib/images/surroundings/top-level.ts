// What stands at the top of a document, or of any mapping that describes itself by `apiVersion` and `kind`.
import { entriesOf, isMapping, isSequence, itemsOf, type Entry } from "../../yaml/node.js";
import type { Reading, Tree } from "../../yaml/reading.js";
import { textWithoutAction } from "../actions.js";

/** A mapping's keys, and the keys of what stands behind one. */
export interface TopLevel {
  has(key: string): boolean;
  /** The text at a key; empty where there is none, or where a template fills it in. */
  text(key: string): string;
  /** The keys of the mapping at a key. */
  keysOf(key: string): ReadonlySet<string>;
  /** The keys of the mappings one level below a key: of each service, each job. */
  childKeys(key: string): ReadonlySet<string>;
  /** Whether one of the mappings at the top level has all these keys. */
  anyHas(...keys: readonly string[]): boolean;
}

/**
 * Looks at the top of a mapping.
 *
 * @param reading the file
 * @param tree the tree that holds it
 * @param root the index of its event; anything but a mapping has no keys
 */
export function topLevel(reading: Reading, tree: Tree, root: number): TopLevel {
  const entries = isMapping(tree.events[root]) ? entriesOf(tree, root) : [];
  const byKey = new Map<string, Entry>(entries.map((entry) => [entry.key, entry]));
  return {
    has: (key) => byKey.has(key),
    text(key) {
      const entry = byKey.get(key);
      return (entry && textWithoutAction(reading, tree, entry.valueIndex)) ?? "";
    },
    keysOf(key) {
      const entry = byKey.get(key);
      return new Set(
        entry && isMapping(tree.events[entry.valueIndex])
          ? entriesOf(tree, entry.valueIndex).map((child) => child.key)
          : [],
      );
    },
    anyHas(...keys) {
      return entries.some((entry) => {
        if (!isMapping(tree.events[entry.valueIndex])) return false;
        const own = new Set(entriesOf(tree, entry.valueIndex).map((child) => child.key));
        return keys.every((key) => own.has(key));
      });
    },
    childKeys(key) {
      const entry = byKey.get(key);
      if (!entry) return new Set();
      const children = isSequence(tree.events[entry.valueIndex])
        ? itemsOf(tree, entry.valueIndex)
        : isMapping(tree.events[entry.valueIndex])
          ? entriesOf(tree, entry.valueIndex).map((child) => child.valueIndex)
          : [];
      return new Set(
        children
          .filter((child) => isMapping(tree.events[child]))
          .flatMap((child) => entriesOf(tree, child).map((each) => each.key)),
      );
    },
  };
}
