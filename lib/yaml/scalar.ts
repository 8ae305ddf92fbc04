// Reads a scalar event: its value, its ranges with and without quotes, its quote.
import { EVENT_ID, SCALAR_STYLE, getScalarValue } from "js-yaml";
import type { Event, ScalarEvent } from "js-yaml";
import type { Range, Tree } from "./reading.js";

/** How a scalar is written: plain, in quotes, as a literal or a folded block. */
export type ScalarQuote = "" | "'" | '"' | "|" | ">";

/** A scalar that is not empty: its value, and its place. */
export interface WrittenScalar {
  /** Its value, as YAML reads it. */
  readonly value: string;
  /** The whole scalar in the file, with its quotes: the text that an edit replaces. */
  readonly range: Range;
  /** The value in the file, without quotes. */
  readonly valueRange: Range;
  readonly quote: ScalarQuote;
}

const QUOTES: ReadonlyMap<number, ScalarQuote> = new Map<number, ScalarQuote>([
  [SCALAR_STYLE.PLAIN, ""],
  [SCALAR_STYLE.SINGLE_QUOTED, "'"],
  [SCALAR_STYLE.DOUBLE_QUOTED, '"'],
  [SCALAR_STYLE.LITERAL_BLOCK, "|"],
  [SCALAR_STYLE.FOLDED_BLOCK, ">"],
]);

/** Whether an event is a scalar. */
export function isScalar(event: Event | undefined): event is ScalarEvent {
  return event?.type === EVENT_ID.SCALAR;
}

/** Whether a scalar is a block scalar, literal or folded. */
export function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

/** Whether the scalar has no text (`key:` alone). It then has no range. */
export function isEmptyScalar(event: ScalarEvent): boolean {
  return event.valueStart < 0;
}

/** In characters. js-yaml decodes by adding up pieces: millions of quotes or escapes fill the memory. */
const LONGEST_DECODED = 100_000;

/**
 * The scalar's content with escapes decoded and lines folded (YAML 1.2.2, 7.3 and 8.1), always as text:
 * `1.10` stays `1.10`.
 *
 * @returns the empty string for an empty scalar, and a text that is longer than any key or reference as it is
 *   written; never throws
 */
export function scalarValue(tree: Pick<Tree, "source">, event: ScalarEvent): string {
  const [start, end] = [Math.max(event.valueStart, 0), Math.max(event.valueEnd, 0)];
  try {
    if (end - start <= LONGEST_DECODED) return getScalarValue(tree.source, event);
  } catch {
    // It stays as it is.
  }
  return tree.source.slice(start, end);
}

/** The scalar's content in the file, without quotes and without a block's header; `[-1, -1]` if empty. */
export function scalarValueRange(event: ScalarEvent): Range {
  return [event.valueStart, event.valueEnd];
}

/** The scalar in the file, with its quotes, but without a block's header; `[-1, -1]` if empty. */
export function scalarRange(event: ScalarEvent): Range {
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? [event.valueStart - 1, event.valueEnd + 1] : [event.valueStart, event.valueEnd];
}

/** How the scalar is written: its quote, `|` or `>` for a block scalar, nothing for a plain one. */
export function scalarQuote(event: ScalarEvent): ScalarQuote {
  return QUOTES.get(event.style) ?? "";
}
