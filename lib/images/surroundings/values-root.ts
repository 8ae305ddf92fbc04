// What a chart's values hold at a path from their root, such as a registry for all images.
import { nodeAt } from "../../yaml/node-at.js";
import { partAt } from "../../yaml/node.js";
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
  const known = new Map<string, string | undefined>();
  const textAt = (path: string): string | undefined => {
    const index = nodeAt(tree, root, path.split("."));
    if (!isScalar(tree.events[index])) return undefined;
    const part = partAt(tree, index);
    return part && touchesAction(reading, part.range) ? undefined : (part?.value ?? "");
  };
  return (path) => {
    // Each image of the values asks for the same few.
    if (!known.has(path)) known.set(path, textAt(path));
    return known.get(path);
  };
}
