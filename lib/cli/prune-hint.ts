// Says how to prune ESLint's baseline, which counts what is pinned by now.
import { displayText } from "../reference/display.js";
import type { Baseline } from "./baseline.js";
import { baselineOption } from "./baseline-file.js";
import { commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";

/**
 * Says how to prune the baseline, where ESLint would now fail because it counts too much.
 *
 * @param baseline of the project
 * @param paths the files that were asked for, absolute; only those in the baseline are read
 * @param options those of the command
 * @returns a line for the user, if the baseline must be pruned
 */
export async function pruneHint(
  baseline: Baseline,
  paths: readonly string[],
  options: ProjectOptions,
): Promise<string | undefined> {
  for (const path of paths) {
    if (!(await baseline.isTooHighFor(path))) continue;
    const line = commandLine("eslint", ["--prune-suppressions", ...baselineOption(options)], options);
    return `${displayText(baseline.name)} still counts what is pinned now; run: ${line}`;
  }
  return undefined;
}
