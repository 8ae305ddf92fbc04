// What stands at a path that a user or a file of the user names: whatever it says, nothing throws.
import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from "node:fs";

/**
 * What the system says of a path.
 *
 * @param path of a file or a folder, or of a link to one
 * @returns `undefined` where nothing stands there: also below a file, in a circle of links, or under a name
 *   that is too long, for which Node throws whatever `throwIfNoEntry` says; never throws
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * The same of the path itself: a link is a link, wherever it leads.
 *
 * @returns as {@link statOf}; never throws
 */
export function linkStatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a file stands at a path, or a link to one; never throws. */
export function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

/**
 * Lists a folder.
 *
 * @param folder its path
 * @returns what it holds; nothing where it is a file, is not there or cannot be read; never throws
 */
export function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
