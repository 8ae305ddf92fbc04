// Values that no file and no setting names a chart for: `charts` can find nothing out for them.
import { join } from "node:path";
import { NO_CHART_NAMED } from "../charts/lacks.js";
import type { FileTree } from "../charts/uses/survey.js";
import { inspect } from "../images/inspect.js";
import { neighbourOf } from "../read-neighbour.js";
import type { Settings } from "../settings/settings.js";

/**
 * Finds the files whose images wait for the name of their chart.
 *
 * @param cwd the root of the tree, absolute
 * @param tree the files
 * @param settings the user's
 * @param isWanted whether a file is asked for
 * @returns their paths from the root, in the order of the tree
 */
export function unnamedValues(
  cwd: string,
  tree: FileTree,
  settings: Settings,
  isWanted: (file: string) => boolean,
): readonly string[] {
  return tree.files.filter((file) => {
    if (!/\.ya?ml$/i.test(file) || !isWanted(file)) return false;
    const filename = join(cwd, file);
    const from = { filename, settings, neighbour: neighbourOf(filename) };
    return inspect(tree.read(file) ?? "", from).fields.some(
      ({ lacks, state }) => state === "unpinned" && lacks?.startsWith(NO_CHART_NAMED) === true,
    );
  });
}
