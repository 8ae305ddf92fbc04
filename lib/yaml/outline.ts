// Reads `key: value` lines and their indentation, in text that no parser can read.
import type { Range, ScannedLine } from "./reading.js";

/** A key or an item whose children may follow. */
interface Entry {
  readonly column: number;
  readonly name: string;
  /** Set where its value is on the same line: nothing below belongs to it. */
  readonly closed?: true;
  /** For an item, its index in its sequence. */
  readonly index?: number;
}

const LINE_BREAK = /\r\n?|\n/g;
const BLOCK_HEADER = /^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/;
/** What may follow a quoted value: nothing, a comment, or JSON's punctuation. */
const BEHIND_QUOTED = /^[ \t]*[,}\]]*[ \t]*(?:$|[ \t]#)/;
/** Characters that cannot begin a plain scalar (YAML 1.2.2, 7.3.3). */
const NOT_PLAIN = new Set("[]{},&*!|>%@`#\"'");

/** Follows the keys and items of a text line by line, by their columns. */
class Outline {
  private readonly entries: Entry[] = [];
  /** The column of the key whose block scalar holds the lines; -1 outside of a block scalar. */
  private block = -1;

  /**
   * Reads the next line.
   *
   * @returns the line's `key: value`, if it has one whose value is a plain or a quoted scalar without escapes
   */
  take(source: string, start: number, end: number): ScannedLine | undefined {
    let at = skipSpaces(source, start, end);
    if (at >= end) return undefined;
    if (this.block >= 0) {
      if (at - start > this.block) return undefined;
      this.block = -1;
    }
    if (source[at] === "#") return undefined;
    if (at === start && source.startsWith("---", at) && (at + 3 >= end || isSpace(source, at + 3))) {
      this.entries.length = 0;
      return undefined;
    }
    while (source[at] === "-" && (at + 1 >= end || isSpace(source, at + 1))) {
      this.item(at - start);
      at = skipSpaces(source, at + 1, end);
    }
    if (at >= end) return undefined;
    const key = keyAt(source, at, end);
    const column = at - start;
    if (!key) {
      if (BLOCK_HEADER.test(source.slice(at, end))) this.block = this.entries.at(-1)?.column ?? 0;
      return undefined;
    }
    this.close(column);
    const path = this.entries.filter((entry) => entry.closed !== true).map((entry) => entry.name);
    const from = skipSpaces(source, key.behind, end);
    if (from < end && BLOCK_HEADER.test(source.slice(from, end))) this.block = column;
    const value = valueAt(source, from, end);
    this.entries.push({ column, name: key.name, ...(value && { closed: true }) });
    return value && { key: key.name, value: value.range, quote: value.quote, path };
  }

  /** The names above a node that begins at this column. */
  above(column: number, item: boolean): readonly string[] {
    return this.entries
      .filter((entry) => entry.closed !== true)
      .filter(
        (entry) => entry.column < column || (item && entry.column === column && entry.index === undefined),
      )
      .map((entry) => entry.name);
  }

  private item(column: number): void {
    while ((this.entries.at(-1)?.column ?? -1) > column) this.entries.pop();
    const top = this.entries.at(-1);
    const index = top?.column === column && top.index !== undefined ? top.index + 1 : 0;
    if (index > 0) this.entries.pop();
    this.entries.push({ column, name: String(index), index });
  }

  private close(column: number): void {
    while ((this.entries.at(-1)?.column ?? -1) >= column) this.entries.pop();
  }
}

/**
 * Reads a stretch line by line.
 *
 * @param source text without Go actions (masked)
 * @param from the offset of a line's start
 * @param to where to stop
 * @returns every `key: value` line, with the keys above it by indentation; lines of block scalars are left
 *   out; linear
 */
export function scanLines(source: string, from: number, to: number): readonly ScannedLine[] {
  const found: ScannedLine[] = [];
  const outline = new Outline();
  eachLine(source, from, to, (start, end) => {
    const line = outline.take(source, start, end);
    if (line) found.push(line);
  });
  return found;
}

/**
 * The keys above a node, by the indentation of the lines before it.
 *
 * @param source text without Go actions (masked)
 * @param from the offset of a line's start, where its document begins
 * @param node the offset of the node's first character
 * @returns names from the outermost on, items by their index
 */
export function pathAbove(source: string, from: number, node: number): readonly string[] {
  const outline = new Outline();
  let last = from;
  eachLine(source, from, node, (start, end) => {
    last = start;
    if (end < node) outline.take(source, start, end);
  });
  return outline.above(node - last, source[node] === "-");
}

function eachLine(
  source: string,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  LINE_BREAK.lastIndex = from;
  let start = from;
  for (let match = LINE_BREAK.exec(source); match && match.index < to; match = LINE_BREAK.exec(source)) {
    visit(start, match.index);
    start = match.index + match[0].length;
    LINE_BREAK.lastIndex = start;
  }
  if (start <= to) visit(start, Math.min(to, source.length));
}

function isSpace(source: string, at: number): boolean {
  return source[at] === " " || source[at] === "\t";
}

function skipSpaces(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(source, at)) at++;
  return at;
}

/** Like `indexOf`, but stops at the end of the line. */
function indexBefore(source: string, character: string, from: number, end: number): number {
  for (let at = from; at < end; at++) if (source[at] === character) return at;
  return -1;
}

function keyAt(source: string, from: number, end: number): { name: string; behind: number } | undefined {
  const first = source[from] ?? "";
  if (first === "'" || first === '"') {
    const close = indexBefore(source, first, from + 1, end);
    if (close === -1) return undefined;
    const colon = skipSpaces(source, close + 1, end);
    return source[colon] === ":" ? { name: source.slice(from + 1, close), behind: colon + 1 } : undefined;
  }
  if (NOT_PLAIN.has(first)) return undefined;
  for (let at = from; at < end; at++) {
    if (source[at] === ":" && (at + 1 >= end || isSpace(source, at + 1)))
      return { name: source.slice(from, at).trimEnd(), behind: at + 1 };
    if (source[at] === "#" && isSpace(source, at - 1)) return undefined;
  }
  return undefined;
}

function valueAt(
  source: string,
  from: number,
  end: number,
): { range: Range; quote: "" | "'" | '"' } | undefined {
  const first = source[from] ?? "";
  if (from >= end) return undefined;
  if (first === "'" || first === '"') {
    const close = indexBefore(source, first, from + 1, end);
    if (close === -1 || source[close + 1] === first) return undefined;
    const escaped = first === '"' && source.slice(from, close).includes("\\");
    return escaped || !BEHIND_QUOTED.test(source.slice(close + 1, end))
      ? undefined
      : { range: [from + 1, close], quote: first };
  }
  if (NOT_PLAIN.has(first)) return undefined;
  let last = end;
  for (let at = from + 1; at < end; at++) {
    if (source[at] === "#" && isSpace(source, at - 1)) {
      last = at;
      break;
    }
  }
  while (last > from && isSpace(source, last - 1)) last--;
  return { range: [from, last], quote: "" };
}
