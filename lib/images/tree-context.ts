// One tree of events as the walk sees it: what is known of it before, and where the walk is.
import type { Settings } from "../settings/settings.js";
import type { Segment } from "../vocabulary/path.js";
import type { Reading, Tree } from "../yaml/reading.js";
import type { Anchors } from "./anchors.js";
import type { ImageField } from "./field.js";
import type { FileFacts } from "./file-facts.js";

/** A tree to find fields in. */
export interface TreeSource {
  /** The file, or the part of it that the tree was read from. */
  readonly reading: Reading;
  readonly tree: Tree;
  /** What the file's name and the settings say. */
  readonly facts: FileFacts;
  readonly settings: Settings;
  /** The keys and indices above the tree's root. */
  readonly above: readonly Segment[];
  /** Whether the tree stands in a string, and whether an edit there is an edit of the file. */
  readonly embedded: "not" | "writable" | "read-only";
  /** In how many strings the tree stands, one within the other. */
  readonly depth: number;
}

/** What every step of one walk shares. */
export interface TreeContext extends TreeSource {
  readonly anchors: Anchors;
  /** The keys and indices down to the event at hand; the walk pushes and pops. */
  readonly path: Segment[];
  /** The fields found so far: the walk's only output. */
  readonly fields: ImageField[];
}
