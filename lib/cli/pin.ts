// The command `pin`: finds every image, looks up the missing digests meanwhile, and lets ESLint write them.
import { setImmediate } from "node:timers/promises";
import type { Answer } from "../reference/answer.js";
import { beginRun, findAnswers, mayAsk, type Answers, type LookupRequest } from "./answers.js";
import { Baseline } from "./baseline.js";
import { EXIT, mostSevere, type ExitCode } from "./failure.js";
import { FilePinner } from "./pin-file.js";
import { report, type Outcome } from "./pin-report.js";
import { pruneHint } from "./prune-hint.js";
import { removeLeftoversBeside } from "./save.js";
import type { ProjectOptions } from "./configuration.js";
import { openProject, type Project } from "./project.js";
import { settingsNotices } from "./settings-notices.js";
import { problemsOf, survey, type Survey, type SurveyedField, type SurveyedFile } from "./survey.js";
import type { Terminal } from "./terminal.js";

export interface PinOptions extends ProjectOptions {
  /** Whether no file is written. Answers are still kept in the cache. */
  readonly dryRun: boolean;
  /** Whether to replace a digest where its tag points to another one now. */
  readonly update: boolean;
}

/**
 * Pins the references of a project.
 *
 * @param options where, which files, by which configuration, and what to do beside pinning
 * @param terminal where to print what was done
 * @returns the exit code: 0 where every pinnable reference is pinned, 3 where lookups failed, 2 where a file
 *   could not be read or written
 * @throws {CommandError} where the project cannot be opened, a setting is wrong, the baseline that was named
 *   is not there, or the cache cannot be written; one line
 */
export async function pin(options: PinOptions, terminal: Terminal): Promise<ExitCode> {
  const ask = mayAsk(terminal);
  const since = beginRun();
  const project = await openProject(options, terminal.warn);
  const baseline = Baseline.read(project, options);
  const answers = findAnswers({ ask, fresh: options.update, since }, terminal);
  const { outcomes, surveyed } = await pinAll(project, answers, options, terminal).finally(() => {
    answers.end();
  });
  report(outcomes, options, terminal);
  const hint = options.dryRun ? undefined : await pruneHint(baseline, surveyed.paths, options);
  if (hint !== undefined) terminal.warn(hint);
  const codes = outcomes.flatMap(({ kind, exit }) => (kind === "failed" ? [exit ?? EXIT.lookups] : []));
  return mostSevere(surveyed.unread.length > 0 ? EXIT.usage : EXIT.fine, ...codes);
}

/** What became of a project. */
interface Pinned {
  readonly outcomes: readonly Outcome[];
  /** What was there before. */
  readonly surveyed: Survey;
}

async function pinAll(
  project: Project,
  answers: Answers,
  options: PinOptions,
  terminal: Terminal,
): Promise<Pinned> {
  const wanted = new Map<SurveyedFile, Wanted>();
  const surveyed = await survey(project, async (file) => {
    const ofFile = wantedIn(file, options.update);
    if (ofFile.size === 0) return;
    wanted.set(file, ofFile);
    answers.want([...ofFile.values()]);
    // What is asked for is sent, and what has come is taken, before the next file is read.
    await setImmediate();
  });
  const { files } = surveyed;
  for (const line of [...problemsOf(surveyed), ...settingsNotices(surveyed, options)]) terminal.warn(line);
  await answers.show();
  const outcomes: Outcome[] = [];
  for (const file of files) {
    if (!options.dryRun) removeLeftoversBeside(file.path);
    const found = new Map<SurveyedField, Answer | undefined>();
    for (const [field, request] of wanted.get(file) ?? []) found.set(field, await answers.of(request));
    const ofFile = await new FilePinner(project, file, found).pin(options.dryRun);
    outcomes.push(...ofFile);
  }
  return { outcomes, surveyed };
}

/** The references of a file that must be looked up, by the field that holds them. */
type Wanted = ReadonlyMap<SurveyedField, LookupRequest>;

function wantedIn({ found, pins, settings }: SurveyedFile, update: boolean): Wanted {
  const wanted = new Map<SurveyedField, LookupRequest>();
  if (!pins) return wanted;
  for (const each of found) {
    const { reference, state } = each.field;
    if (!reference) continue;
    const moves =
      update && state === "pinned" && each.skipReason === undefined && reference.tag !== undefined;
    if (each.row.pinnable || moves) wanted.set(each, { reference, settings });
  }
  return wanted;
}
