// Lets ESLint read the files of a project. It stops at the first that it cannot open; here that one is
// named, and the rest read.
import { relative } from "node:path";
import type { ESLint } from "eslint";

/** What ESLint said of each file, and the files that could not be opened. */
export interface Linted {
  readonly results: readonly ESLint.LintResult[];
  /** Absolute paths: links that lead nowhere, files that nobody may read. */
  readonly unopened: readonly string[];
}

/** Each costs a run of its own; a tree with more of them is not what was meant. */
const UNOPENED = 20;

/**
 * Lints files.
 *
 * @param create an ESLint that leaves out what the patterns name, beside what the configuration leaves out
 * @param paths files, folders or globs
 * @throws ESLint's error, where it is about more than one file
 */
export async function lintFiles(
  create: (options: Pick<ESLint.Options, "ignorePatterns" | "errorOnUnmatchedPattern">) => ESLint,
  cwd: string,
  paths: readonly string[],
): Promise<Linted> {
  const unopened: string[] = [];
  for (;;) {
    // What is left of a folder whose only file was left out matches nothing; that the paths matched something
    // is known by then.
    const options =
      unopened.length === 0
        ? {}
        : { ignorePatterns: unopened.map((path) => patternOf(cwd, path)), errorOnUnmatchedPattern: false };
    try {
      return { results: await create(options).lintFiles([...paths]), unopened };
    } catch (error) {
      const path = unopenedBy(error);
      if (path === undefined || unopened.includes(path) || unopened.length === UNOPENED) throw error;
      unopened.push(path);
    }
  }
}

/** The file that the file system would not open, if the error says that. */
function unopenedBy(error: unknown): string | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return typeof code === "string" && syscall === "open" && typeof path === "string" ? path : undefined;
}

/** A path as a pattern that matches it alone. */
function patternOf(cwd: string, path: string): string {
  return relative(cwd, path)
    .replaceAll("\\", "/")
    .replaceAll(/[*?[\]{}()!+@#\\]/g, "\\$&");
}
