// Tells the nodes of a YAML text by its lines, where they are of the usual forms. This takes a fifth of the
// time of a parser, which looks at each character.
import { COLLECTION_STYLE } from "js-yaml";
import { DOUBLE_QUOTE, HASH, LF, SINGLE_QUOTE, SPACE } from "../helm/characters.js";
import type { NodeListener } from "./node-listener.js";
import { isUsual } from "./usual-text.js";

/** The first character of a plain scalar; a few of those that are allowed are left to a parser. */
const FIRST_OF_PLAIN = String.raw`(?:[\w./~$(+=^;\\<\u00a1-\ud7ff]|[-?:](?=\S))`;

/** What may stand in it besides: `:` and `#` only where they do not end it (YAML 1.2.2, 7.3.3). */
const MARK_IN_PLAIN = String.raw`:(?=\S)|(?<=\S)#`;

const PLAIN_KEY = `${FIRST_OF_PLAIN}(?:[^\\s:#]|${MARK_IN_PLAIN}| +(?=[^\\s:#])){0,200}`;
const QUOTED_KEY = String.raw`"[^"\\\n]{0,200}"|'[^'\n]{0,200}'`;

/** An item of a flow collection that stands on one line and holds no other collection. */
const ITEM = String.raw`(?:"[^"\\\n]*"|'[^'\n]*'|[\w./][\w./-]*)`;
const PAIR = `${ITEM}: +${ITEM}`;

/** What a line is made of, each with the spaces behind it. */
const DASH_AND_SPACES = /-(?!\S) */y;
const KEY = new RegExp(`(?:${PLAIN_KEY}|${QUOTED_KEY}) *:(?!\\S) *`, "y");
const PLAIN = new RegExp(`${FIRST_OF_PLAIN}(?:[^\\s:#]|${MARK_IN_PLAIN}| +(?=[^\\s#]))* *`, "y");
// Of any length, so a choice is repeated only so often.
const QUOTED = /(?:"[^"\\]*(?:\\["\\/ 0abefnrtvN_LP\n][^"\\]*){0,1000}"|'[^']*(?:''[^']*){0,1000}') */y;
const BLOCK_HEADER = /[|>][-+]?(?!\S) */y;
const FLOW = new RegExp(
  String.raw`(?:\[ *(?:${ITEM}(?: *, *${ITEM})*)? *\]|\{ *(?:${PAIR}(?: *, *${PAIR})*)? *\}) *`,
  "y",
);
const ITEMS = new RegExp(ITEM, "g");

const SPACES = / */y;
const DOCUMENT_START = /---(?!\S) */y;

/** What ends a plain scalar, or is left to a parser, in the lines that it may go on in. */
const ENDS_PLAIN = /:(?!\S)|\s#|\t/;

/** More collections in each other are left to a parser. */
const DEEPEST = 60;

/**
 * Tells what a text holds.
 *
 * @param text the text
 * @param listener is told of each node
 * @returns false where a line is not of a form that is known here: then a parser has to tell, and what was
 *   told counts for nothing. Each text for which it returns true is valid YAML
 * @see YAML 1.2.2, chapter 8 (a property test compares it with js-yaml)
 */
export function tellLines(text: string, listener: NodeListener): boolean {
  return isUsual(text) && new Lines(text, listener).tell();
}

/**
 * Goes through the lines. What takes something returns whether it was there, or whether it was of a form that
 * is known; it uses no groups of regular expressions, for they cost an array and strings for each line.
 */
class Lines {
  readonly #text: string;
  readonly #listener: NodeListener;
  #at = 0;
  /** The column of the innermost block collection that may go on, and whether it is a mapping. */
  #column = -1;
  #isMapping = false;
  /** The columns of those around it, and whether they are mappings. */
  readonly #columns: number[] = [];
  readonly #areMappings: boolean[] = [];
  /** Whether the innermost pair, item or document has no value so far. */
  #lacksValue = true;
  /** Whether the document has no content so far, and whether `---` began it. */
  #isEmpty = true;
  #isMarked = false;

  constructor(text: string, listener: NodeListener) {
    this.#text = text;
    this.#listener = listener;
  }

  tell(): boolean {
    while (this.#at < this.#text.length) if (!this.#line()) return false;
    if (!this.#isEmpty) this.#leaveDocument();
    // Of an empty document after `---`, the parser knows best what it is.
    return !(this.#isEmpty && this.#isMarked);
  }

  /** Takes the next line, and those in which its scalar goes on. */
  #line(): boolean {
    const start = this.#at;
    const first = skipSpaces(this.#text, start);
    this.#at = first;
    if (this.#end()) return true;
    if (first === start && this.#take(DOCUMENT_START)) return this.#mark(start);
    let column = first - start;
    while (this.#take(DASH_AND_SPACES)) {
      if (!this.#item(column, start + column)) return false;
      column = this.#at - start;
    }
    if (this.#take(KEY)) {
      if (!this.#key(column, start + column)) return false;
    } else if (start + column === first) {
      // A scalar that is the whole document is left to a parser.
      if (!this.#lacksValue || this.#isEmpty || column <= this.#column) return false;
    }
    return this.#end() || this.#value();
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const takes = pattern.test(this.#text);
    if (takes) this.#at = pattern.lastIndex;
    return takes;
  }

  /** Takes the line's end, and a comment before it. */
  #end(): boolean {
    const text = this.#text;
    const code = text.charCodeAt(this.#at);
    const isComment = code === HASH && !(text.charCodeAt(this.#at - 1) > SPACE);
    if (!isComment && code !== LF && this.#at < text.length) return false;
    const end = text.indexOf("\n", this.#at);
    this.#at = end < 0 ? text.length : end + 1;
    return true;
  }

  /** Takes what stands behind `---`: nothing, or a parser has to tell. */
  #mark(start: number): boolean {
    if (!this.#isEmpty) this.#leaveDocument();
    else if (this.#isMarked) return false;
    this.#listener.restart(start, false);
    this.#isMarked = true;
    this.#isEmpty = true;
    this.#lacksValue = true;
    return this.#end();
  }

  #leaveDocument(): void {
    while (this.#columns.length > 0) this.#close();
    this.#listener.pop();
  }

  #item(column: number, start: number): boolean {
    while (this.#column > column) this.#close();
    if (this.#column === column && !this.#isMapping) {
      this.#settleBefore(start);
      this.#lacksValue = true;
      return true;
    }
    // In a mapping, the dashes may stand below the key.
    return this.#lacksValue && this.#begin(column, start, false);
  }

  #key(column: number, start: number): boolean {
    while (this.#column > column || (this.#column === column && !this.#isMapping)) this.#close();
    if (this.#column === column) this.#settleBefore(start);
    else if (!this.#lacksValue || !this.#begin(column, start, true)) return false;
    this.#scalar(start, endOfText(this.#text, this.#text.lastIndexOf(":", this.#at - 1)));
    this.#lacksValue = true;
    return true;
  }

  /** Gives the pair or item that ends an empty value, if it has none. */
  #settle(): void {
    if (this.#lacksValue) this.#listener.empty();
    this.#lacksValue = false;
  }

  /** The same, where the next entry begins. */
  #settleBefore(start: number): void {
    this.#settle();
    if (this.#column === 0 && this.#columns.length === 1) this.#listener.restart(start, true);
  }

  #begin(column: number, start: number, isMapping: boolean): boolean {
    if (this.#isEmpty) {
      this.#listener.document(this.#isMarked);
      this.#isEmpty = false;
    }
    this.#columns.push(this.#column);
    this.#areMappings.push(this.#isMapping);
    this.#column = column;
    this.#isMapping = isMapping;
    this.#lacksValue = true;
    this.#listener.collection(start, isMapping, COLLECTION_STYLE.BLOCK);
    return this.#columns.length <= DEEPEST;
  }

  #close(): void {
    this.#settle();
    this.#listener.pop();
    this.#column = this.#columns.pop() ?? -1;
    this.#isMapping = this.#areMappings.pop() ?? false;
  }

  /** Takes what stands behind a key or dashes, or alone, up to the end of its last line. */
  #value(): boolean {
    const start = this.#at;
    this.#lacksValue = false;
    if (this.#take(PLAIN)) return this.#plain(start);
    if (this.#take(QUOTED)) return this.#quoted(start);
    if (this.#take(FLOW)) {
      this.#flow(start);
      return this.#end();
    }
    return this.#take(BLOCK_HEADER) && this.#block(start);
  }

  #plain(start: number): boolean {
    const end = this.#at;
    const isLast = this.#text.charCodeAt(end) === HASH;
    if (!this.#end()) return false;
    const next = this.#at;
    if (!isLast) this.#skipDeeperThan(this.#column);
    const isLong = this.#at > next;
    if (isLong && ENDS_PLAIN.test(this.#text.slice(next, this.#at))) return false;
    this.#listener.plain(start, endOfText(this.#text, isLong ? this.#at : end), isLong);
    return true;
  }

  #quoted(start: number): boolean {
    this.#scalar(start, endOfText(this.#text, this.#at));
    return this.#end() && isIndented(this.#text.slice(start, this.#at), this.#column);
  }

  /** Tells a plain scalar on one line, or one in quotes. */
  #scalar(start: number, end: number): void {
    const first = this.#text.charCodeAt(start);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE)
      this.#listener.quoted(start + 1, end - 1, first === DOUBLE_QUOTE);
    else this.#listener.plain(start, end, false);
  }

  #flow(start: number): void {
    const isMapping = this.#text[start] === "{";
    this.#listener.collection(start, isMapping, COLLECTION_STYLE.FLOW);
    for (const { 0: item, index } of this.#text.slice(start, this.#at).matchAll(ITEMS))
      this.#scalar(start + index, start + index + item.length);
    this.#listener.pop();
  }

  /** Takes a block scalar's lines (YAML 1.2.2, 8.1). */
  #block(header: number): boolean {
    const text = this.#text;
    const indicators = text.slice(header, this.#at);
    if (!this.#end()) return false;
    const start = this.#at;
    while (text.charCodeAt(this.#at) === LF) this.#at++;
    const first = skipSpaces(text, this.#at);
    // Where the first line holds nothing but spaces, these have a meaning.
    if (text.charCodeAt(first) === LF) return false;
    const indent = first - this.#at;
    const hasContent = indent > this.#column;
    if (hasContent) {
      this.#skipDeeperThan(indent - 1);
      this.#skipEmpty();
    }
    this.#listener.block(start, this.#at, indicators, hasContent ? indent : -1);
    return true;
  }

  /** Skips lines that hold nothing but spaces. */
  #skipEmpty(): void {
    for (;;) {
      const first = skipSpaces(this.#text, this.#at);
      if (this.#text.charCodeAt(first) !== LF) return;
      this.#at = first + 1;
    }
  }

  /** Skips lines that are indented deeper than a column, and empty lines before them. */
  #skipDeeperThan(column: number): void {
    const text = this.#text;
    for (let at = this.#at; at < text.length;) {
      const first = skipSpaces(text, at);
      const isEmpty = text.charCodeAt(first) === LF;
      if (!isEmpty && first - at <= column) return;
      const end = isEmpty ? first : text.indexOf("\n", first);
      at = end < 0 ? text.length : end + 1;
      if (!isEmpty) this.#at = at;
    }
  }
}

/** Where the text ends that has nothing but spaces and line feeds behind it before an offset. */
function endOfText(text: string, before: number): number {
  for (let end = before; ; end--) {
    const code = text.charCodeAt(end - 1);
    if (code !== SPACE && code !== LF) return end;
  }
}

/** Where the spaces end that begin at an offset. A loop would be slower as long as it is not compiled. */
function skipSpaces(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

/** Whether all lines of a quoted scalar but the first are indented deeper than a column. */
function isIndented(quoted: string, column: number): boolean {
  if (!quoted.includes("\n")) return true;
  for (const [, spaces = ""] of quoted.matchAll(/\n( *)(?=[^ \n])/g)) {
    if (spaces.length <= column) return false;
  }
  return true;
}
