// container-images bom: the bill of materials of a tree, and the gate that every image has a digest. Offline.
import { toCycloneDx, type Maker } from "../bom/cyclonedx.js";
import type { Entry } from "../bom/entry.js";
import { withoutDigest } from "../bom/gate.js";
import { toMarkdown } from "../bom/markdown.js";
import { displayText } from "../reference/display.js";
import { CommandError, EXIT, gravest, type ExitCode } from "./failure.js";
import { placeOf } from "./pin-report.js";
import { openProject, type ProjectOptions } from "./project.js";
import { writeWhole } from "./save.js";
import { survey } from "./survey.js";
import type { Terminal } from "./terminal.js";

const BOM_FORMATS = ["cyclonedx", "markdown"] as const;

export interface BomOptions extends ProjectOptions {
  readonly format: (typeof BOM_FORMATS)[number];
  /** The file to write, from the working directory; without it, standard output. */
  readonly output: string | undefined;
  readonly requireDigests: boolean;
  /** What is incomplete fails the gate too. */
  readonly strict: boolean;
  /** The time to put in. */
  readonly timestamp: Date | undefined;
  readonly maker: Maker;
}

/**
 * Writes a project's bill of materials.
 *
 * @param options where, which files, by which configuration, and what to write and require
 * @param terminal where to write
 * @returns the exit code: 0, 1 where a digest that is required is not there, 2 where a file could not be read
 * @throws {CommandError} where the project can not be opened, a setting is wrong, or the output can not be written; one line
 */
export async function bom(options: BomOptions, terminal: Terminal): Promise<ExitCode> {
  const { files, unread } = await survey(await openProject(options));
  for (const line of unread) terminal.warn(line);
  const entries = files.flatMap(({ found }) =>
    found.map(({ field, row: { file, line, exempt } }): Entry => {
      const { reference, state, written } = field;
      return {
        file,
        line,
        field: field.field,
        written,
        state,
        ...(reference ? { reference } : {}),
        ...(exempt === null ? {} : { exempt }),
      };
    }),
  );
  const text =
    options.format === "markdown"
      ? toMarkdown(entries)
      : toCycloneDx(entries, options.maker, options.timestamp);
  if (options.output === undefined) terminal.result(text);
  else write(options.output, text);
  const missing = options.requireDigests || options.strict ? withoutDigest(entries, options.strict) : [];
  for (const { file, line, written, state } of missing)
    terminal.warn(`${terminal.paint("red", state)} ${placeOf({ file, line })} ${displayText(written)}`);
  if (missing.length > 0)
    terminal.warn(
      `${String(missing.length)} ${missing.length === 1 ? "image has" : "images have"} no digest and no exemption; \`container-images pin\` pins what can be pinned`,
    );
  return gravest(missing.length > 0 ? EXIT.findings : EXIT.fine, unread.length > 0 ? EXIT.usage : EXIT.fine);
}

function write(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw new CommandError(
      `${displayText(path)} can not be written${error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""}`,
    );
  }
}
