// How a file's `sha` keys are written: charts differ in whether they put `sha256:` before it.
import { EVENT_ID } from "js-yaml";
import { scalarValue } from "../../yaml/scalar.js";
import type { Tree } from "../../yaml/reading.js";
import { SHA_KEY } from "../../vocabulary/keys.js";
import { entriesOf, isMapping } from "../../yaml/node.js";

/** How a digest is written: `prefixed` with `sha256:`, `bare` without it. */
export type ShaStyle = "prefixed" | "bare" | "unknown";

/**
 * The style of the `sha` keys of a tree that hold a digest.
 *
 * @param tree all its mappings are looked at
 * @returns `unknown` where no `sha` key holds a digest, or where both styles are there
 */
export function shaStyleIn(tree: Tree): ShaStyle {
  if (!tree.source.includes(SHA_KEY)) return "unknown";
  const styles = new Set<ShaStyle>();
  for (const [index, event] of tree.events.entries()) {
    if (!isMapping(event)) continue;
    for (const { key, valueIndex } of entriesOf(tree, index)) {
      const value = tree.events[valueIndex];
      if (key !== SHA_KEY || value?.type !== EVENT_ID.SCALAR || value.valueStart < 0) continue;
      const text = scalarValue(tree, value);
      if (/^sha256:[0-9a-f]{64}$/.test(text)) styles.add("prefixed");
      if (/^[0-9a-f]{64}$/.test(text)) styles.add("bare");
    }
  }
  const [style] = styles;
  return styles.size === 1 && style !== undefined ? style : "unknown";
}
