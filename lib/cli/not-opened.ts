// Says why a path could not be opened.
import { accessSync, constants, statSync } from "node:fs";
import { linkStatOf } from "../stat-of.js";
import { codeOf } from "./failure.js";
import { MOST_BYTES } from "./special-files.js";

/** What the user can do something about, by Node's code. */
const WHY: ReadonlyMap<unknown, string> = new Map([
  ["ELOOP", "a circle of links"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
]);

/**
 * What follows the name of a path in the line about it.
 *
 * @param path absolute
 * @returns with the reason, if it can still be seen; never throws
 */
export function notOpened(path: string): string {
  const why = whyNot(path);
  return `: cannot be opened${why === undefined ? "" : ` (${why})`}`;
}

/**
 * Whether a path cannot even be looked at: it may be there, and is no slip of the pen.
 *
 * @param path absolute
 * @returns also for a folder that cannot be listed; never throws
 */
export function isOutOfReach(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) accessSync(path, constants.R_OK | constants.X_OK);
    return false;
  } catch (error) {
    return WHY.has(codeOf(error)) || isLink(path);
  }
}

function whyNot(path: string): string | undefined {
  try {
    const stat = statSync(path);
    accessSync(path, constants.R_OK);
    if (stat.isDirectory()) return isLink(path) ? "a link to a folder" : undefined;
    if (!stat.isFile()) return "no regular file";
    return stat.size > MOST_BYTES ? "too large" : undefined;
  } catch (error) {
    return WHY.get(codeOf(error)) ?? (isLink(path) ? "a link to nothing" : undefined);
  }
}

function isLink(path: string): boolean {
  return linkStatOf(path)?.isSymbolicLink() === true;
}
