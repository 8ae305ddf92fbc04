// container-images pin: every reference found first, the distinct ones looked up at once, then pinned by
// ESLint itself.
import type { ImageField } from "../images/field.js";
import { inspect } from "../images/inspect.js";
import { plan } from "../pinning/plan.js";
import { neighbourOf } from "../read-neighbour.js";
import type { Answer, Failure } from "../reference/answer.js";
import { displayText } from "../reference/display.js";
import { formatReference } from "../reference/reference.js";
import { wasDecoded } from "../yaml/decoded.js";
import { beginRun, findAnswers, mayAsk, type Wanted } from "./answers.js";
import { EXIT, gravest, type ExitCode } from "./failure.js";
import { report, type Outcome } from "./pin-report.js";
import { openProject, type Project, type ProjectOptions } from "./project.js";
import { replaceText } from "./save.js";
import { survey, type Found, type SurveyedFile } from "./survey.js";
import type { Terminal } from "./terminal.js";
import { applyMoves, moveDigest, type Move } from "./update.js";

export interface PinOptions extends ProjectOptions {
  /** Write no file; the cache gets the answers all the same. */
  readonly dryRun: boolean;
  /** Move digests whose tag points elsewhere by now. */
  readonly update: boolean;
}

type AnswerOf = (wanted: Wanted) => Answer | undefined;

/**
 * Pins the references of a project.
 *
 * @param options where, which files, by which configuration, and what to do beside pinning
 * @param terminal where to say what was done
 * @returns the exit code: 0 where every pinnable reference is pinned, 3 where lookups failed, 2 where a file
 *   could not be read or written
 * @throws {CommandError} where the project can not be opened, a setting is wrong, or the cache can not be
 *   written; one line
 */
export async function pin(options: PinOptions, terminal: Terminal): Promise<ExitCode> {
  const ask = mayAsk(terminal);
  const since = beginRun();
  const project = await openProject(options);
  const { files, unread } = await survey(project);
  for (const line of unread) terminal.warn(line);
  const tasks = files.map((file) => ({ file, wanted: wantedIn(file, options.update) }));
  const answerOf = await findAnswers(
    tasks.flatMap(({ wanted }) => [...wanted.values()]),
    { ask, fresh: options.update, since },
    terminal,
  );
  const outcomes: Outcome[] = [];
  for (const { file, wanted } of tasks)
    outcomes.push(...(await pinFile(project, file, wanted, answerOf, options)));
  report(outcomes, options, terminal);
  const codes = outcomes.flatMap(({ kind, exit }) => (kind === "failed" ? [exit ?? EXIT.lookups] : []));
  return gravest(unread.length > 0 ? EXIT.usage : EXIT.fine, ...codes);
}

/** Without the advice to run this very command. */
function reasonOf(answer: Failure | undefined): string {
  return answer?.message.replace(/; `container-images pin` [a-z ]+$/, "") ?? "it was not looked up";
}

/** What is to be looked up in a file, by the place of each field in it. */
function wantedIn({ found, pins, settings }: SurveyedFile, update: boolean): ReadonlyMap<Found, Wanted> {
  const wanted = new Map<Found, Wanted>();
  if (!pins) return wanted;
  for (const each of found) {
    const {
      field: { reference, state },
      row,
      handsOff,
    } = each;
    if (!reference) continue;
    const moves = update && state === "pinned" && handsOff === undefined && reference.tag !== undefined;
    if (row.pinnable || moves) wanted.set(each, { reference, settings });
  }
  return wanted;
}

async function pinFile(
  project: Project,
  file: SurveyedFile,
  wanted: ReadonlyMap<Found, Wanted>,
  answerOf: AnswerOf,
  { dryRun }: PinOptions,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<Found, Outcome>();
  const goals = new Map<Found, string>();
  for (const each of file.found) {
    const asked = wanted.get(each);
    const answer = asked && answerOf(asked);
    if (asked && !answer?.ok) outcomes.set(each, failed(each, reasonOf(answer)));
    else if (answer?.ok && each.field.reference?.digest !== answer.digest) goals.set(each, answer.digest);
    else outcomes.set(each, unchanged(each, file));
  }
  if (goals.size === 0) return inOrder(file, outcomes);

  const rewritten = await rewrite(project, file, goals, wanted, answerOf, outcomes);
  const problem =
    rewritten !== file.source && !dryRun ? replaceText(file.path, file.source, rewritten) : undefined;
  for (const [each, digest] of goals) {
    if (outcomes.has(each)) continue;
    if (problem === undefined)
      outcomes.set(each, { kind: each.field.state === "pinned" ? "moved" : "pinned", row: each.row, digest });
    else outcomes.set(each, failed(each, `${problem}; nothing was written to the file`, EXIT.usage));
  }
  return inOrder(file, outcomes);
}

/**
 * The new text of a file. Says of each field that did not come out as it should why not.
 *
 * @param goals the digest that each field is to have
 * @param outcomes gets a failure for every goal that was missed
 */
async function rewrite(
  project: Project,
  file: SurveyedFile,
  goals: ReadonlyMap<Found, string>,
  wanted: ReadonlyMap<Found, Wanted>,
  answerOf: AnswerOf,
  outcomes: Map<Found, Outcome>,
): Promise<string> {
  const { source } = file;
  const bom = source.startsWith("\ufeff") ? "\ufeff" : "";
  const fixes = [...goals.keys()].some(({ field }) => field.state !== "pinned");
  let fixed = source.slice(bom.length);
  try {
    if (fixes) fixed = (await project.pinned(source, file.path)).replace(/^\ufeff/, "");
  } catch (error) {
    const why = `ESLint failed on this file: ${displayText(error instanceof Error ? error.message : String(error))}`;
    for (const each of goals.keys()) outcomes.set(each, failed(each, why, EXIT.findings));
    return source;
  }
  const { text, fields } = withMoves(file, fixed, goals, wanted, answerOf, outcomes);
  for (const [index, each] of file.found.entries()) {
    if (!goals.has(each) || each.field.state === "pinned" || outcomes.has(each)) continue;
    if (fields[index]?.reference?.digest === goals.get(each)) continue;
    // require-digest fixes nothing in a file of which ESLint would write other bytes than it read.
    if (!wasDecoded(source))
      outcomes.set(each, failed(each, "it is not UTF-8; nothing was written to the file", EXIT.usage));
    else
      outcomes.set(
        each,
        failed(
          each,
          "ESLint did not write it: is container-images/require-digest fixed by this configuration?",
          EXIT.findings,
        ),
      );
  }
  return bom + text;
}

/** Moves the digests that stand in a text, all or none of a file; a failure for each that is not. */
function withMoves(
  file: SurveyedFile,
  text: string,
  goals: ReadonlyMap<Found, string>,
  wanted: ReadonlyMap<Found, Wanted>,
  answerOf: AnswerOf,
  outcomes: Map<Found, Outcome>,
): { readonly text: string; readonly fields: readonly ImageField[] } {
  const fields = fieldsOf(file, text);
  const moves: Move[] = [];
  for (const [index, each] of file.found.entries()) {
    const asked = wanted.get(each);
    const answer = asked && answerOf(asked);
    const field = fields[index];
    if (!goals.has(each) || each.field.state !== "pinned" || !answer?.ok || !field) continue;
    const move = moveDigest(text, field, answer.digest);
    if (typeof move === "string") outcomes.set(each, failed(each, `not moved: ${move}`, EXIT.findings));
    else moves.push(move);
  }
  if (moves.length === 0) return { text, fields };
  const moved = applyMoves(text, moves);
  const after = moved === undefined ? [] : fieldsOf(file, moved);
  if (moved !== undefined && readsBack(file, after, goals, outcomes)) return { text: moved, fields: after };
  for (const each of goals.keys()) {
    if (each.field.state === "pinned" && !outcomes.has(each))
      outcomes.set(
        each,
        failed(each, "not moved: what would be written does not read back as it should", EXIT.findings),
      );
  }
  return { text, fields };
}

/** Whether every field is what it was but for the digests that were to move. */
function readsBack(
  file: SurveyedFile,
  after: readonly ImageField[],
  goals: ReadonlyMap<Found, string>,
  outcomes: ReadonlyMap<Found, Outcome>,
): boolean {
  if (after.length !== file.found.length) return false;
  return file.found.every((each, index) => {
    const now = after[index];
    const { field } = each;
    if (now?.field !== field.field || now.shape !== field.shape) return false;
    if (field.state !== "pinned") return true;
    const digest = outcomes.has(each)
      ? field.reference?.digest
      : (goals.get(each) ?? field.reference?.digest);
    const name = ({ reference }: ImageField): string =>
      reference
        ? formatReference({
            domain: reference.domain,
            repository: reference.repository,
            ...(reference.tag === undefined ? {} : { tag: reference.tag }),
          })
        : "";
    return now.state === "pinned" && now.reference?.digest === digest && name(now) === name(field);
  });
}

/** The fields of a text, in the order in which a survey has them. */
function fieldsOf({ path, settings }: SurveyedFile, text: string): readonly ImageField[] {
  const { fields } = inspect(text, { filename: path, settings, neighbour: neighbourOf(path) });
  return [...fields].sort((a, b) => a.at[0] - b.at[0]);
}

function unchanged({ field, row }: Found, { settings, pins }: SurveyedFile): Outcome {
  if (field.state === "pinned") return { kind: "already pinned", row };
  return {
    kind: "not pinnable",
    row,
    why:
      row.exempt === null
        ? row.pinnable && !pins
          ? "require-digest is off here"
          : whyNot(field, plan(field, settings).message)
        : `exempt: ${row.exempt}`,
  };
}

function whyNot({ state, problem }: ImageField, message: string | undefined): string {
  if (message !== undefined) return message;
  if (state === "templated") return "a template fills in a part of it";
  if (state === "local") return "it comes from no registry";
  return `${state}: ${problem ?? "see `eslint`"}`;
}

function failed({ row }: Found, why: string, exit: ExitCode = EXIT.lookups): Outcome {
  return { kind: "failed", row, why, exit };
}

function inOrder({ found }: SurveyedFile, outcomes: ReadonlyMap<Found, Outcome>): readonly Outcome[] {
  return found.flatMap((each) => outcomes.get(each) ?? []);
}
