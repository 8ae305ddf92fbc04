// Lints a project's files. ESLint stops at the first file that it cannot open; this goes on and names such
// files.
import { relative, resolve } from "node:path";
import type { ESLint } from "eslint";
import { beforeWildcard } from "./globs.js";
import { isOutOfReach } from "./not-opened.js";
import { hugeFiles, specialFiles, unreadableFiles } from "./special-files.js";
import { wouldLint } from "./would-lint.js";
import { withSlashes } from "./with-slashes.js";

/** ESLint's result for each file, and what could not be opened. */
export interface Linted {
  readonly results: readonly ESLint.LintResult[];
  /** Absolute paths, for example of broken links and of files without read permission. */
  readonly unopened: readonly string[];
  /** What is no file of the configuration's: folders, and paths that cannot be looked at. Absolute. */
  readonly outOfReach: readonly string[];
}

/** How often ESLint is run again: each time without what could not be opened before. */
const MOST_RUNS = 20;

/**
 * Lints files.
 *
 * @param create makes an ESLint that ignores the given patterns, beside what the configuration ignores
 * @param paths files, folders or globs
 * @throws ESLint's error, where it is not about a file or folder, or after 20 runs
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
  const lost = paths.map((path) => lostAt(cwd, path));
  const rest = paths.filter((_, index) => lost[index] === undefined);
  const outOfReach = lost.flatMap((path) => path ?? []);
  if (rest.length === 0) return { results: [], unopened: [], outOfReach };
  const unopened = [...(await linted(specialFiles(cwd, rest)))];
  const ignored = unopened.map((path) => patternOf(cwd, path));
  for (let runs = 1; ; runs += 1) {
    // A folder whose only file is ignored matches nothing. By then it is known that the paths matched
    // something.
    const options = ignored.length === 0 ? {} : { ignorePatterns: ignored, errorOnUnmatchedPattern: false };
    try {
      return { results: await create(options).lintFiles([...rest]), unopened, outOfReach };
    } catch (error) {
      if (runs >= MOST_RUNS) throw error;
      const { path, isFolder } = unopenedBy(error);
      if (isFolder && path !== undefined) {
        outOfReach.push(path);
        ignored.push(`${patternOf(cwd, path)}/`);
        continue;
      }
      // Of a file that is too large, ESLint does not say which one it is.
      const found = await linted(path === undefined ? hugeFiles(cwd, rest) : unreadableFiles(cwd, rest));
      const all = new Set([...found, ...(path === undefined ? [] : [path])]);
      const more = [...all].filter((each) => !unopened.includes(each));
      if (more.length === 0) throw error;
      unopened.push(...more);
      ignored.push(...more.map((each) => patternOf(cwd, each)));
    }
  }
}

/** What cannot be looked at of a path or glob, absolute, if anything: ESLint would stop at it. */
function lostAt(cwd: string, path: string): string | undefined {
  return isOutOfReach(resolve(cwd, beforeWildcard(path))) ? resolve(cwd, path) : undefined;
}

/** The file or folder that could not be opened, if that is what the error says. */
function unopenedBy(error: unknown): { readonly path?: string; readonly isFolder: boolean } {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const isFolder = syscall === "scandir" || syscall === "opendir";
  if (typeof code !== "string" || typeof path !== "string") return { isFolder: false };
  return isFolder || syscall === "open" ? { path, isFolder } : { isFolder: false };
}

/** A glob that matches one path only. */
function patternOf(cwd: string, path: string): string {
  return withSlashes(relative(cwd, path)).replaceAll(/[*?[\]{}()!+@#\\]/g, "\\$&");
}
