// Lists the values in a reading as lines that a test can compare: `path = value`.
import { EVENT_ID } from "js-yaml";
import type { Reading, Tree } from "../../lib/yaml/reading.js";
import { isScalar, scalarValue } from "../../lib/yaml/scalar.js";

/**
 * Every scalar value of a mapping or an item that no action overlaps, with the keys above it, in the order of
 * the trees.
 */
export function valuesOf(reading: Reading): readonly string[] {
  const templated = (start: number, end: number) =>
    reading.actions.some((action) => action.start < end && action.end > start);
  const found: string[] = [];
  const walk = (tree: Tree, at: number, path: readonly string[]): void => {
    const event = tree.events[at];
    if (!event) return;
    if (isScalar(event)) {
      if (event.valueStart >= 0 && !templated(event.valueStart, event.valueEnd))
        found.push(`${path.join(".")} = ${scalarValue(tree, event)}`);
      return;
    }
    const end = (tree.after[at] ?? 0) - 1;
    let index = 0;
    for (let child = at + 1; child < end; child = tree.after[child] ?? end) {
      if (event.type === EVENT_ID.MAPPING) {
        const key = tree.events[child];
        child = tree.after[child] ?? end;
        walk(tree, child, [...path, isScalar(key) ? scalarValue(tree, key) : "?"]);
      } else walk(tree, child, event.type === EVENT_ID.SEQUENCE ? [...path, String(index++)] : path);
    }
  };
  for (const tree of reading.trees)
    for (let at = 0; at < tree.events.length; at = tree.after[at] ?? tree.events.length)
      walk(tree, at, tree.path);
  for (const line of reading.lines)
    if (!templated(...line.value))
      found.push(`${[...line.path, line.key].join(".")} = ${reading.text.slice(...line.value)} (line)`);
  return found;
}

/** Only those whose last key is `image`. */
export function imagesOf(reading: Reading): readonly string[] {
  return valuesOf(reading).filter((value) => /(?:^|\.)image = /.test(value));
}
