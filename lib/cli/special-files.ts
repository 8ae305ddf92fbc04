// Finds what ESLint cannot read and does not name: pipes and the like, for which it waits for ever, and files
// that are longer than a text can be.
import { readdirSync, statSync, type Dirent, type Stats } from "node:fs";
import { join, resolve } from "node:path";

/** Folders without a user's files. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** More than a JavaScript text can hold is some 512 MB. */
const MOST_BYTES = 256 * 1024 * 1024;

const YAML = /\.ya?ml$/i;

/**
 * The pipes, sockets and devices in some folders, and links that are named `*.yaml` or `*.yml` to one or to a
 * folder.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, the working directory is searched
 * @returns absolute paths; a link to a folder is not searched; never throws
 */
export function specialFiles(cwd: string, paths: readonly string[]): readonly string[] {
  const mayBeOne = (entry: Dirent): boolean => !entry.isFile() && mayBeRead(entry);
  return search(cwd, paths, mayBeOne, (stat, isNamed) => !stat.isFile() && !(isNamed && stat.isDirectory()));
}

/**
 * The files in some folders that are too large to be read as text. This looks at each file.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, the working directory is searched
 * @returns absolute paths; never throws
 */
export function hugeFiles(cwd: string, paths: readonly string[]): readonly string[] {
  return search(cwd, paths, mayBeRead, (stat) => stat.isFile() && stat.size > MOST_BYTES);
}

/** Looks at what is named, and at what stands below it and may be one of those that are looked for. */
function search(
  cwd: string,
  paths: readonly string[],
  mayBeOne: (entry: Dirent) => boolean,
  isOne: (stat: Stats, isNamed: boolean) => boolean,
): readonly string[] {
  const isFound = (path: string, isNamed: boolean): boolean => {
    try {
      return isOne(statSync(path), isNamed);
    } catch {
      // Of a broken link ESLint says that it cannot be opened.
      return false;
    }
  };
  const named = paths.filter((path) => !isGlob(path)).map((path) => resolve(cwd, path));
  const found = [...new Set(named)].filter((path) => isFound(path, true));
  const waiting = [...new Set(paths.some(isGlob) ? [cwd, ...named] : named)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (!entry.isDirectory()) {
          if (mayBeOne(entry) && isFound(path, false)) found.push(path);
        } else if (!SKIPPED.has(entry.name)) waiting.push(path);
      }
    } catch {
      // It is a file, or it cannot be read: ESLint says so.
    }
  }
  return found;
}

/** Links to folders are common, and ESLint follows none: only one that looks like a file is worth a line. */
function mayBeRead(entry: Dirent): boolean {
  return !entry.isSymbolicLink() || YAML.test(entry.name);
}

function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}
