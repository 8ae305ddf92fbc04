// Finds what ESLint cannot read and does not name: pipes and the like, for which it waits for ever, and files
// that are longer than a text can be.
import { accessSync, constants, type Dirent } from "node:fs";
import { join, relative, resolve } from "node:path";
import { matchesPath } from "../exempt.js";
import { entriesIn, statOf } from "../stat-of.js";
import { beforeWildcard } from "./globs.js";
import { withSlashes } from "./with-slashes.js";

/** Folders without a user's files. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** More than a JavaScript text can hold is some 512 MB. */
export const MOST_BYTES = 256 * 1024 * 1024;

const YAML = /\.ya?ml$/i;

/**
 * The pipes, sockets and devices in some folders, and links that are named `*.yaml` or `*.yml` to one or to a
 * folder.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, what it matches
 * @returns absolute paths; a link to a folder is not searched; never throws
 */
export function specialFiles(cwd: string, paths: readonly string[]): readonly string[] {
  const mayBeOne = (entry: Dirent): boolean => !entry.isFile() && mayBeRead(entry);
  return search(cwd, paths, mayBeOne, (path, isNamed) => {
    const stat = statOf(path);
    return stat !== undefined && !stat.isFile() && !(isNamed && stat.isDirectory());
  });
}

/**
 * The files and links in some folders that cannot be opened. This looks at each file.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, what it matches
 * @returns absolute paths; never throws
 */
export function unreadableFiles(cwd: string, paths: readonly string[]): readonly string[] {
  return search(
    cwd,
    paths,
    () => true,
    (path) => !canBeRead(path),
  );
}

/**
 * The files in some folders that are too large to be read as text. This looks at each file.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, what it matches
 * @returns absolute paths; never throws
 */
export function hugeFiles(cwd: string, paths: readonly string[]): readonly string[] {
  return search(cwd, paths, mayBeRead, (path) => {
    const stat = statOf(path);
    return stat?.isFile() === true && stat.size > MOST_BYTES;
  });
}

/** Looks at what is named, and at what stands below it and may be one of those that are looked for. */
function search(
  cwd: string,
  paths: readonly string[],
  mayBeOne: (entry: Dirent) => boolean,
  isOne: (path: string, isNamed: boolean) => boolean,
): readonly string[] {
  const named = [...new Set(paths.filter((path) => !isGlob(path)).map((path) => resolve(cwd, path)))];
  const found = new Set(named.filter((path) => isOne(path, true)));
  const below = (start: string, isMeant: (path: string) => boolean): void => {
    const waiting = [start];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      for (const entry of entriesIn(folder)) {
        const path = join(folder, entry.name);
        if (!entry.isDirectory()) {
          if (mayBeOne(entry) && isMeant(path) && isOne(path, false)) found.add(path);
        } else if (!SKIPPED.has(entry.name)) waiting.push(path);
      }
    }
  };
  for (const path of named) below(path, () => true);
  for (const [start, globs] of byFolder(cwd, paths.filter(isGlob)))
    below(start, (path) => matchesPath(fromFolder(cwd, path), globs));
  return [...found];
}

/** Globs that begin in the same folder are one search. */
function byFolder(cwd: string, globs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const glob of globs) {
    const folder = resolve(cwd, beforeWildcard(glob));
    folders.set(folder, [...(folders.get(folder) ?? []), fromFolder(cwd, resolve(cwd, glob))]);
  }
  return folders;
}

function fromFolder(cwd: string, path: string): string {
  return withSlashes(relative(cwd, path));
}

/** Links to folders are common, and ESLint follows none: only one that looks like a file is worth a line. */
function mayBeRead(entry: Dirent): boolean {
  return !entry.isSymbolicLink() || YAML.test(entry.name);
}

function canBeRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}
