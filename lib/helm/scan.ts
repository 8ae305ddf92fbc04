// Finds every `{{ … }}` of a Go template, also with strings, comments of several lines and trim markers
// inside.
import type { Action, ActionKind } from "./action.js";

export interface Scan {
  /** In order, without overlaps. */
  readonly actions: readonly Action[];
  /** Offset of the first `{{` without an end. */
  readonly unclosed?: number;
}

const KINDS: ReadonlyMap<string, ActionKind> = new Map<string, ActionKind>([
  ["if", "open"],
  ["with", "open"],
  ["range", "open"],
  ["block", "open"],
  ["define", "open"],
  ["else", "else"],
  ["end", "end"],
  ["break", "control"],
  ["continue", "control"],
]);

/** `$x :=`, `$x =`; `range $i, $x := …` begins with a keyword and is not an assignment. */
const ASSIGNMENT = /\$[\p{L}\p{N}_]*\s*(?:,\s*\$[\p{L}\p{N}_]*\s*)?:?=(?!=)/uy;
const WORD = /[^\s(){}|"'`,:=]+/y;
const COMMENT_END = /\*\/\s*(?:-\}\}|\}\})/g;
/** The tokens that decide where an action ends: quotes, the closing delimiter, another opening delimiter. */
const DECISIVE = /["'`]|\}\}|\{\{/g;
const LINE_END = /[\r\n]|$/g;

/**
 * Finds the actions of a Go template with its default delimiters, as the lexer of Go's `text/template/parse`
 * does: `"` and `'` with escapes, `` ` `` over lines, comments only as `{{/*` or `{{- /*`, a trim marker only
 * beside white space.
 *
 * It is more tolerant than Go with templates that do not compile: a quote that is not closed on its line does
 * not begin a string, and a `{{` before another `{{` is text.
 *
 * @param text a file's text
 * @returns the actions in order and the first `{{` without an end; never throws, linear in the text's length
 */
export function scan(text: string): Scan {
  const actions: Action[] = [];
  let unclosed: number | undefined;
  // Up to here quotes are known to be unclosed. Without this, a long line would take quadratic time.
  let unquotedUntil = 0;
  let start = text.indexOf("{{");
  while (start !== -1) {
    const inside = skipTrimMarker(text, start + 2);
    let end: number;
    let again = text.length;
    if (text.startsWith("/*", inside)) {
      COMMENT_END.lastIndex = inside + 2;
      end = COMMENT_END.test(text) ? COMMENT_END.lastIndex : -1;
    } else {
      let found = findEnd(text, inside, start < unquotedUntil);
      if (found.brokenQuote !== undefined) {
        LINE_END.lastIndex = found.brokenQuote;
        LINE_END.test(text);
        unquotedUntil = Math.max(unquotedUntil, LINE_END.lastIndex);
        found = findEnd(text, inside, true);
      }
      end = found.end;
      again = found.again;
    }
    if (end === -1) {
      unclosed ??= start;
      if (again >= text.length) break;
      start = again;
      continue;
    }
    actions.push(classify(text, start, inside, end));
    start = text.indexOf("{{", end);
  }
  return unclosed === undefined ? { actions } : { actions, unclosed };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function skipTrimMarker(text: string, at: number): number {
  let inside = at;
  if (text.charCodeAt(inside) === 0x2d && isBlank(text.charCodeAt(inside + 1))) {
    inside += 2;
    while (isBlank(text.charCodeAt(inside))) inside++;
  }
  return inside;
}

interface End {
  /** After `}}`, or -1. */
  readonly end: number;
  /** Where to continue if there is no end: the next `{{`, or the text's end. */
  readonly again: number;
  /** The offset of a quote that is not closed. */
  readonly brokenQuote?: number;
}

function findEnd(text: string, from: number, unquoted: boolean): End {
  let at = from;
  for (;;) {
    DECISIVE.lastIndex = at;
    const match = DECISIVE.exec(text);
    if (!match) return { end: -1, again: text.length };
    const token = match[0];
    if (token === "}}") return { end: match.index + 2, again: 0 };
    if (token === "{{") return { end: -1, again: match.index };
    at = match.index + 1;
    if (unquoted) continue;
    const close = token === "`" ? text.indexOf("`", at) : closingQuote(text, at, token.charCodeAt(0));
    if (close === -1) return { end: -1, again: text.length, brokenQuote: match.index };
    at = close + 1;
  }
}

function closingQuote(text: string, from: number, quote: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === 0x0a || code === 0x0d) return -1;
    if (code === 0x5c) at++;
  }
  return -1;
}

function classify(text: string, start: number, inside: number, end: number): Action {
  if (text.startsWith("/*", inside)) return { kind: "comment", keyword: "", start, end };
  let at = inside;
  while (isBlank(text.charCodeAt(at))) at++;
  ASSIGNMENT.lastIndex = at;
  const assigned = ASSIGNMENT.test(text) && ASSIGNMENT.lastIndex < end;
  WORD.lastIndex = at;
  const keyword = (WORD.exec(text)?.[0] ?? "").slice(0, Math.max(0, end - 2 - at));
  return { kind: assigned ? "assignment" : (KINDS.get(keyword) ?? "output"), keyword, start, end };
}
