// Finds what stands among the files but is none: ESLint waits for ever where such a thing is a pipe.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folders without a user's files. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * The pipes, sockets and devices in some folders.
 *
 * @param cwd the working directory
 * @param paths files, folders or globs; of a glob, the working directory is searched
 * @returns absolute paths; links are not followed; never throws
 */
export function specialFiles(cwd: string, paths: readonly string[]): readonly string[] {
  const found: string[] = [];
  const waiting = [...new Set(paths.map((path) => (/[*?[{]/.test(path) ? cwd : resolve(cwd, path))))];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) waiting.push(path);
        else if (!entry.isFile() && !entry.isSymbolicLink() && !entry.isDirectory()) found.push(path);
      }
    } catch {
      // It is a file, or it cannot be read: ESLint says so.
    }
  }
  return found;
}
