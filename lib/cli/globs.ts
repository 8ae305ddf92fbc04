// The globs among the paths that a user names.

/**
 * Whether a name or a path may be a glob.
 *
 * @param path a file, a folder or a glob
 */
export function hasWildcard(path: string): boolean {
  return /[*?[{!(]/.test(path);
}

/**
 * The folder of a glob.
 *
 * @param path a file, a folder or a glob
 * @returns of a glob, what stands before the name with its first wildcard; else the path itself
 */
export function beforeWildcard(path: string): string {
  return hasWildcard(path) ? path.replace(/[^/\\]*[*?[{!(].*$/s, "") : path;
}
