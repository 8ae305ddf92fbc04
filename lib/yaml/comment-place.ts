// Finds the place for a comment line above a line, where the comment does not become part of something else.
import { EVENT_ID, COLLECTION_STYLE, type Event } from "js-yaml";
import { isBlock, isScalar } from "./scalar.js";
import type { Range, Reading, Tree } from "./reading.js";

/** The first line break of a file decides the line break of the comment. */
const LINE_BREAK = /\r\n|\r|\n/;
const DISABLED_BELOW = /^[ \t]*#[ \t]*eslint-disable-next-line\b/;

/** Those of the last file: each of its images asks for them. */
let last: { readonly reading: Reading; readonly stretches: readonly Range[] } | undefined;

/** A place for a comment: the offset at which it is inserted, and the text around it. */
export interface CommentPlace {
  readonly offset: number;
  readonly indentation: string;
  readonly lineBreak: string;
}

/**
 * Finds the place above a line.
 *
 * @param reading the file
 * @param at an offset in the line
 * @returns the place; `undefined` where the comment would become text of a scalar or of what an action
 *   prints, where the line belongs to a flow collection that begins above it (often JSON), where there is
 *   already a comment for the line, and where the file was not read completely. It takes linear time once a
 *   file, then a binary search
 */
export function commentAbove(reading: Reading, at: number): CommentPlace | undefined {
  const { text, notes } = reading;
  if (notes.length > 0 || reading.trees.length === 0) return undefined;
  const offset = at - reading.positionOf(at).column;
  if (isWithin(stretchesOf(reading), offset)) return undefined;
  if (isTrimmed(reading, offset)) return undefined;
  if (DISABLED_BELOW.test(lineAbove(text, offset))) return undefined;
  const [indentation = ""] = /^[ \t]*/.exec(text.slice(offset, at)) ?? [];
  const lineBreak = LINE_BREAK.exec(text)?.[0] ?? "\n";
  return { offset, indentation, lineBreak };
}

function stretchesOf(reading: Reading): readonly Range[] {
  if (last?.reading === reading) return last.stretches;
  const found = reading.trees.flatMap((tree) => [...longNodes(tree)]);
  for (const { start, end } of reading.actions)
    if (isLong(reading.text, start, end)) found.push([start, end]);
  found.sort((a, b) => a[0] - b[0]);
  last = { reading, stretches: found };
  return found;
}

/** Scalars and flow collections of several lines. */
function* longNodes({ source, events, after }: Tree): Generator<Range> {
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    if (!event) return;
    if (isScalar(event)) {
      if (isBlock(event)) {
        // The header's line ends before the content begins.
        yield [Math.max(source.lastIndexOf("\n", event.valueStart - 1), 0), event.valueEnd];
      } else if (isLong(source, event.valueStart, event.valueEnd)) yield [event.valueStart, event.valueEnd];
    } else if (
      (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) &&
      event.style === COLLECTION_STYLE.FLOW
    ) {
      const behind = after[index] ?? events.length;
      const end = endOfFlow(source, event.start, events.slice(index + 1, behind));
      if (isLong(source, event.start, end)) yield [event.start, end];
      index = behind - 1;
    }
  }
}

/**
 * The end of a flow collection, after its closing bracket: found from its last content and the number of
 * collections that end after it.
 */
function endOfFlow(source: string, start: number, inside: readonly Event[]): number {
  let end = start;
  let open = 0;
  for (const event of inside) {
    if (event.type === EVENT_ID.POP) open++;
    const last = isScalar(event) ? event.valueEnd : event.type === EVENT_ID.ALIAS ? event.anchorEnd : -1;
    if (last < 0) continue;
    end = last;
    open = 0;
  }
  const closing = /[\]}]/g;
  closing.lastIndex = end;
  for (; open > 0 && closing.test(source); open--) end = closing.lastIndex;
  return open > 0 ? source.length : end;
}

function isWithin(ranges: readonly Range[], offset: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return (ranges[low - 1]?.[1] ?? 0) > offset;
}

/**
 * Whether a trim marker removes the white space around the place, so that the comment would be joined to
 * printed text. The file may have been read as plain YAML and still be a template.
 */
function isTrimmed({ text }: Reading, offset: number): boolean {
  let before = offset;
  while (before > 0 && /\s/.test(text.charAt(before - 1))) before--;
  const trimming = /[ \t]*\{\{-/y;
  trimming.lastIndex = offset;
  return text.startsWith("-}}", before - 3) || trimming.test(text);
}

function lineAbove(text: string, offset: number): string {
  const end = text.startsWith("\r\n", offset - 2) ? offset - 2 : offset - 1;
  const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, Math.max(end, 0));
  return line.slice(line.lastIndexOf("\r") + 1);
}

function isLong(source: string, start: number, end: number): boolean {
  const feed = source.indexOf("\n", start);
  return feed >= 0 && feed < end;
}
