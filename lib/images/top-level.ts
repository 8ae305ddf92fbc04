// What stands at the top of a document, or of any mapping that describes itself by `apiVersion` and `kind`.
import type { Reading, Tree } from "../yaml/reading.js";
import { touchesAction } from "./actions.js";
import type { TopLevel } from "./document-kind.js";
import { entriesOf, isMapping, isSequence, itemsOf, partAt, type Entry } from "../yaml/node.js";

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
      const part = entry && partAt(tree, entry.valueIndex);
      return part && !touchesAction(reading, part.range) ? part.value : "";
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
