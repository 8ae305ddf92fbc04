// The command `bom`: writes a project's bill of materials, and fails where a required digest is missing.
import { toCycloneDx, type Maker } from "../bom/cyclonedx.js";
import type { Entry } from "../bom/entry.js";
import { withoutDigest } from "../bom/gate.js";
import { toMarkdown } from "../bom/markdown.js";
import { displayText } from "../reference/display.js";
import { Baseline } from "./baseline.js";
import { adviceFor, type Missing } from "./bom-advice.js";
import { codeIn, CommandError, EXIT, mostSevere, type ExitCode } from "./failure.js";
import type { BomFormat } from "./formats.js";
import { placeAndImage, spelling } from "./place.js";
import type { ProjectOptions } from "./configuration.js";
import { openProject } from "./project.js";
import { writeWhole } from "./save.js";
import { settingsNotices } from "./settings-notices.js";
import { deployedOf, problemsOf, survey, type Survey, type SurveyedField } from "./survey.js";
import type { Terminal } from "./terminal.js";

/** The rule that reports files of which a part was not read. */
const PARSABLE = "container-images/parsable";

export interface BomOptions extends ProjectOptions {
  readonly format: BomFormat;
  /** The file to write, from the working directory; without it, standard output. */
  readonly output: string | undefined;
  /** Whether an image with neither a digest nor an exemption makes the command fail. */
  readonly requireDigests: boolean;
  /** Whether an incomplete reference counts as an image without a digest. */
  readonly strict: boolean;
  /** The time to put into the document; none where the same input must give the same bytes. */
  readonly timestamp: Date | undefined;
  readonly maker: Maker;
}

/**
 * Writes a project's bill of materials.
 *
 * @param options where, which files, by which configuration, and what to write and require
 * @param terminal where to write
 * @returns the exit code: 0; 1 where a required digest is missing, or a file was read in part and `strict`
 *   forbids it; 2 where a file could not be read
 * @throws {CommandError} where the project cannot be opened, a setting is wrong, or the output cannot be
 *   written; one line
 */
export async function bom(options: BomOptions, terminal: Terminal): Promise<ExitCode> {
  const project = await openProject(options, terminal.warn);
  const surveyed = await survey(project);
  const { files, unread } = surveyed;
  for (const line of [...problemsOf(surveyed), ...settingsNotices(surveyed, options)]) terminal.warn(line);
  const baseline = isGate(options) ? Baseline.read(project, options) : undefined;
  const suppressed = baseline ? await suppressedIn(surveyed, baseline) : new Map<string, never>();
  const fields = new Map<Entry, Missing>();
  for (const { path, found: all, pins } of files)
    for (const found of deployedOf(all))
      for (const entry of entriesOf(found, suppressed.get(path))) fields.set(entry, { found, pins });
  const entries = [...fields.keys()];
  const text =
    options.format === "markdown"
      ? toMarkdown(entries)
      : toCycloneDx(entries, options.maker, options.timestamp);
  if (options.output === undefined) terminal.result(text);
  else write(options.output, text);
  const missing = isGate(options) ? withoutDigest(entries, options.strict) : [];
  for (const { file, line, written, state } of missing)
    terminal.warn(`${terminal.paint("red", state)} ${placeAndImage({ file, line, written })}`);
  if (missing.length > 0)
    terminal.warn(
      adviceFor(
        missing.flatMap((entry) => fields.get(entry) ?? []),
        options,
      ),
    );
  const partly = options.strict
    ? surveyed.partly.filter(({ path }) => suppressed.get(path)?.has(PARSABLE) !== true).length
    : 0;
  if (partly > 0)
    terminal.warn(
      `${String(partly)} ${partly === 1 ? "file" : "files"} read in part; correct what is said above, ` +
        `or disable ${PARSABLE} there with a reason`,
    );
  return mostSevere(
    missing.length + partly > 0 ? EXIT.findings : EXIT.fine,
    unread.length > 0 ? EXIT.usage : EXIT.fine,
  );
}

/** Whether an image without a digest makes the command fail. */
function isGate({ requireDigests, strict }: BomOptions): boolean {
  return requireDigests || strict;
}

/** The rules of which a baseline has as many errors as each file. */
async function suppressedIn(
  { files, partly }: Survey,
  baseline: Baseline,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const suppressed = new Map<string, ReadonlySet<string>>();
  for (const file of new Set([...files, ...partly]))
    suppressed.set(file.path, await baseline.suppressedIn(file));
  return suppressed;
}

/** A field is one image, or more where kustomizations give it other names. */
function entriesOf(
  { field, rule, row }: SurveyedField,
  suppressed: ReadonlySet<string> = new Set(),
): readonly Entry[] {
  const { file, line, exempt } = row;
  const { reference, deployedAs = [], state } = field;
  const entry = {
    file,
    line,
    field: field.field,
    written: spelling(row),
    state,
    ...(reference ? { reference } : {}),
    ...(exempt === null ? {} : { exempt }),
    ...(rule !== undefined && suppressed.has(`container-images/${rule}`) ? { suppressed: true } : {}),
  };
  return [entry, ...deployedAs.map((other) => ({ ...entry, reference: other }))];
}

function write(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw new CommandError(`${displayText(path)} cannot be written${codeIn(error)}`);
  }
}
