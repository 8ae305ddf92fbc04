// The command `verify`: asks the registries whether every digest is still right. It does not read the cache.
import { createVerifier, type Pinned, type Verification } from "../digests/verify.js";
import type { Failure } from "../reference/answer.js";
import { formatReference } from "../reference/reference.js";
import { networkSettings } from "../settings/network.js";
import type { Settings } from "../settings/settings.js";
import { mayAsk } from "./answers.js";
import { EXIT, mostSevere, type ExitCode } from "./failure.js";
import type { VerifyFormat } from "./formats.js";
import type { ProjectOptions } from "./configuration.js";
import { openProject } from "./project.js";
import type { Row } from "./rows.js";
import { problemsOf, survey, type Survey } from "./survey.js";
import type { Terminal } from "./terminal.js";
import { findingsOf, type Verified } from "./verify-findings.js";
import { printJson, printText } from "./verify-report.js";

const FORBIDDEN: Failure = {
  ok: false,
  reason: "offline",
  message: "CONTAINER_IMAGES_RESOLVE forbids asking",
};

/** One reference to verify, with every place where it stands. */
interface Task {
  readonly pinned: Pinned;
  readonly settings: Settings;
  readonly rows: Row[];
}

/**
 * Verifies the digests of a project.
 *
 * @param options where, which files, and by which configuration
 * @param format how to print the findings
 * @param terminal where to print them
 * @returns the exit code: 0, 1 where a digest is wrong or a tag has two, 3 where a registry did not answer, 2
 *   where a file could not be read
 * @throws {CommandError} where the project cannot be opened or a setting is wrong; one line
 */
export async function verify(
  options: ProjectOptions,
  format: VerifyFormat,
  terminal: Terminal,
): Promise<ExitCode> {
  const ask = mayAsk(terminal);
  const surveyed = await survey(await openProject(options, terminal.warn));
  for (const line of problemsOf(surveyed)) terminal.warn(line);
  const verified = await verifyAll([...tasksOf(surveyed).values()], ask, terminal);
  const findings = findingsOf(surveyed, verified);
  if (format === "json") printJson(findings, terminal);
  else printText(findings, terminal);
  const wrong =
    findings.disagreements.length > 0 ||
    verified.some(({ verdict }) => verdict !== "ok" && verdict !== "unreachable");
  const unanswered = verified.some(({ verdict }) => verdict === "unreachable");
  return mostSevere(
    wrong ? EXIT.findings : EXIT.fine,
    unanswered ? EXIT.lookups : EXIT.fine,
    surveyed.unread.length > 0 ? EXIT.usage : EXIT.fine,
  );
}

/** Each distinct reference once. The same reference under other settings may be asked for at another host. */
function tasksOf({ files }: Survey): ReadonlyMap<string, Task> {
  const tasks = new Map<string, Task>();
  for (const { found, settings } of files) {
    const network = networkSettings(settings);
    for (const { row, field } of found) {
      const { reference, state } = field;
      if (state !== "pinned" || reference?.digest === undefined) continue;
      const pinned = { ...reference, digest: reference.digest };
      const key = JSON.stringify([formatReference(reference), network]);
      const task = tasks.get(key) ?? { pinned, settings, rows: [] };
      task.rows.push(row);
      tasks.set(key, task);
    }
  }
  return tasks;
}

async function verifyAll(
  tasks: readonly Task[],
  ask: boolean,
  terminal: Terminal,
): Promise<readonly Verified[]> {
  const verifier = createVerifier();
  const progress = await terminal.progress("verifying", ask ? tasks.length : 0);
  try {
    return await Promise.all(
      tasks.map(async ({ pinned, settings, rows }): Promise<Verified> => {
        const verification: Verification = ask
          ? await verifier.verify(pinned, settings)
          : { verdict: "unreachable", failure: FORBIDDEN };
        progress.step();
        return { ...verification, reference: formatReference(pinned), pinned, rows };
      }),
    );
  } finally {
    progress.end();
    verifier.close();
  }
}
