// Parses YAML into js-yaml's flat list of events, with a table to skip subtrees. Errors are returned, never
// thrown.
import { EVENT_ID, YAMLException, parseEvents as parse } from "js-yaml";
import type { Event } from "js-yaml";
import { eventsOfLines, goOn } from "./event-list.js";

/** How deep collections may be nested. js-yaml's default is 100; real manifests stay below 40. */
export const MAX_DEPTH = 200;

/** js-yaml's own words. */
const NO_ZERO = "null byte is not allowed in input";

export interface Events {
  readonly events: readonly Event[];
  /** For the event at `i`, the index of the event after the node that begins there. */
  readonly after: Int32Array;
}

export interface Problem {
  /** js-yaml's own message. */
  readonly message: string;
  /** The offset of the error in UTF-16 units, from 0 to the text's length. */
  readonly offset: number;
  /** Set where the nesting is too deep: no other parser should try to read the text. */
  readonly deep?: true;
}

export type ParseResult =
  ({ readonly ok: true } & Events) | { readonly ok: false; readonly problem: Problem };

/**
 * Parses a YAML stream. Repeated keys are allowed, aliases are not expanded, and no values are built.
 *
 * @param text YAML without a byte order mark
 * @returns its events, or the error and its place; never throws
 */
export function parseEvents(text: string): ParseResult {
  // js-yaml says so too, but builds a snippet for the message, for which each of them ends a line.
  const zero = text.indexOf("\0");
  if (zero >= 0) return { ok: false, problem: { message: NO_ZERO, offset: zero } };
  const begun = eventsOfLines(text);
  const { events, from } = begun;
  try {
    if (from < text.length) goOn(begun, parse(text.slice(from), { maxDepth: MAX_DEPTH }));
  } catch (error) {
    const problem = problemOf(error, text.length - from);
    return { ok: false, problem: { ...problem, offset: problem.offset + from } };
  }
  return { ok: true, events, after: skipTable(events) };
}

function problemOf(error: unknown, length: number): Problem {
  if (!(error instanceof YAMLException)) return { message: "it cannot be parsed", offset: 0, deep: true };
  const offset = Math.min(Math.max(error.mark?.position ?? 0, 0), length);
  return error.reason.includes("maxDepth")
    ? { message: `nested deeper than ${String(MAX_DEPTH)} levels`, offset, deep: true }
    : { message: error.reason, offset };
}

function skipTable(events: readonly Event[]): Int32Array {
  const after = new Int32Array(events.length);
  const open: number[] = [];
  // By index, for speed: a large file has hundreds of thousands of events.
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    if (!event) continue;
    after[index] = index + 1;
    if (event.type === EVENT_ID.POP) {
      const start = open.pop();
      if (start !== undefined) after[start] = index + 1;
    } else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) open.push(index);
  }
  return after;
}
