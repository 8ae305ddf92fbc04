// Blanks, cuts and joins stretches of a text without changing its length.
import { CR, LF, SPACE } from "../helm/characters.js";

function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === 0x09 || isBreak(code);
}

/** Whether `[start, end)` holds white space alone. */
export function isEmpty(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isBlank(source.charCodeAt(at))) return false;
  return true;
}

/** For each offset, how many characters before it are no white space. */
export function contentBefore(source: string): Uint32Array {
  const counts = new Uint32Array(source.length + 1);
  for (let at = 0; at < source.length; at++) counts[at + 1] = (counts[at] ?? 0) + (isBlank(source.charCodeAt(at)) ? 0 : 1);
  return counts;
}

/**
 * Replaces a stretch by nothing, as YAML sees it: by line feeds if it spans lines (nothing of it is indentation then), by
 * spaces if it does not.
 */
export function blank(source: string, start: number, end: number): string {
  let spans = false;
  for (let at = start; at < end && !spans; at++) spans = isBreak(source.charCodeAt(at));
  return source.slice(0, start) + (spans ? "\n" : " ").repeat(Math.max(0, end - start)) + source.slice(end);
}

/** Replaces a stretch of one line by spaces. */
export function spaces(source: string, start: number, end: number): string {
  return source.slice(0, start) + " ".repeat(Math.max(0, end - start)) + source.slice(Math.max(start, end));
}

/** A stretch alone, in a text as long as the whole: line feeds before it, nothing that counts behind it. */
export function alone(source: string, start: number, end: number): string {
  return "\n".repeat(start) + source.slice(start, end) + "\n".repeat(source.length - end);
}

/** Where the line of an offset begins. */
export function lineStart(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(source.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the line of an offset ends, its line break left out. */
export function lineEnd(source: string, offset: number): number {
  let at = offset;
  while (at < source.length && !isBreak(source.charCodeAt(at))) at++;
  return at;
}

/**
 * Moves the line of an offset behind the one before it that holds text: the line breaks between become spaces.
 *
 * @returns the text, or undefined where the line before ends in what may be a comment, which would swallow it. Before a
 *   closing bracket such a comment is taken out
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

const DOCUMENT_MARK = /(?:^|[\r\n])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;

/** Around an offset, the document between two `---` or `...` at a line's start; the marks themselves are left out. */
export function documentAround(source: string, offset: number): readonly [start: number, end: number] {
  let start = 0;
  DOCUMENT_MARK.lastIndex = 0;
  for (let match = DOCUMENT_MARK.exec(source); match; match = DOCUMENT_MARK.exec(source)) {
    if (match.index > 0 && match.index >= offset) return [start, match.index];
    start = match.index + match[0].length;
  }
  return [start, source.length];
}
