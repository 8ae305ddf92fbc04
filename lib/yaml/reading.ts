// The result of reading a YAML text: events with offsets in the user's text, and notes on what could not be
// read.
import type { Event } from "js-yaml";
import type { Action } from "../helm/action.js";
import type { Arm } from "../helm/blocks.js";

/**
 * A stretch of text, `[start, end)`, in UTF-16 units from the file's first character. A byte order mark is
 * not counted.
 */
export type Range = readonly [start: number, end: number];

/**
 * One parsed part of a file. Its source is as long as the file's text, so every event's offset is an offset
 * in the file. The source is the whole file if that is plain YAML, the masked file if it is a template, or
 * one arm of the template, if the arm does not fit in with the rest.
 */
export interface Tree {
  readonly source: string;
  readonly events: readonly Event[];
  /**
   * For the event at `i`, the index of the event after the node that begins there, to skip a subtree in one
   * step.
   */
  readonly after: Int32Array;
  /**
   * The keys above it (`spec`, `containers`, `0`), read from the indentation, if the tree is one arm; else
   * empty.
   */
  readonly path: readonly string[];
}

/** One `key: value` line in text that no parser can read. */
export interface ScannedLine {
  readonly key: string;
  /** The value without its quotes. */
  readonly value: Range;
  readonly quote: "" | "'" | '"';
  readonly path: readonly string[];
}

/** A reason why the file was not read completely. The rule `parsable` reports the first one of a file. */
export interface Note {
  readonly kind: "scanned" | "unclosed-action" | "too-many";
  readonly offset: number;
  /** In a few words, to follow "read line by line, because …". */
  readonly reason: string;
}

/** Why a file that is not a template is not valid YAML. */
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
  /** Whether it is a Go template: text with `{{` that is not valid YAML. */
  readonly template: boolean;
  readonly trees: readonly Tree[];
  readonly lines: readonly ScannedLine[];
  /** Every `{{ … }}` of a template, in order; empty where the file is plain YAML. */
  readonly actions: readonly Action[];
  readonly notes: readonly Note[];
  /** Set where a plain file is not valid YAML. Then there are no trees, and ESLint reports the error. */
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
