// What reading a YAML text yields: events whose offsets are the user's own, and what could not be read.
import type { Event } from "js-yaml";
import type { Action } from "../helm/action.js";
import type { Arm } from "../helm/blocks.js";

/**
 * A stretch of text, `[start, end)`, in UTF-16 units from the file's first character (a byte order mark not
 * counted).
 */
export type Range = readonly [start: number, end: number];

/**
 * One parsed stretch of a file. Its source is as long as the file's text, so every event's offset is an
 * offset in the file: the whole file where it is plain YAML, the masked file where it is a template, one arm
 * of it where that arm fits nowhere.
 */
export interface Tree {
  readonly source: string;
  readonly events: readonly Event[];
  /**
   * For the event at `i`, the index of the event behind the node that begins there: skipping a subtree is one
   * step.
   */
  readonly after: Int32Array;
  /**
   * The keys above it (`spec`, `containers`, `0`), read by indentation where the tree is an island; empty
   * otherwise.
   */
  readonly path: readonly string[];
}

/** One `key: value` line of a stretch that no parser reads. */
export interface ScannedLine {
  readonly key: string;
  /** The value without its quotes. */
  readonly value: Range;
  readonly quote: "" | "'" | '"';
  readonly path: readonly string[];
}

/** Something that kept the file from being read whole; the rule `parsable` reports it, once a file. */
export interface Note {
  readonly kind: "scanned" | "unclosed-action";
  readonly offset: number;
  /** In a few words, behind "read line by line, because …". */
  readonly reason: string;
}

/** Why a file that is no template is not YAML. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly column: number;
}

export interface Reading {
  /** The user's own text, without a byte order mark. */
  readonly text: string;
  /** Whether it is a Go template: text with `{{` that is not YAML as it stands. */
  readonly template: boolean;
  readonly trees: readonly Tree[];
  readonly lines: readonly ScannedLine[];
  /** Every `{{ … }}` of a template, in order; empty where the file is plain YAML. */
  readonly actions: readonly Action[];
  readonly notes: readonly Note[];
  /** Set where a plain file is broken: then there are no trees, and ESLint says so. */
  readonly error?: SyntaxProblem;
  /** The arms of `if`/`with`/`range` chains around an offset, outermost first. */
  armsAt(offset: number): readonly Arm[];
  /**
   * Line and column of an offset. Lines end at LF, CRLF or a lone CR, as YAML has it; U+2028 is no line end.
   */
  positionOf(offset: number): Position;
  /** The ranges of all comments, from `#` to the line's end, in order; computed when first asked. */
  comments(): readonly Range[];
}
