// Says whether a file may be deployed by what stands in the folders above it: without a look at all others.
import { existsSync } from "node:fs";
import { sep } from "node:path";
import { KUSTOMIZATION_NAMES } from "./deployed/kustomization.js";
import { SKAFFOLD_NAMES } from "./deployed/skaffold.js";
import { folderOf } from "./deployed/tree.js";

const NAMES = [...KUSTOMIZATION_NAMES, ...SKAFFOLD_NAMES];

/** At most this share of the time goes to look whether something has changed. */
export const SHARE_OF_TIME = 1 / 100;

/** A folder, as it was looked at. */
interface Looked {
  readonly holdsSome: boolean;
  /** When to look again. */
  readonly lookAgain: number;
}

/**
 * Makes a function that says whether a kustomization or a skaffold file stands in a file's folder or in one
 * above it. Where none does, none of the tree reaches the file, wherever it stands: kustomize refuses files
 * that are not below its own.
 *
 * @param now a time in milliseconds, which says how long a look takes
 * @returns a function of the file's absolute path; it remembers what it saw, but not for long
 * @see kustomize, `api/internal/loader/loadrestrictions.go`
 */
export function lookForReaching(now: () => number): (path: string) => boolean {
  const folders = new Map<string, Looked>();
  const holdsSome = (folder: string): boolean => {
    const known = folders.get(folder);
    const start = now();
    if (known && start < known.lookAgain) return known.holdsSome;
    const found = NAMES.some((name) => existsSync(folder + sep + name));
    const end = now();
    folders.set(folder, { holdsSome: found, lookAgain: end + (end - start) / SHARE_OF_TIME });
    return found;
  };
  return (path) => {
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder))
      if (holdsSome(folder)) return true;
    return false;
  };
}
