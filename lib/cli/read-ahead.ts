// The thread that finds the references that a run of ESLint will ask for, while it waits for the first ones.
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { LintRun } from "../digests/lint-run.js";
import { settingsToSend } from "../digests/resolve-settings.js";
import type { FileLookups } from "../digests/worker.js";
import { openProject } from "./project.js";
import { surveyFiles } from "./survey.js";

/**
 * Tells the references of a run that have no digest and that its fixes would write, file by file in about the
 * order in which ESLint lints: none of a file that it does not lint, of a rule that is off there, or that a
 * comment or an exemption leaves out.
 */
const { cwd, config, paths } = workerData as LintRun;
const project = await openProject({ cwd, config, paths, fallback: [] }, () => undefined);
for await (const file of surveyFiles(project)) {
  if (typeof file === "string" || !file.pins || file.settings.resolve !== "auto") continue;
  const references = file.found.flatMap(({ field, row, skipReason }) =>
    row.pinnable && skipReason === undefined && field.reference ? [field.reference] : [],
  );
  if (references.length === 0) continue;
  parentPort?.postMessage({ references, settings: settingsToSend(file.settings) } satisfies FileLookups);
  await setImmediate();
}
