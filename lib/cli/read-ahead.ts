// Finds the references that a run of ESLint will ask for, file by file, while it waits for the first ones.
import { setImmediate } from "node:timers/promises";
import type { LintRun } from "../digests/lint-run.js";
import type { Reference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";
import { openProject } from "./project.js";
import { surveyFiles } from "./survey.js";

/** What one file asks for. */
export interface FileLookups {
  readonly references: readonly Reference[];
  readonly settings: Settings;
}

/**
 * Finds the references of a run that have no digest and that its fixes would write: none of a file that it
 * does not lint, of a rule that is off there, or that a comment or an exemption leaves out.
 *
 * @param run what ESLint lints
 * @yields the references of each file that has some, in about the order in which ESLint lints
 * @throws {CommandError} where a project cannot be opened or a setting is wrong
 */
export async function* unpinnedIn(run: LintRun): AsyncGenerator<FileLookups, void, undefined> {
  const { cwd, config, paths } = run;
  const project = await openProject({ cwd, config, paths, fallback: [] }, () => undefined);
  for await (const file of surveyFiles(project)) {
    // Answers come in between: the network is not to wait for the reading.
    await setImmediate();
    if (typeof file === "string" || !file.pins || file.settings.resolve !== "auto") continue;
    const references = file.found.flatMap(({ field, row, skipReason }) =>
      row.pinnable && skipReason === undefined && field.reference ? [field.reference] : [],
    );
    if (references.length > 0) yield { references, settings: file.settings };
  }
}
