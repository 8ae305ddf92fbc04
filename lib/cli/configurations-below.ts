// Configuration files in the folders below a path: ESLint 10 asks for the one of each file.
import { join } from "node:path";
import { entriesIn } from "../stat-of.js";

/** The names that ESLint looks for. */
const NAME = /^eslint\.config\.[cm]?[jt]s$/;

/** More folders than anybody lints without a configuration at their root. */
const MOST_FOLDERS = 20_000;

/**
 * Finds the folders that hold a configuration file.
 *
 * @param folder absolute; it and all folders below it are looked at, but no installed packages
 * @yields each of them, as soon as it is found; never throws
 * @see ESLint, `lib/config/config-loader.js`
 */
export function* configurationsBelow(folder: string): Generator<string, void, undefined> {
  const open = [folder];
  for (let looked = 0; looked < MOST_FOLDERS; looked += 1) {
    const next = open.pop();
    if (next === undefined) return;
    const entries = entriesIn(next);
    if (entries.some(({ name }) => NAME.test(name))) yield next;
    for (const entry of entries)
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git")
        open.push(join(next, entry.name));
  }
}

/**
 * Whether a folder holds a configuration file.
 *
 * @param folder absolute
 */
export function holdsConfiguration(folder: string): boolean {
  return entriesIn(folder).some(({ name }) => NAME.test(name));
}
