// Blanks, cuts and joins parts of a text without changing its length.
import { CR, LF, SPACE } from "../helm/characters.js";

function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === 0x09 || isBreak(code);
}

/** Whether `[start, end)` holds only white space. */
export function isEmpty(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(source.charCodeAt(at))) return false;
  return true;
}

/**
 * Replaces a part by text without meaning in YAML: by line feeds if it spans lines, so that it leaves no
 * indentation, else by spaces.
 */
export function blank(source: string, start: number, end: number): string {
  let spans = false;
  for (let at = start; at < end && !spans; at++) spans = isBreak(source.charCodeAt(at));
  return source.slice(0, start) + (spans ? "\n" : " ").repeat(Math.max(0, end - start)) + source.slice(end);
}

/** Replaces a part of one line by spaces. */
export function spaces(source: string, start: number, end: number): string {
  return source.slice(0, start) + " ".repeat(Math.max(0, end - start)) + source.slice(Math.max(start, end));
}

/** Keeps only one part of a text, at its offset: everything else becomes line feeds. */
export function alone(source: string, start: number, end: number): string {
  return "\n".repeat(start) + source.slice(start, end) + "\n".repeat(source.length - end);
}

/** Where the line of an offset begins. */
export function lineStart(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(source.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(source: string, offset: number): number {
  let at = offset;
  while (at < source.length && !isBreak(source.charCodeAt(at))) at++;
  return at;
}

/**
 * Joins the line of an offset to the last line before it that is not blank: the line breaks between become
 * spaces.
 *
 * @returns the text, or `undefined` where the line before may end in a comment, which would swallow it.
 *   Before a closing bracket, such a comment is blanked
 */
export function joinBefore(source: string, offset: number): string | undefined {
  let end = offset;
  while (end > 0 && isBlank(source.charCodeAt(end - 1))) end--;
  if (end === 0 || end === offset) return undefined;
  const start = lineStart(source, end);
  const comment = /(?:^|[ \t])#/.exec(source.slice(start, end));
  if (comment && source[offset] !== "]" && source[offset] !== "}") return undefined;
  if (comment) end = start + comment.index;
  return source.slice(0, end) + " ".repeat(offset - end) + source.slice(offset);
}

/** A line whose value or item is a quoted text: its indentation and the quote. */
const QUOTED_VALUE = /^( *)(?:- +)*(?:[^\s'"#-][^'"\r\n]*?:[ \t]+)?(['"])/gm;

/**
 * Joins the lines of quoted texts that are indented no further than their key. js-yaml refuses such texts,
 * but libyaml reads them, and so do kubectl and Helm.
 *
 * @param source YAML
 * @returns a text as long as the source, or `undefined` where there is no such text
 */
export function joinQuoted(source: string): string | undefined {
  const pieces: string[] = [];
  let copied = 0;
  QUOTED_VALUE.lastIndex = 0;
  for (let match = QUOTED_VALUE.exec(source); match; match = QUOTED_VALUE.exec(source)) {
    const [whole, indent = "", quote = ""] = match;
    const start = match.index + whole.length;
    const end = endOfQuoted(source, start, quote);
    if (end === undefined) break;
    QUOTED_VALUE.lastIndex = end;
    const text = source.slice(start, end);
    const columns = Array.from(text.matchAll(/[\r\n]([ ]*)(?=[^\s])/g), ([, spaces = ""]) => spaces.length);
    if (!columns.some((column) => column <= indent.length)) continue;
    pieces.push(source.slice(copied, start), text.replace(/[\r\n]/g, " "));
    copied = end;
  }
  return copied === 0 ? undefined : pieces.join("") + source.slice(copied);
}

function endOfQuoted(source: string, start: number, quote: string): number | undefined {
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "\\" && quote === '"') at++;
    else if (character === quote) {
      if (quote === '"' || source.charAt(at + 1) !== "'") return at;
      at++;
    }
  }
  return undefined;
}

const DOCUMENT_MARK = /(?:^|[\r\n])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;

/**
 * The document around an offset: between two `---` or `...` at a line's start, without these marks.
 */
export function documentAround(source: string, offset: number): readonly [start: number, end: number] {
  let start = 0;
  DOCUMENT_MARK.lastIndex = 0;
  for (let match = DOCUMENT_MARK.exec(source); match; match = DOCUMENT_MARK.exec(source)) {
    if (match.index > 0 && match.index >= offset) return [start, match.index];
    start = match.index + match[0].length;
  }
  return [start, source.length];
}
