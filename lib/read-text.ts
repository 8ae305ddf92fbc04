// Reads a text file that stands beside a linted one, whatever its path leads to: nothing waits for a pipe,
// and no device or huge file fills the memory.
import { readFileSync, statSync } from "node:fs";

/**
 * Reads a text file.
 *
 * @param path of a file, or of a link to one
 * @param most the most bytes
 * @returns its text; `undefined` where there is none, or it is no regular file, too large, or cannot be read;
 *   never throws
 */
export function readText(path: string, most: number): string | undefined {
  try {
    // Most are not there: to make and catch an error takes longer than to look.
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() && stat.size <= most ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
