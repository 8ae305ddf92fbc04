// Which node types a text's tree surely holds, and where: told by our own events, without the tree.
import { EVENT_ID, type Event } from "js-yaml";
import type { OpeningStep } from "./opening.js";
import { parseEvents } from "../yaml/events.js";
import type { Range, Reading } from "../yaml/reading.js";

/** What stands before a node: a line's start, an indicator, a flow collection's beginning or comma. */
const BEFORE = String.raw`^(?:---)?[ \t]*(?:[-?:][ \t]+)*|:[ \t]+|["']:|(?:^|[\s,[{"'])[[{][ \t]*|,[ \t]*`;
/** What an anchor, an alias or a tag goes on with. The characters of a tag are those that people use: prose and code have others. */
const NAMES = String.raw`(?:(?<=&)(?!&)[^\s,[\]{}]+|(?<=\*)[^\s*,[\]{}]+|(?<=!)(?:<[^>\s]*>|[\w!/.:%~#-]*))(?=[\s,[\]{}]|$)`;
/**
 * Says yes too often (in a block scalar, in prose), and no to nothing that is written as people write it. The one character
 * comes first, since it is searched for fastest.
 */
const MAY_HOLD_META = new RegExp(`[&*!](?<=(?:${BEFORE})[&*!])${NAMES}|^%`, "m");

/** Where a sequence may be: an item's dash, or a bracket. */
const MAY_HOLD_SEQUENCE = /^[ \t]*-[ \t\r\n]|\[/m;
/** An item's dash, as the first of a block sequence has it. */
const DASH = /^[ \t]*-(?=[ \t\r\n])/m;
/** A line, no comment, on which a text of several lines may begin: a block scalar, quotes, a flow collection. */
const MAY_GO_ON = /^(?![ \t]*#).*[|>"'{[]/m;
const KEY_ALONE = /^[^#]*:[ \t]*\r?\n$/;
/** How far a text that nobody reads is looked at for one, in UTF-16 units. */
const FARTHEST = 16_384;

/** How many types of nodes there are below a document, with anchors, aliases, tags and directives, and without. */
const KINDS = 9;
const PLAIN_KINDS = 4;

/** js-yaml's ranges of anchors and aliases begin behind `&` and `*`. */
const INDICATOR = 1;

/** Our own reading of a text: made, or to be made. */
interface Readable {
  readonly text: string;
  readonly wasRead: boolean;
  reading(): Reading;
}

/**
 * Finds the first node of each type that a text surely holds. A text that nobody read is read for it only where its first line
 * tells too little, or where it may hold an anchor, an alias, a tag or a directive; for a sequence its beginning is looked at.
 *
 * @param file the text, and what reads it
 * @param opening what the tree begins with
 * @returns node types, each with a place where one stands; empty where our reading is not of one plain piece
 */
export function certainTypes(file: Readable, opening: readonly OpeningStep[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  const toldEnough = opening.some((step) => step.type === "YAMLPair");
  const mayHoldMeta = MAY_HOLD_META.test(file.text);
  if (!file.wasRead && toldEnough && !mayHoldMeta) {
    if (opening.some((step) => step.type === "YAMLSequence") || !MAY_HOLD_SEQUENCE.test(file.text))
      return found;
    const plain = plainSequence(file.text);
    if (plain === undefined) addFirstOf(beginningOf(file.text), PLAIN_KINDS, found);
    else add(found, "YAMLSequence", plain, plain);
    return found;
  }
  const { template, error, notes, trees } = file.reading();
  const [tree] = trees;
  if (template || error || notes.length > 0 || !tree || trees.length > 1) return found;
  addFirstOf(tree.events, mayHoldMeta ? KINDS : PLAIN_KINDS, found);
  return found;
}

/**
 * Where the first sequence begins, told without parsing: where the first item stands right below a key without a value, and
 * nothing before it goes on over lines, it can be nothing else. Most files begin so.
 */
function plainSequence(text: string): number | undefined {
  const match = DASH.exec(text);
  if (!match || match.index > FARTHEST) return undefined;
  const before = text.slice(0, match.index);
  const above = before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
  return KEY_ALONE.test(above) && !MAY_GO_ON.test(before) ? match.index + match[0].length - 1 : undefined;
}

/**
 * The events of a text's beginning, cut behind the first line that may hold a sequence, else farther: a node that begins before
 * is in the whole text, too, if that is YAML. Where the cut is in a quoted scalar or a flow collection, another is tried.
 */
function beginningOf(text: string): readonly Event[] {
  const ends = new Set(
    [text.search(MAY_HOLD_SEQUENCE), FARTHEST, FARTHEST / 4].map((offset) => endOfLine(text, offset)),
  );
  for (const end of ends) {
    if (end > FARTHEST * 2) continue;
    const parsed = parseEvents(text.slice(0, end));
    if (parsed.ok && parsed.events.some((event) => event.type === EVENT_ID.SEQUENCE)) return parsed.events;
  }
  return [];
}

function endOfLine(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  return feed < 0 ? text.length : feed + 1;
}

function addFirstOf(events: readonly Event[], kinds: number, found: Map<string, Range>): void {
  for (let index = 0; index < events.length && found.size < kinds; index++) {
    const event = events[index];
    if (event) addNodesOf(event, events[index + 1], found);
  }
}

function addNodesOf(event: Event, next: Event | undefined, found: Map<string, Range>): void {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      if (event.directives.length > 0) add(found, "YAMLDirective", 0, 0);
      return;
    case EVENT_ID.ALIAS:
      add(found, "YAMLAlias", event.anchorStart - INDICATOR, event.anchorEnd);
      return;
    case EVENT_ID.SEQUENCE:
      add(found, "YAMLSequence", event.start, event.start);
      break;
    case EVENT_ID.MAPPING:
      add(found, "YAMLMapping", event.start, event.start);
      if (next && next.type !== EVENT_ID.POP) add(found, "YAMLPair", event.start, event.start);
      break;
    case EVENT_ID.SCALAR:
      if (event.valueStart >= 0) add(found, "YAMLScalar", event.valueStart, event.valueEnd);
      break;
    default:
      return;
  }
  const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
  if (anchorStart >= 0) add(found, "YAMLAnchor", anchorStart - INDICATOR, anchorEnd);
  if (tagStart >= 0) add(found, "YAMLTag", tagStart, tagEnd);
  if (anchorStart >= 0 || tagStart >= 0)
    add(found, "YAMLWithMeta", Math.max(anchorStart - INDICATOR, tagStart), Math.max(anchorEnd, tagEnd));
}

function add(found: Map<string, Range>, type: string, start: number, end: number): void {
  if (!found.has(type)) found.set(type, [start, Math.max(end, start)]);
}
