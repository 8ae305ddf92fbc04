// The files of the working directory, in which the uses of charts are looked for.
import { readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { FileTree } from "../charts/uses/survey.js";
import { entriesIn } from "../stat-of.js";

/** Never a place where a user names charts. */
const SKIPPED = new Set([".git", "node_modules", ".terraform", ".cache"]);
const MAX_FILES = 200_000;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Lists the files below a folder. Links are not followed.
 *
 * @param root absolute
 * @returns the tree; a folder that cannot be read is passed over
 */
export function treeOf(root: string): FileTree {
  const files: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesIn(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
      else if (entry.isFile() && files.length < MAX_FILES) files.push(path);
    }
  }
  return {
    files: files.sort(),
    read(file) {
      const path = join(root, file.split("/").join(sep));
      try {
        return statSync(path).size > MAX_BYTES
          ? undefined
          : readFileSync(path, "utf8").replace(/^\uFEFF/, "");
      } catch {
        return undefined;
      }
    },
  };
}
