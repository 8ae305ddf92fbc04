// The beginning of a long text, for those who ask what kinds of nodes it holds: what it tells, and what the
// rest can add.
import { EVENT_ID, type Event } from "js-yaml";
import { parseEvents } from "./events.js";

/** How much is read of a text that is many times as long, in UTF-16 units. */
const BEGINNING = 16_384;
const MANY = 16;

/**
 * The events of a text's beginning.
 *
 * @param text a plain YAML text
 * @param length how much is read; it is cut at the end of a line
 * @returns the first events of the whole text, without the ends of what is open at the cut; `undefined`
 *   where the text is not many times as long, or the cut is in quotes or brackets
 */
export function beginningOf(text: string, length = BEGINNING): readonly Event[] | undefined {
  const end = text.indexOf("\n", length);
  if (end < 0 || text.length < MANY * length) return undefined;
  const parsed = parseEvents(text.slice(0, end + 1));
  if (!parsed.ok) return undefined;
  // The last scalar may go on, or be a key of which only the value is missing.
  const last = parsed.events.findLastIndex(({ type }) => type !== EVENT_ID.POP);
  return last > 0 ? parsed.events.slice(0, last) : undefined;
}

/** What stands right before a node: a line's beginning, an item's dash, a colon, or a bracket or comma. */
const BEFORE_NODE = [
  String.raw`^(?:---[ \t])?[ \t]*(?:[-?:][ \t]+)*`,
  String.raw`:[ \t]+`,
  String.raw`[,[{][ \t]*(?:\?[ \t]+)?`,
  String.raw`["'\]}]:[ \t]*`,
].join("|");

/** An anchor, an alias or a tag where a node may begin, or a directive. */
const PROPERTY = new RegExp(String.raw`(?:[&*](?=[^\s,[\]{}])|!)(?<=(?:${BEFORE_NODE}).)|^%`, "gm");

/** Plain or quoted items up to a bracket that closes, at the end of the line. */
const CLOSED = String.raw`(?:[^[\]{}"'\n]|"[^"[\]{}\\\n]*"|'[^'[\]{}\n]*')*[\]}][ \t]*(?:#.*)?$`;

/** A bracket where a node may begin, unless it is closed on its line and holds none. */
const BRACKET = new RegExp(String.raw`[[{](?<=(?:^|[-?:][ \t]|[&!]\S*[ \t])[ \t]*.)(?!${CLOSED})`, "gm");

/** What a line must be for a node to begin on a deeper line below it: an item, or a key without a value. */
const OPENER = /^(?:[-?:](?:\s|$)|---)|:(?:[ \t]+[&!]\S*)*[ \t]*(?:#.*)?$/;

/** More would take too long to look at. */
const MOST_PLACES = 1000;

/**
 * Whether a text may hold an anchor, an alias, a tag or a directive. Scalars of many lines hold much that
 * looks like one: it is told by the lines above it.
 *
 * @param text a plain YAML text
 * @returns false only where there surely is none
 */
export function mayHoldProperties(text: string): boolean {
  // Lines in brackets may be indented anyhow.
  const pattern = anyMayBeNode(text, BRACKET) ? undefined : PROPERTY;
  return pattern ? anyMayBeNode(text, pattern) : text.search(PROPERTY) >= 0;
}

function anyMayBeNode(text: string, pattern: RegExp): boolean {
  let places = 0;
  for (const { index } of text.matchAll(pattern)) {
    if (++places > MOST_PLACES || mayHoldNode(text, text.lastIndexOf("\n", index - 1) + 1)) return true;
  }
  return false;
}

/**
 * Whether a line may be more than a piece of a scalar: then each line that it is nested in lets nodes begin
 * below it.
 */
function mayHoldNode(text: string, start: number): boolean {
  let indentation = indentationAt(text, start);
  let end = start - 1;
  while (end > 0 && indentation > 0) {
    const lineStart = text.lastIndexOf("\n", end - 1) + 1;
    const line = text.slice(lineStart, end).trim();
    const its = indentationAt(text, lineStart);
    end = lineStart - 1;
    if (its >= indentation || line === "" || line.startsWith("#")) continue;
    if (!OPENER.test(line)) return /["']$/.test(line);
    indentation = its;
  }
  return true;
}

function indentationAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - lineStart;
}
