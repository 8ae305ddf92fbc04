// Finds what stands among the files but is none: ESLint waits for ever where such a thing is a pipe.
import { readdirSync, statSync, type Dirent } from "node:fs";
import { join, resolve } from "node:path";

/** Folders without a user's files. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

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
  const named = paths.filter((path) => !isGlob(path)).map((path) => resolve(cwd, path));
  const found = [...new Set(named)].filter((path) => isSpecial(path, true));
  const waiting = [...new Set(paths.some(isGlob) ? [cwd, ...named] : named)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) waiting.push(path);
        else if (!entry.isFile() && !entry.isDirectory() && mayBeRead(entry) && isSpecial(path, false))
          found.push(path);
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

/** Whether a path, or what a link leads to, is there and no file. A folder that is named may be searched. */
function isSpecial(path: string, named: boolean): boolean {
  try {
    const stat = statSync(path);
    return !stat.isFile() && !(named && stat.isDirectory());
  } catch {
    // Of a broken link ESLint says that it cannot be opened.
    return false;
  }
}
