// Compares paths of values, in which `*` is any key.
import { ANY_KEY, type ValuePath } from "./value.js";

/** Whether a value that is used may be the one at a path. */
export function isSame(use: ValuePath, path: ValuePath): boolean {
  return use.length === path.length && isAbove(use, path);
}

/** Whether a value that is used may be one above another one, or that itself. */
export function isAbove(use: ValuePath, path: ValuePath): boolean {
  return use.length <= path.length && use.every((key, at) => key === ANY_KEY || key === path[at]);
}
