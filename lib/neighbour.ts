// The type of the function that reads files beside the linted one. It is a file of its own, so that rooms can
// use such a function without access to the disk.

/**
 * Reads a file beside the one at hand, or lists a folder's files, one name a line, where the path ends in
 * `/`, or those directly in it, where it ends in `/*`; `undefined` where it is not there. A `.tgz` archive is a folder.
 */
export type Neighbour = (relativePath: string) => string | undefined;
