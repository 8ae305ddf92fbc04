// After pinning, says how to prune ESLint's baseline, which still counts what is pinned now.
import { displayText } from "../reference/display.js";
import { Baseline } from "./baseline.js";
import { commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import type { Project } from "./project.js";

/**
 * Says how to prune the baseline, where ESLint would now fail because it counts too much.
 *
 * @param project whose ESLint counts
 * @param changed the files that were written, absolute
 * @param options those of the command
 * @returns a line for the user, if the baseline must be pruned
 * @throws {CommandError} where the baseline is not there or is no JSON; one line
 */
export async function pruneHint(
  project: Project,
  changed: readonly string[],
  options: ProjectOptions,
): Promise<string | undefined> {
  const { suppressions } = options;
  const baseline = Baseline.read(project, suppressions);
  for (const path of changed) {
    if (!(await baseline.isTooHighFor(path))) continue;
    const place = suppressions === undefined ? [] : ["--suppressions-location", suppressions];
    const line = commandLine("eslint", ["--prune-suppressions", ...place], options);
    return `${displayText(baseline.name)} still counts what is pinned now; run: ${line}`;
  }
  return undefined;
}
