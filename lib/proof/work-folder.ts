// A folder for what Helm reads and writes during one run of the command. It is gone when the process ends.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface WorkFolder {
  readonly path: string;
  /**
   * Makes an empty folder.
   *
   * @throws Node's error
   */
  folder(): string;
  /**
   * Writes a text to a file of its own.
   *
   * @returns its path
   * @throws Node's error
   */
  file(text: string, ending: string): string;
  /** Removes all of it; never throws. */
  remove(): void;
}

/**
 * Makes a folder that nobody else can read.
 *
 * @throws Node's error
 */
export function openWorkFolder(): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), "container-images-"));
  let count = 0;
  const remove = (): void => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // What is left there is the system's to clean.
    }
  };
  process.once("exit", remove);
  return {
    path,
    folder() {
      const made = join(path, String(count++));
      mkdirSync(made);
      return made;
    },
    file(text, ending) {
      const made = join(path, `${String(count++)}${ending}`);
      writeFileSync(made, text);
      return made;
    },
    remove() {
      process.removeListener("exit", remove);
      remove();
    },
  };
}

/**
 * Writes files below a folder.
 *
 * @param files by their paths, which {@link ChartFiles} made safe
 * @throws Node's error
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const made = new Set<string>();
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    const above = dirname(path);
    if (!made.has(above)) mkdirSync(above, { recursive: true });
    made.add(above);
    writeFileSync(path, bytes);
  }
}
