// Which node types a text's tree surely holds, and where: told by our own events, without the tree.
import { EVENT_ID, type Event } from "js-yaml";
import type { OpeningStep } from "./opening.js";
import type { Range, Reading } from "../yaml/reading.js";

/** Where an anchor, an alias, a tag or a directive may stand: at the beginning of a value, an item, a key or a line. */
const MAY_HOLD_META = /(?:^|[:\-?[{,])[ \t]*(?:&[^\s&]|\*[^\s*]|![^=])|^%/m;

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
  if (template || error || notes.length > 0 || trees.length !== 1 || tree?.source !== file.text) return found;
  for (const [index, event] of tree.events.entries()) {
    for (const [type, start, end] of nodesOf(event, tree.events[index + 1])) {
      if (!found.has(type)) found.set(type, [start, Math.max(end, start)]);
    }
  }
  return found;
}

type Place = readonly [type: string, start: number, end: number];

function nodesOf(event: Event, next: Event | undefined): readonly Place[] {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      return event.directives.length > 0 ? [["YAMLDirective", 0, 0]] : [];
    case EVENT_ID.ALIAS:
      return [["YAMLAlias", event.anchorStart, event.anchorEnd]];
    case EVENT_ID.SEQUENCE:
      return [["YAMLSequence", event.start, event.start], ...metaOf(event)];
    case EVENT_ID.MAPPING: {
      const pair: readonly Place[] = next && next.type !== EVENT_ID.POP ? [["YAMLPair", event.start, event.start]] : [];
      return [["YAMLMapping", event.start, event.start], ...pair, ...metaOf(event)];
    }
    case EVENT_ID.SCALAR:
      return [...(event.valueStart < 0 ? [] : [["YAMLScalar", event.valueStart, event.valueEnd] as const]), ...metaOf(event)];
    default:
      return [];
  }
}

interface Meta {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

function metaOf({ anchorStart, anchorEnd, tagStart, tagEnd }: Meta): readonly Place[] {
  const places: Place[] = [];
  if (anchorStart >= 0) places.push(["YAMLAnchor", anchorStart, anchorEnd]);
  if (tagStart >= 0) places.push(["YAMLTag", tagStart, tagEnd]);
  const [first] = places;
  return first ? [...places, ["YAMLWithMeta", first[1], first[2]]] : places;
}
