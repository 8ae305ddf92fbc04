// Which node types a text's tree surely holds, and where: told by our own events, without the tree.
import { EVENT_ID, type Event } from "js-yaml";
import type { OpeningStep } from "./opening.js";
import type { Range, Reading } from "../yaml/reading.js";

/** Where an anchor, an alias, a tag or a directive may stand: at the beginning of a value, an item, a key or a line. */
const MAY_HOLD_META = /(?:^|[:\-?[{,])[ \t]*(?:&[^\s&]|\*[^\s*]|![^=])|^%/m;

/** How many types of nodes there are below a document. */
const KINDS = 9;

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
 * tells too little, or where it may hold an anchor, an alias, a tag or a directive.
 *
 * @param file the text, and what reads it
 * @param opening what the tree begins with
 * @returns node types, each with a place where one stands; empty where our reading is not of one plain piece
 */
export function certainTypes(file: Readable, opening: readonly OpeningStep[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  const toldEnough = opening.some((step) => step.type === "YAMLPair");
  if (!file.wasRead && toldEnough && !MAY_HOLD_META.test(file.text)) return found;
  const { template, error, notes, trees } = file.reading();
  const [tree] = trees;
  if (template || error || notes.length > 0 || !tree || trees.length > 1) return found;
  const { events } = tree;
  for (let index = 0; index < events.length && found.size < KINDS; index++) {
    const event = events[index];
    if (event) addNodesOf(event, events[index + 1], found);
  }
  return found;
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
  if (anchorStart >= 0 || tagStart >= 0) add(found, "YAMLWithMeta", Math.max(anchorStart - INDICATOR, tagStart), Math.max(anchorEnd, tagEnd));
}

function add(found: Map<string, Range>, type: string, start: number, end: number): void {
  if (!found.has(type)) found.set(type, [start, Math.max(end, start)]);
}
