// The globs among the paths that a user names.

/**
 * The folder of a glob.
 *
 * @param path a file, a folder or a glob
 * @returns of a glob, what stands before the name with its first wildcard; else the path itself
 */
export function beforeWildcard(path: string): string {
  return /[*?[{!(]/.test(path) ? path.replace(/[^/\\]*[*?[{!(].*$/s, "") : path;
}
