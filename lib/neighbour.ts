// What the files beside a linted one say: the question as a type, so that no room but the one that asks the
// disk touches it.

/**
 * Reads a file beside the one at hand, or lists a folder's files, one name a line, where the path ends in
 * `/`; `undefined` where it is not there.
 */
export type Neighbour = (relativePath: string) => string | undefined;
