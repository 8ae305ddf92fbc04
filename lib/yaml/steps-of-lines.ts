// The first steps of a walk through a text's tree, told by its lines where they are of the usual forms. In a
// process that has just begun, this takes half of the time of a parser, which looks at each character.
import { HASH, LF, SPACE } from "../helm/characters.js";
import { FirstSteps, TYPE, type FirstStep } from "./first-steps.js";

/** What is not printed, and what some parsers take for a line break or for white space. */
const UNUSUAL = /[^\n\t -~\u00a1-\u1fff\u200b-\u2027\u2030-\u2fff\u3001-\ud7ff]/;

/** The first character of a plain scalar; a few of those that are allowed are left to a parser. */
const FIRST_OF_PLAIN = String.raw`(?:[\w./~$(+=^;\\<\u00a1-\ud7ff]|[-?:](?=\S))`;

/** A later one: `:` and `#` only where they do not end it (YAML 1.2.2, 7.3.3). */
const IN_PLAIN = String.raw`[^\s:#]|:(?=\S)|(?<=\S)#`;

const PLAIN_KEY = `${FIRST_OF_PLAIN}(?:${IN_PLAIN}| +(?=[^\\s:#])){0,200}`;
const QUOTED_KEY = String.raw`"[^"\\\n]{0,200}"|'[^'\n]{0,200}'`;

/** An item of a flow collection that stands on one line and holds no other collection. */
const ITEM = String.raw`(?:"[^"\\\n]*"|'[^'\n]*'|[\w./][\w./-]*)`;
const PAIR = `${ITEM}: +${ITEM}`;

/** What a line is made of, each with the spaces behind it. */
const DASH_AND_SPACES = /-(?!\S) */y;
const KEY = new RegExp(`(?:${PLAIN_KEY}|${QUOTED_KEY}) *:(?!\\S) *`, "y");
const PLAIN = new RegExp(`${FIRST_OF_PLAIN}(?:${IN_PLAIN}| +(?=[^\\s#]))* *`, "y");
const QUOTED = /(?:"(?:[^"\\]|\\["\\/ 0abefnrtvN_LP\n])*"|'(?:[^']|'')*') */y;
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
 * Finds the steps of a walk through a text's tree that are the first of their kind.
 *
 * @param text a text that is no template
 * @returns the steps, see {@link FirstSteps}, in the order of the walk; `undefined` where a line is not of a
 *   form that is known here: a parser has to tell. Each text for which it returns steps is valid YAML
 * @see YAML 1.2.2, chapter 8 (a property test compares it with what a parser tells)
 */
export function stepsOfLines(text: string): readonly FirstStep[] | undefined {
  return UNUSUAL.test(text) ? undefined : new Lines(text).steps();
}

/**
 * Goes through the lines. What takes something returns whether it was there, or whether it was of a form that
 * is known; it uses no groups of regular expressions, for they cost an array and strings for each line.
 */
class Lines {
  readonly #text: string;
  readonly #steps = new FirstSteps();
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

  constructor(text: string) {
    this.#text = text;
  }

  steps(): readonly FirstStep[] | undefined {
    this.#steps.enter(TYPE.YAMLDocument, 0);
    while (this.#at < this.#text.length) if (!this.#line()) return undefined;
    this.#leaveDocument();
    // Of an empty document after `---`, the parser knows best what it is.
    return this.#isEmpty && this.#isMarked ? undefined : this.#steps.found;
  }

  /** Takes the next line, and those in which its scalar goes on. */
  #line(): boolean {
    const start = this.#at;
    const first = skipSpaces(this.#text, start);
    this.#at = first;
    if (this.#end()) return true;
    let column = first - start;
    while (this.#take(DASH_AND_SPACES)) {
      if (!this.#item(column, start + column)) return false;
      column = this.#at - start;
    }
    if (this.#take(KEY)) {
      if (!this.#key(column, start + column)) return false;
    } else if (start + column === first) {
      if (column === 0 && this.#take(DOCUMENT_START)) return this.#document();
      // A scalar that is the whole document is left to a parser.
      if (!this.#lacksValue || this.#isEmpty || column <= this.#column) return false;
    }
    this.#isEmpty = false;
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

  #document(): boolean {
    if (!this.#end() || (this.#isEmpty && this.#isMarked)) return false;
    if (!this.#isEmpty) {
      this.#leaveDocument();
      this.#steps.enter(TYPE.YAMLDocument, 0);
    }
    this.#isMarked = true;
    this.#isEmpty = true;
    this.#lacksValue = true;
    return true;
  }

  #leaveDocument(): void {
    while (this.#columns.length > 0) this.#close();
    this.#steps.leave();
  }

  #item(column: number, start: number): boolean {
    while (this.#column > column) this.#close();
    if (this.#column === column && !this.#isMapping) {
      this.#lacksValue = true;
      return true;
    }
    // In a mapping, the dashes may stand below the key.
    return this.#lacksValue && this.#begin(column, start, false);
  }

  #key(column: number, start: number): boolean {
    while (this.#column > column || (this.#column === column && !this.#isMapping)) this.#close();
    if (this.#column === column) this.#steps.leave();
    else if (!this.#lacksValue || !this.#begin(column, start, true)) return false;
    this.#steps.enter(TYPE.YAMLPair, start);
    this.#steps.leaf(TYPE.YAMLScalar, this.#startOfScalar(start));
    this.#lacksValue = true;
    return true;
  }

  #begin(column: number, start: number, isMapping: boolean): boolean {
    this.#columns.push(this.#column);
    this.#areMappings.push(this.#isMapping);
    this.#column = column;
    this.#isMapping = isMapping;
    this.#steps.enter(isMapping ? TYPE.YAMLMapping : TYPE.YAMLSequence, start);
    return this.#columns.length <= DEEPEST;
  }

  #close(): void {
    // The pair goes with its mapping.
    if (this.#isMapping) this.#steps.leave();
    this.#steps.leave();
    this.#column = this.#columns.pop() ?? -1;
    this.#isMapping = this.#areMappings.pop() ?? false;
    this.#lacksValue = false;
  }

  /** Takes what stands behind a key or dashes, or alone, up to the end of its last line. */
  #value(): boolean {
    const start = this.#at;
    this.#lacksValue = false;
    if (this.#take(PLAIN)) {
      this.#steps.leaf(TYPE.YAMLScalar, start);
      const isLast = this.#text.charCodeAt(this.#at) === HASH;
      return this.#end() && (isLast || this.#goesOn());
    }
    if (this.#take(QUOTED)) {
      this.#steps.leaf(TYPE.YAMLScalar, start + 1);
      return this.#end() && isIndented(this.#text.slice(start, this.#at), this.#column);
    }
    if (this.#take(FLOW)) {
      this.#flow(start);
      return this.#end();
    }
    return this.#take(BLOCK_HEADER) && this.#end() && this.#block();
  }

  #flow(start: number): void {
    const text = this.#text.slice(start, this.#at);
    const isMapping = text.startsWith("{");
    this.#steps.enter(isMapping ? TYPE.YAMLMapping : TYPE.YAMLSequence, start);
    let isKey = isMapping;
    for (const { index } of text.matchAll(ITEMS)) {
      if (isKey) this.#steps.enter(TYPE.YAMLPair, start);
      this.#steps.leaf(TYPE.YAMLScalar, this.#startOfScalar(start + index));
      if (!isMapping) continue;
      if (!isKey) this.#steps.leave();
      isKey = !isKey;
    }
    this.#steps.leave();
  }

  /** Takes a block scalar's lines (YAML 1.2.2, 8.1). */
  #block(): boolean {
    const text = this.#text;
    let start = this.#at;
    while (text.charCodeAt(start) === LF) start++;
    const first = skipSpaces(text, start);
    this.#steps.leaf(TYPE.YAMLScalar, start);
    // Where the first line holds nothing but spaces, these have a meaning.
    if (text.charCodeAt(first) === LF) return false;
    if (first - start > this.#column) this.#skipDeeperThan(first - start - 1);
    return true;
  }

  /** Takes the lines in which a plain scalar goes on. */
  #goesOn(): boolean {
    const start = this.#at;
    this.#skipDeeperThan(this.#column);
    return this.#at === start || !ENDS_PLAIN.test(this.#text.slice(start, this.#at));
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

  /** Where a scalar's content begins. */
  #startOfScalar(start: number): number {
    const first = this.#text[start];
    return first === '"' || first === "'" ? start + 1 : start;
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
