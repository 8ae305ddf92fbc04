// Which files of a tree hold values for a use.
import { matchesPath } from "../../exempt.js";
import type { ChartUse } from "./chart-use.js";

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The values files of a use that are there.
 *
 * @param use a use of a chart
 * @param files all files of the tree, from its root
 * @returns the files of its places `file` and `pattern`, each once, in the order of the places; not those
 *   that
 *   hold inline values
 */
export function valuesFilesOf(use: ChartUse, files: readonly string[]): readonly string[] {
  const known = sets.get(files) ?? new Set(files);
  sets.set(files, known);
  const found = use.values.flatMap((place) => {
    if (place.kind === "file") return known.has(place.file) ? [place.file] : [];
    return place.kind === "pattern" ? files.filter((file) => matchesPath(file, [place.glob])) : [];
  });
  return [...new Set(found)];
}
