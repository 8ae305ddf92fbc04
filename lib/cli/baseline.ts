// The suppressions baseline of ESLint: which of a file's errors `eslint --suppress-all` has put up with. It
// counts them by rule and has no places.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { displayText } from "../reference/display.js";
import { baselineFile } from "./baseline-file.js";
import type { ProjectOptions } from "./configuration.js";
import { codeOf, CommandError } from "./failure.js";
import type { Project } from "./project.js";
import { withSlashes } from "./with-slashes.js";

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
   * @param options which file or folder the user named, and what an advice repeats
   * @throws {CommandError} where what was named is not there, or the file is no JSON; one line
   */
  static read(project: Project, options: ProjectOptions): Baseline {
    const file = baselineFile(project, options);
    return new Baseline(project, file?.name ?? "", file ? countsIn(file.path, file.name) : new Map());
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
    return this.counts.get(withSlashes(relative(this.project.cwd, path))) ?? new Map<string, number>();
  }

  async #errorsIn({ path, source }: BaselineFile): Promise<ReadonlyMap<string, number>> {
    const errors = new Map<string, number>();
    for (const rule of await this.project.errors(source, path)) errors.set(rule, (errors.get(rule) ?? 0) + 1);
    return errors;
  }
}

/** The counts of our rules in a file. What has another shape suppresses nothing. */
function countsIn(path: string, name: string): Counts {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why =
      codeOf(error) === "EISDIR" ? `is a link to a folder; write ${displayText(name)}/` : "cannot be read";
    throw new CommandError(`${displayText(name)} ${error instanceof SyntaxError ? "is not JSON" : why}`);
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
