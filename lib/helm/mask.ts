// Replaces a template's actions by text of the same length, so that a YAML parser can read it and offsets
// stay the same.
import type { Action } from "./action.js";
import { CR, DASH, HASH, LF, SPACE, TAB } from "./characters.js";
import { Line } from "./line.js";

/**
 * The character that replaces an action inside text. Any would do, because actions are found by their ranges.
 */
const FILLER = 0x5f;
const COLON = 0x3a;

/** A block scalar's header at the end of a text: `key: |-`, `- >2`, `key: &anchor |`. */
const BLOCK_HEADER = /(?:[:?-]|[&!][^ \t]*)[ \t]+[|>][-+0-9]{0,2}$/;
/** How many characters before an action are searched for such a header. */
const HEADER_LENGTH = 64;

/**
 * The next line below with text: its indentation, and whether it is an item or an entry of a block
 * collection.
 */
interface Below {
  readonly indent: number;
  readonly item: boolean;
  readonly entry: boolean;
}

/**
 * Masks a template.
 *
 * 1. A line that holds only actions becomes line feeds: offsets stay, and no indentation is left.
 * 2. An action inside text becomes `_`; its later lines become spaces.
 * 3. Actions that are a whole value become spaces, if the lines below continue that value.
 * 4. Actions after a block scalar's header become spaces.
 * 5. Comments, assignments, heads of `define`, and control actions at a line's edge whose chain spans lines
 *    become spaces.
 *
 * @param text a template
 * @param actions its actions, as `scan` returns them
 * @returns text of the same length, which differs only in actions and in lines that hold only actions; in
 *   linear time
 */
export function mask(text: string, actions: readonly Action[]): string {
  if (actions.length === 0) return text;
  const inline = chainsOfOneLine(text, actions);
  let last = actions.length - 1;
  let below: Below = { indent: -1, item: false, entry: false };
  /** The text from `done` on, its last piece first. */
  const pieces: string[] = [];
  let done = text.length;
  let end = text.length;
  // From the last line up, because rule 3 depends on the line below.
  for (;;) {
    const line = new Line(text, startOfLine(text, end), end);
    const { start } = line;
    while (last >= 0 && startAt(actions, last) >= end) last--;
    let first = last;
    while (first > 0 && endAt(actions, first - 1) > start) first--;
    if (last >= 0 && endAt(actions, last) > start) maskLine({ line, actions, inline, first, last, below });
    const { written } = line;
    if (written !== undefined) {
      pieces.push(text.slice(end, done), written);
      done = start;
    }
    below = contentOfLine(line) ?? below;
    if (start === 0) break;
    end = text.charCodeAt(start - 1) === LF && text.charCodeAt(start - 2) === CR ? start - 2 : start - 1;
  }
  pieces.push(text.slice(0, done));
  return pieces.reverse().join("");
}

function startAt(actions: readonly Action[], index: number): number {
  return actions[index]?.start ?? 0;
}

function endAt(actions: readonly Action[], index: number): number {
  return actions[index]?.end ?? 0;
}

function startOfLine(text: string, lineEnd: number): number {
  let at = lineEnd;
  while (at > 0 && text.charCodeAt(at - 1) !== LF && text.charCodeAt(at - 1) !== CR) at--;
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** For each action, 1 if its chain opens and closes on one line. */
function chainsOfOneLine(text: string, actions: readonly Action[]): Uint8Array {
  const inline = new Uint8Array(actions.length);
  const lines = new Int32Array(actions.length);
  const chains: number[][] = [];
  let line = 0;
  let at = 0;
  for (const [index, action] of actions.entries()) {
    for (; at < action.start; at++) if (text.charCodeAt(at) === LF || text.charCodeAt(at) === CR) line++;
    lines[index] = line;
    if (action.kind === "open") chains.push([index]);
    else if (action.kind === "else") chains.at(-1)?.push(index);
    else if (action.kind === "end") {
      const chain = chains.pop();
      // The line on which the last action ends does not matter: the text after it is text in any case.
      if (chain && lines[chain[0] ?? 0] === line) for (const member of [...chain, index]) inline[member] = 1;
    }
  }
  return inline;
}

interface MaskedLine {
  readonly line: Line;
  readonly actions: readonly Action[];
  readonly inline: Uint8Array;
  /** The first and the last action that overlaps the line. */
  readonly first: number;
  readonly last: number;
  readonly below: Below;
}

function maskLine(masked: MaskedLine): void {
  const { line, actions, inline, first, last } = masked;
  const { start: lineStart, end: lineEnd } = line;
  // Before the actions up to `leading` there is only white space on the line, and after those from `trailing`
  // on.
  let leading = first;
  let at = lineStart;
  for (; leading <= last; leading++) {
    const start = startAt(actions, leading);
    while (at < start && isBlank(line.at(at))) at++;
    if (at < start) break;
    at = Math.max(at, endAt(actions, leading));
  }
  if (leading > last) {
    while (at < lineEnd && isBlank(line.at(at))) at++;
    if (at >= lineEnd) {
      line.fill(LF, lineStart, lineEnd);
      return;
    }
  }
  let trailing = last + 1;
  at = lineEnd;
  for (; trailing > first; trailing--) {
    const end = endAt(actions, trailing - 1);
    while (at > end && isBlank(line.at(at - 1))) at--;
    if (at > end) break;
    at = Math.min(at, startAt(actions, trailing - 1));
  }
  const spaced = trailing <= last && isContinued(masked, at);
  for (let index = first; index <= last; index++) {
    const action = actions[index];
    if (!action) continue;
    const blank =
      action.start < lineStart ||
      (spaced && index >= trailing) ||
      printsNothing(action) ||
      (isControl(action) && inline[index] === 0 && (index < leading || index >= trailing));
    line.fill(blank ? SPACE : FILLER, action.start, action.end);
  }
}

function printsNothing(action: Action): boolean {
  return (
    action.kind === "comment" ||
    action.kind === "assignment" ||
    action.kind === "control" ||
    action.keyword === "define"
  );
}

function isControl(action: Action): boolean {
  return action.kind === "open" || action.kind === "else" || action.kind === "end";
}

/**
 * Whether the actions from `runStart` to the line's end print the beginning of a value that continues below.
 */
function isContinued({ line, below }: MaskedLine, runStart: number): boolean {
  const { text, start: lineStart } = line;
  let end = runStart;
  while (end > lineStart && isBlank(line.at(end - 1))) end--;
  if (BLOCK_HEADER.test(text.slice(Math.max(lineStart, end - HEADER_LENGTH), end))) return true;
  if (below.indent < 0 || !(below.item || below.entry)) return false;
  const before = line.at(end - 1);
  const column = keyColumn(line, end);
  if (before === COLON) return below.indent > column || (below.indent === column && below.item);
  if (before === DASH && (end - 1 === lineStart || isBlank(line.at(end - 2))))
    return below.indent > end - 1 - lineStart;
  return false;
}

/** The column of the line's first key, after its indentation and its dashes. */
function keyColumn(line: Line, end: number): number {
  let at = line.start;
  for (;;) {
    while (at < end && isBlank(line.at(at))) at++;
    if (at + 1 < end && line.at(at) === DASH && isBlank(line.at(at + 1))) at++;
    else return at - line.start;
  }
}

/** What a masked line means for the line above it; `undefined` where the line is blank or a comment. */
function contentOfLine(line: Line): Below | undefined {
  const { start, end } = line;
  let at = start;
  while (at < end && (isBlank(line.at(at)) || line.at(at) === LF)) at++;
  if (at >= end || line.at(at) === HASH) return undefined;
  const item = line.at(at) === DASH && (at + 1 >= end || isBlank(line.at(at + 1)));
  let entry = false;
  for (let each = at; each < end && !entry; each++)
    entry = line.at(each) === COLON && (each + 1 >= end || isBlank(line.at(each + 1)));
  return { indent: at - start, item, entry };
}
