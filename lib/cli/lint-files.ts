// Lints a project's files. ESLint stops at the first file that it cannot open; this goes on and names such
// files.
import { relative } from "node:path";
import type { ESLint } from "eslint";
import { hugeFiles, specialFiles } from "./special-files.js";

/** ESLint's result for each file, and the files that could not be opened. */
export interface Linted {
  readonly results: readonly ESLint.LintResult[];
  /** Absolute paths, for example of broken links and of files without read permission. */
  readonly unopened: readonly string[];
}

/** How many files may fail to open: each of them costs another run of ESLint. */
const MOST_UNOPENED = 20;

/**
 * Lints files.
 *
 * @param create makes an ESLint that ignores the given patterns, beside what the configuration ignores
 * @param paths files, folders or globs
 * @throws ESLint's error, where it is not about one file, or after 20 files that cannot be opened
 */
export async function lintFiles(
  create: (options: Pick<ESLint.Options, "ignorePatterns" | "errorOnUnmatchedPattern">) => ESLint,
  cwd: string,
  paths: readonly string[],
): Promise<Linted> {
  const linted = async (found: readonly string[]): Promise<readonly string[]> => {
    const those: string[] = [];
    for (const path of found) if (await wouldLint(create({}), path)) those.push(path);
    return those;
  };
  const special = await linted(specialFiles(cwd, paths));
  const unopened: string[] = [...special];
  for (;;) {
    // A folder whose only file is ignored matches nothing. By then it is known that the paths matched
    // something.
    const options =
      unopened.length === 0
        ? {}
        : { ignorePatterns: unopened.map((path) => patternOf(cwd, path)), errorOnUnmatchedPattern: false };
    try {
      return { results: await create(options).lintFiles([...paths]), unopened };
    } catch (error) {
      const path = unopenedBy(error);
      // Of a file that is too large, ESLint does not say which one it is.
      const found = path === undefined ? await linted(hugeFiles(cwd, paths)) : [path];
      const more = found.filter((each) => !unopened.includes(each));
      if (more.length === 0 || unopened.length >= special.length + MOST_UNOPENED) throw error;
      unopened.push(...more);
    }
  }
}

/** Whether a configuration names a file, and none ignores it. */
async function wouldLint(eslint: ESLint, path: string): Promise<boolean> {
  try {
    return (await eslint.calculateConfigForFile(path)) !== undefined;
  } catch {
    // No configuration governs it, or a broken one: ESLint says so when it lints.
    return false;
  }
}

/** The file that could not be opened, if that is what the error says. */
function unopenedBy(error: unknown): string | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return typeof code === "string" && syscall === "open" && typeof path === "string" ? path : undefined;
}

/** A glob that matches one path only. */
function patternOf(cwd: string, path: string): string {
  return relative(cwd, path)
    .replaceAll("\\", "/")
    .replaceAll(/[*?[\]{}()!+@#\\]/g, "\\$&");
}
