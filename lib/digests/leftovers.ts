// Removes the temporary files of runs that were killed before they could rename them.
import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";

/** What a temporary file's name ends with: the process that wrote it, and random digits. */
const ENDING = /\.(\d{1,10})\.[0-9a-f]{12}\.tmp$/;

/** The folders that were looked at: once a run is enough. */
const done = new Set<string>();

/**
 * Removes the temporary files in a folder whose process has ended, once for each folder and process.
 *
 * @param folder where this program writes files; never throws
 * @param isOurs whether a name is one that this program gives
 */
export function removeLeftovers(folder: string, isOurs: (name: string) => boolean): void {
  if (done.has(folder)) return;
  done.add(folder);
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // There is no such folder, so there is nothing in it.
  }
  for (const name of names) {
    const pid = Number(ENDING.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || !isOurs(name) || isRunning(pid)) continue;
    const path = join(folder, name);
    try {
      const stat = lstatSync(path);
      const own = process.getuid?.();
      if (stat.isFile() && (own === undefined || stat.uid === own)) unlinkSync(path);
    } catch {
      // Another run has removed it.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
