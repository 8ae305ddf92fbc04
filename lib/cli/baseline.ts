// The suppressions baseline of ESLint: which of a file's errors `eslint --suppress-all` has put up with. It
// counts them by rule and has no places.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { displayText } from "../reference/display.js";
import { statOf } from "../stat-of.js";
import { CommandError } from "./failure.js";
import type { Project } from "./project.js";

/** Where ESLint looks for it, from the working directory. */
const BASELINE_FILE = "eslint-suppressions.json";

/** How the names of the files begin that ESLint writes into a folder, one for each working directory. */
const IN_FOLDER = "suppressions_";

/** A file, as it is now. */
export interface BaselineFile {
  /** Absolute. */
  readonly path: string;
  readonly source: string;
}

/** How many errors of each rule are put up with, by a file's path as ESLint writes it. */
type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The baseline of a project. To count, rules run: a variable must say where no registry may be asked. */
export class Baseline {
  /**
   * @param project whose ESLint counts
   * @param name the file, as the user would name it
   * @param counts what stands in it
   */
  private constructor(
    private readonly project: Project,
    readonly name: string,
    private readonly counts: Counts,
  ) {}

  /**
   * Reads the baseline.
   *
   * @param project whose ESLint counts the errors that there are
   * @param location the file that the user named, from the working directory, or the folder where ESLint
   *   has written one
   * @throws {CommandError} where the file that was named is not there, or is no JSON; one line
   */
  static read(project: Project, location: string | undefined): Baseline {
    const name = location ?? BASELINE_FILE;
    const path = fileAt(resolve(project.cwd, name), name);
    if (path !== undefined) return new Baseline(project, name, countsIn(path, name));
    const shown = displayText(name);
    if (location !== undefined)
      throw new CommandError(
        `no suppressions file ${shown}; \`eslint --suppress-all --suppressions-location ${shown}\` makes it`,
      );
    return new Baseline(project, name, new Map());
  }

  /**
   * Finds the rules of which ESLint reports no error in a file, because the baseline has as many.
   *
   * @returns the rules, with the plugin's prefix
   */
  async suppressedIn(file: BaselineFile): Promise<ReadonlySet<string>> {
    const known = this.#of(file.path);
    if (known.size === 0) return new Set();
    const errors = await this.#errorsIn(file);
    return new Set(
      [...errors].filter(([rule, count]) => count <= (known.get(rule) ?? 0)).map(([rule]) => rule),
    );
  }

  /**
   * Whether the baseline has more errors of one of our rules than a file: ESLint then wants it pruned.
   *
   * @param path the file's absolute path; it is read where the baseline counts anything of it
   */
  async isTooHighFor(path: string): Promise<boolean> {
    const known = this.#of(path);
    if (known.size === 0) return false;
    const errors = await this.#errorsIn({ path, source: readFileSync(path, "utf8") });
    return [...known].some(([rule, count]) => count > (errors.get(rule) ?? 0));
  }

  #of(path: string): ReadonlyMap<string, number> {
    return (
      this.counts.get(relative(this.project.cwd, path).replaceAll("\\", "/")) ?? new Map<string, number>()
    );
  }

  async #errorsIn({ path, source }: BaselineFile): Promise<ReadonlyMap<string, number>> {
    const errors = new Map<string, number>();
    for (const rule of await this.project.errors(source, path)) errors.set(rule, (errors.get(rule) ?? 0) + 1);
    return errors;
  }
}

/**
 * The file at a place, or in it, where it is a folder. Its name there is made of the working directory, in a
 * way of ESLint's own: so only one alone is known to be the right one.
 *
 * @throws {CommandError} where a folder has more than one
 * @see ESLint, `getCacheFile`
 */
function fileAt(path: string, name: string): string | undefined {
  const stat = statOf(path);
  if (stat?.isDirectory() !== true) return stat?.isFile() === true ? path : undefined;
  const [file, another] = readdirSync(path).filter((each) => each.startsWith(IN_FOLDER));
  if (another !== undefined)
    throw new CommandError(
      `${displayText(name)} holds more than one suppressions file; name the one to use, ` +
        `such as ${displayText(join(name, another))}`,
    );
  return file === undefined ? undefined : join(path, file);
}

/** The counts of our rules in a file. What has another shape suppresses nothing. */
function countsIn(path: string, name: string): Counts {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new CommandError(`${displayText(name)} ${why}`);
  }
  return new Map(
    entriesOf(content).map(([file, rules]) => [
      file,
      new Map(
        entriesOf(rules).flatMap(([rule, entry]) => {
          const { count } = Object(entry) as { readonly count?: unknown };
          return rule.startsWith("container-images/") && typeof count === "number" ? [[rule, count]] : [];
        }),
      ),
    ]),
  );
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
