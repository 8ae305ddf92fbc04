// The type of the function that reads files beside the linted one. It is a file of its own, so that rooms can
// use such a function without access to the disk.

/**
 * Reads a file beside the one at hand. Where the path ends in `/`, it lists the files below that folder, one
 * name a line; where it ends in `/*`, those directly in it. A `.tgz` archive is a folder. `undefined` where
 * nothing is there.
 */
export type Neighbour = (relativePath: string) => string | undefined;
