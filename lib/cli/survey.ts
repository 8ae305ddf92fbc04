// Finds every image field of a project, with its settings and exemptions: all commands begin with this.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Linter } from "eslint";
import { exemptable, exemptionFor } from "../exempt.js";
import type { ImageField, State } from "../images/field.js";
import { inspect } from "../images/inspect.js";
import { unsafe } from "../pinning/unsafe.js";
import { displayText } from "../reference/display.js";
import { readSettings } from "../settings/read.js";
import type { Settings } from "../settings/settings.js";
import { noteMessage } from "../yaml/note-message.js";
import type { Note, Position } from "../yaml/reading.js";
import { CommandError } from "./failure.js";
import { findOptions } from "./find-options.js";
import { notOpened } from "./not-opened.js";
import type { Project, ProjectFile } from "./project.js";
import { rowOf, type Row } from "./rows.js";
import { suppressionsAt, type ExemptibleRule, type Suppressions } from "./suppressions.js";
import { withSlashes } from "./with-slashes.js";

/** An image field, and what is known about it. */
export interface SurveyedField {
  readonly field: ImageField;
  readonly row: Row;
  /** Why `pin` does not touch the field: it is exempt, or a comment disables require-digest there. */
  readonly skipReason: string | undefined;
  /** The rule that reports the field in its state, without the plugin's prefix. */
  readonly rule: ExemptibleRule | undefined;
}

/** A file that could be read. */
export interface SurveyedFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  /** Its text on disk, byte order mark included. */
  readonly source: string;
  readonly settings: Settings;
  /** Whether require-digest is on in this file, so that ESLint can fix it. */
  readonly pins: boolean;
  /** In the order of the file. */
  readonly found: readonly SurveyedField[];
  /** A line for the user where not all of its images were looked at. */
  readonly problem?: string;
  /** The same where a part of it was not read as YAML, and the rule parsable is on there. */
  readonly partly?: string;
}

export interface Survey {
  /** Sorted by name; only files with an image field. */
  readonly files: readonly SurveyedFile[];
  /** A line for each file that could not be read. */
  readonly unread: readonly string[];
  /** Files of which a part was not read, also without an image field. */
  readonly partly: readonly SurveyedFile[];
  /** The settings of every file that was read, also of files without images. */
  readonly settings: ReadonlySet<Settings>;
  /** Of every file that ESLint would lint, absolute. */
  readonly paths: readonly string[];
}

/** The rule that reports each state. A comment that disables it exempts the image. */
const RULE_OF_STATE: Readonly<Partial<Record<State, ExemptibleRule>>> = {
  unpinned: "require-digest",
  incomplete: "no-incomplete-reference",
  invalid: "valid-reference",
};

/**
 * Finds the image fields of a project. Asks no registry.
 *
 * @param onFile called for each file with an image field as soon as it was read, in the order of the project;
 *   its promise is waited for
 * @throws {CommandError} where a setting is wrong; one line
 */
export async function survey(
  project: Project,
  onFile?: (file: SurveyedFile) => Promise<void>,
): Promise<Survey> {
  const files: SurveyedFile[] = [];
  const unread: string[] = [];
  const partly: SurveyedFile[] = [];
  const settings = new Set<Settings>();
  for await (const read of surveyFiles(project)) {
    if (typeof read === "string") {
      unread.push(read);
      continue;
    }
    settings.add(read.settings);
    if (read.problem !== undefined) unread.push(read.problem);
    if (read.partly !== undefined) partly.push(read);
    if (read.found.length === 0) continue;
    files.push(read);
    await onFile?.(read);
  }
  const paths = project.files.flatMap(({ path, ignored = false }) => (ignored ? [] : [path]));
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), unread, partly, settings, paths };
}

/**
 * Finds the image fields of a project, file by file. Asks no registry.
 *
 * @yields each file that ESLint would lint, also one without images; a line for the user where it could not
 *   be read
 * @throws {CommandError} where a setting is wrong; one line
 */
export async function* surveyFiles(project: Project): AsyncGenerator<SurveyedFile | string, void, undefined> {
  for (const each of project.files) if (!each.ignored) yield await surveyFile(project, each);
}

async function surveyFile(project: Project, { path, fatal }: ProjectFile): Promise<SurveyedFile | string> {
  const file = withSlashes(relative(project.cwd, path));
  const named = displayText(file);
  if (fatal !== undefined) return `${named}${fatal}`;
  const config = await project.configFor(path);
  const result = readSettings(config.settings);
  if (!result.ok) throw new CommandError(result.message);
  const source = readText(path);
  if (source === undefined) return `${named}${notOpened(path)}`;
  const { settings } = result;
  const text = source.replace(/^\ufeff/, "");
  const { fields, reading, notes } = inspect(text, findOptions(project, path, settings));
  if (reading?.error) {
    // ESLint reports no error where only the user's own keys hold images.
    const { line, column } = reading.positionOf(reading.error.offset);
    return `${named}:${String(line)}:${String(column + 1)} ${displayText(reading.error.message)}`;
  }
  const none = { path, file, source, settings, pins: false, found: [] };
  const [note] = notes;
  if (!reading || (fields.length === 0 && !note)) return none;
  const places = fields.map((field) => reading.positionOf(field.at[0]));
  const notedAt = note && reading.positionOf(note.offset);
  const suppressions = suppressionsAt(
    project,
    { path, text, config },
    notedAt ? [...places, notedAt] : places,
  );
  const found = fields.map((field, index): SurveyedField => {
    const at = places[index] ?? { line: 1, column: 0 };
    const { state } = field;
    // A reference that only this chart or operator cannot use is reported by no-unsafe-digest.
    const rule =
      state === "invalid" && unsafe(text, field, settings) ? "no-unsafe-digest" : RULE_OF_STATE[state];
    const setting =
      exemptionFor(exemptable(field), path, settings)?.reason ?? (field.generated ? "generated" : undefined);
    const exempt = setting ?? (rule && suppressions.reason(rule, at));
    return {
      field,
      row: rowOf(field, { file, line: at.line, column: at.column + 1 }, exempt, settings),
      skipReason: exempt ?? suppressions.reason("require-digest", at),
      rule,
    };
  });
  const isOn = (rule: ExemptibleRule): boolean => isOnIn(config, rule) && !suppressions.isOff(rule);
  return {
    ...none,
    ...(note && notedAt ? noted(note, named, notedAt, { suppressions, isOn }) : {}),
    pins: isOn("require-digest"),
    found: found.sort((a, b) => a.row.line - b.row.line || a.row.column - b.row.column),
  };
}

/** The lines about what was not read, or not as a whole. */
export function problemsOf({ unread, partly }: Survey): readonly string[] {
  return [...unread, ...partly.flatMap((file) => file.partly ?? [])];
}

/** The fields whose images are deployed: what a kustomization or a build replaces is none of a release. */
export function deployedOf(found: readonly SurveyedField[]): readonly SurveyedField[] {
  return found.filter(({ field }) => field.state !== "replaced");
}

/** What is said of the first part of a file that was not read. */
function noted(
  note: Note,
  named: string,
  at: Position,
  { suppressions, isOn }: { suppressions: Suppressions; isOn: (rule: ExemptibleRule) => boolean },
): Pick<SurveyedFile, "problem" | "partly"> {
  const line = `${named}:${String(at.line)} ${noteMessage(note)}`;
  if (note.kind === "too-many") return { problem: line };
  return isOn("parsable") && suppressions.reason("parsable", at) === undefined ? { partly: line } : {};
}

function isOnIn({ rules }: Linter.Config, rule: ExemptibleRule): boolean {
  const entry: unknown = rules?.[`container-images/${rule}`];
  const severity: unknown = Array.isArray(entry) ? entry[0] : entry;
  return severity !== undefined && severity !== 0 && severity !== "off";
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
