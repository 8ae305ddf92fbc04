// Pins the images of one file: ESLint adds the missing digests, and existing ones are replaced in place.
import type { ImageField } from "../images/field.js";
import { inspect } from "../images/inspect.js";
import type { Piece } from "../pinning/edit.js";
import type { Answer, Failure } from "../reference/answer.js";
import type { Digest } from "../reference/digest.js";
import { displayText } from "../reference/display.js";
import { formatReference } from "../reference/reference.js";
import { wasDecoded } from "../yaml/decoded.js";
import { EXIT, messageOf, type ExitCode } from "./failure.js";
import { findOptions } from "./find-options.js";
import type { Outcome } from "./pin-report.js";
import { applyPieces } from "./pieces.js";
import type { Project } from "./project.js";
import { replaceText } from "./save.js";
import type { SurveyedField, SurveyedFile } from "./survey.js";
import { moveDigest } from "./update.js";
import { whyNot } from "./why-not.js";

/** How often ESLint goes over a text, as `--fix` does. */
const MOST_PASSES = 10;

/** A new text for the file, and the image fields in it, in the order of the survey. */
interface Version {
  readonly text: string;
  readonly fields: readonly ImageField[];
}

/** Pins the images of one file. One object is for one run of {@link pin}. */
export class FilePinner {
  /** The digest that a field must get. */
  readonly #goals = new Map<SurveyedField, Digest>();
  readonly #outcomes = new Map<SurveyedField, Outcome>();

  /**
   * @param project whose ESLint writes the digests
   * @param file the file and its image fields
   * @param answers for each field that was looked up, its answer
   */
  constructor(
    private readonly project: Project,
    private readonly file: SurveyedFile,
    private readonly answers: ReadonlyMap<SurveyedField, Answer | undefined>,
  ) {}

  /**
   * Writes the digests into the file.
   *
   * @param dryRun whether to leave the file as it is
   * @returns what became of each field, in their order
   */
  async pin(dryRun: boolean): Promise<readonly Outcome[]> {
    const { file } = this;
    for (const each of file.found) this.#decide(each);
    if (this.#goals.size > 0) {
      const text = await this.#rewrite();
      const problem = text !== file.source && !dryRun ? replaceText(file.path, file.source, text) : undefined;
      for (const [each, digest] of this.#goals) {
        if (this.#outcomes.has(each)) continue;
        const kind = each.field.state === "pinned" ? "moved" : "pinned";
        if (problem === undefined) this.#outcomes.set(each, { kind, row: each.row, digest });
        else this.#fail(each, `${problem}; nothing was written to the file`, EXIT.usage);
      }
    }
    return file.found.flatMap((each) => this.#outcomes.get(each) ?? []);
  }

  #decide(each: SurveyedField): void {
    const answer = this.answers.get(each);
    if (this.answers.has(each) && !answer?.ok) this.#fail(each, reasonOf(answer), EXIT.lookups);
    else if (answer?.ok && each.field.reference?.digest !== answer.digest)
      this.#goals.set(each, answer.digest);
    else this.#outcomes.set(each, unchanged(each, this.file));
  }

  #fail(each: SurveyedField, why: string | Failure, exit: ExitCode): void {
    const failure = typeof why === "string" ? { message: why } : why;
    this.#outcomes.set(each, { kind: "failed", row: each.row, failure, exit });
  }

  /** The new text of the file. Every goal that is not reached becomes a failure. */
  async #rewrite(): Promise<string> {
    const { source, found } = this.file;
    const bom = source.startsWith("\ufeff") ? "\ufeff" : "";
    let fixed: Version;
    try {
      fixed = await this.#fixed(bom);
    } catch (error) {
      const why = `ESLint failed on this file: ${displayText(messageOf(error))}`;
      for (const each of this.#goals.keys()) this.#fail(each, why, EXIT.findings);
      return source;
    }
    const { text, fields } = this.#withMoves(fixed);
    for (const [index, each] of found.entries()) {
      if (this.#outcomes.has(each) || this.#isFixed(each, fields[index])) continue;
      // require-digest fixes nothing in a file that is not UTF-8: ESLint would write other bytes than it
      // read.
      if (!wasDecoded(source))
        this.#fail(each, "it is not UTF-8; nothing was written to the file", EXIT.usage);
      else
        this.#fail(
          each,
          "ESLint did not write it: is container-images/require-digest fixed by this configuration?",
          EXIT.findings,
        );
    }
    return bom + text;
  }

  /** ESLint goes over a text again until it fixes nothing. Here it is enough that every digest is there. */
  async #fixed(bom: string): Promise<Version> {
    const { source, path, found } = this.file;
    let text = source.slice(bom.length);
    let fields = found.map(({ field }) => field);
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      if (found.every((each, index) => this.#isFixed(each, fields[index]))) break;
      const next = applyPieces(text, await this.project.fixes(bom + text, path)) ?? text;
      if (next === text) break;
      text = next;
      fields = this.#fieldsOf(text);
    }
    return { text, fields };
  }

  /** Whether nothing is left for ESLint to write. Digests that must change are replaced afterwards. */
  #isFixed(each: SurveyedField, now: ImageField | undefined): boolean {
    const goal = this.#goals.get(each);
    return goal === undefined || each.field.state === "pinned" || now?.reference?.digest === goal;
  }

  /** Replaces the existing digests that must change: all of them, or none. */
  #withMoves({ text, fields }: Version): Version {
    const moves: Piece[] = [];
    for (const [index, each] of this.file.found.entries()) {
      const digest = this.#goals.get(each);
      const field = fields[index];
      if (digest === undefined || each.field.state !== "pinned" || !field) continue;
      const move = moveDigest(text, field, digest);
      if (typeof move === "string") this.#fail(each, `not moved: ${move}`, EXIT.findings);
      else moves.push(move);
    }
    if (moves.length === 0) return { text, fields };
    const moved = applyPieces(text, moves);
    const after = moved === undefined ? [] : this.#fieldsOf(moved);
    if (moved !== undefined && this.#readsBack(after)) return { text: moved, fields: after };
    for (const each of this.#goals.keys())
      if (each.field.state === "pinned" && !this.#outcomes.has(each))
        this.#fail(each, "not moved: what would be written does not read back as it should", EXIT.findings);
    return { text, fields };
  }

  /** Whether every field is the same as before, except for the digests that had to change. */
  #readsBack(after: readonly ImageField[]): boolean {
    const { found } = this.file;
    if (after.length !== found.length) return false;
    return found.every((each, index) => {
      const now = after[index];
      const { field } = each;
      if (now?.field !== field.field || now.shape !== field.shape) return false;
      if (field.state !== "pinned") return true;
      const goal = this.#outcomes.has(each) ? undefined : this.#goals.get(each);
      const digest = goal ?? field.reference?.digest;
      return now.state === "pinned" && now.reference?.digest === digest && nameOf(now) === nameOf(field);
    });
  }

  #fieldsOf(text: string): ImageField[] {
    const { path, settings } = this.file;
    const { fields } = inspect(text, findOptions(this.project, path, settings));
    return [...fields].sort((a, b) => a.at[0] - b.at[0]);
  }
}

/** The reference without its digest; empty where the field has none. */
function nameOf({ reference }: ImageField): string {
  if (!reference) return "";
  const { domain, repository, tag } = reference;
  return formatReference({ domain, repository, ...(tag === undefined ? {} : { tag }) });
}

/** Why a lookup failed, without the advice to run this very command. */
function reasonOf(answer: Failure | undefined): Failure | string {
  if (!answer) return "it was not looked up";
  return { ...answer, message: answer.message.replace(/; `npx [a-z -]+ pin` [a-z ]+$/, "") };
}

function unchanged(found: SurveyedField, file: SurveyedFile): Outcome {
  const { field, row } = found;
  if (field.state === "pinned") return { kind: "already pinned", row };
  return { kind: "not pinnable", row, why: whyNot(found, file) };
}
