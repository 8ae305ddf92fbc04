// What a chart's values hold at a path from their root, such as a registry for all images.
import { entriesOf, isMapping, partAt } from "../../yaml/node.js";
import { isScalar } from "../../yaml/scalar.js";
import { touchesAction } from "../actions.js";
import type { TreeContext } from "../tree-context.js";

/**
 * Asks values for the text at a path from their root.
 *
 * @param path keys, joined with dots
 * @returns the text, which is empty where nothing stands at the key; `undefined` where there is no such key,
 *   or its text is not known
 */
export type ValuesRoot = (path: string) => string | undefined;

/**
 * Makes what {@link ValuesRoot} is. Only the document's own text counts: no alias is followed.
 *
 * @param context the walk's
 * @param root the index of the event at which the values begin
 */
export function valuesRoot({ reading, tree }: TreeContext, root: number): ValuesRoot {
  const entries = new Map<number, ReadonlyMap<string, number>>();
  const below = (mapping: number): ReadonlyMap<string, number> => {
    const known = entries.get(mapping);
    if (known) return known;
    const all = isMapping(tree.events[mapping]) ? entriesOf(tree, mapping) : [];
    const found = new Map<string, number>();
    for (const { key, valueIndex } of all) if (!found.has(key)) found.set(key, valueIndex);
    entries.set(mapping, found);
    return found;
  };
  return (path) => {
    let at: number | undefined = root;
    for (const key of path.split(".")) {
      at = below(at).get(key);
      if (at === undefined) return undefined;
    }
    if (!isScalar(tree.events[at])) return undefined;
    const part = partAt(tree, at);
    return part && touchesAction(reading, part.range) ? undefined : (part?.value ?? "");
  };
}
