// Which node types a text's tree surely holds, and where: told by our own events, without the tree.
import { EVENT_ID, type Event } from "js-yaml";
import type { OpeningStep } from "./opening.js";
import type { Range, Reading } from "../yaml/reading.js";

/** Where a node may begin: at a line, behind an indicator, in a flow collection. */
const BEGINNING = String.raw`^(?:---)?[ \t]*(?:[-?:][ \t]+)*|:[ \t]+|["']:|(?:^|[\s,[{"'])[[{][ \t]*|,[ \t]*`;
/** An anchor, an alias, a tag. The characters of a tag are those that people use: prose and code begin lines with others. */
const META = String.raw`(?:&(?!&)[^\s,[\]{}]+|\*[^\s*,[\]{}]+|!(?:<[^>\s]*>|[\w!/.:%~#-]*))(?=[\s,[\]{}]|$)`;
const META_CHARACTER = /[&*!%]/;
/** Says yes too often (in a block scalar, in prose), and no to nothing that is written as people write it. */
const MAY_HOLD_META = new RegExp(`(?:${BEGINNING})${META}|^%`, "m");

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
 * tells too little, or where it may hold an anchor, an alias, a tag or a directive.
 *
 * @param file the text, and what reads it
 * @param opening what the tree begins with
 * @returns node types, each with a place where one stands; empty where our reading is not of one plain piece
 */
export function certainTypes(file: Readable, opening: readonly OpeningStep[]): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  const toldEnough = opening.some((step) => step.type === "YAMLPair");
  const mayHoldMeta = META_CHARACTER.test(file.text) && MAY_HOLD_META.test(file.text);
  if (!file.wasRead && toldEnough && !mayHoldMeta) return found;
  const { template, error, notes, trees } = file.reading();
  const [tree] = trees;
  if (template || error || notes.length > 0 || !tree || trees.length > 1) return found;
  const { events } = tree;
  const kinds = mayHoldMeta ? KINDS : PLAIN_KINDS;
  for (let index = 0; index < events.length && found.size < kinds; index++) {
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
