// A tree of files in which charts are looked for.

/** A tree of files. */
export interface FileTree {
  /** Every file's path from the tree's root, with `/`; archives of charts too. */
  readonly files: readonly string[];
  /** The text of one of the files; `undefined` where it cannot be read. */
  readonly read: (file: string) => string | undefined;
}
