// js-yaml's events of a text, told by its lines: of nodes without anchors and tags.
import { CHOMPING_MODE, EVENT_ID, SCALAR_STYLE } from "js-yaml";
import type { CollectionStyle, Event, ScalarEvent } from "js-yaml";
import type { NodeListener } from "./node-listener.js";
import { tellLines } from "./usual-lines.js";

/** Of a node without an anchor or a tag; of a scalar without content. */
const NOWHERE = -1;

/** What has to be decoded in quotes. */
const DECODED = /[\\\n]/;
const DECODED_SINGLE = /['\n]/;

/** The events of a text, as far as its lines tell them. */
export interface Begun {
  /** What js-yaml's `parseEvents` returns first. */
  readonly events: Event[];
  /** The offset at which a parser has to go on: the text's length where all is told. */
  readonly from: number;
  /** Whether this is within a document, in its outermost collection, and not before or between documents. */
  readonly isInDocument: boolean;
}

/**
 * Finds the events of a text.
 *
 * @param text the text
 * @returns its events up to a line from which on only a parser can tell them, see {@link tellLines}
 */
export function eventsOfLines(text: string): Begun {
  const list = new EventList(text);
  return tellLines(text, list) ? { events: list.all, from: text.length, isInDocument: false } : list.begun();
}

/**
 * Appends the events of a text's rest.
 *
 * @param begun what was told before; it gets them
 * @param rest the events of the text from there on, by itself; their offsets are changed
 */
export function goOn({ events, from, isInDocument }: Begun, rest: readonly Event[]): void {
  const [document] = rest;
  const first = events.findLast(({ type }) => type === EVENT_ID.DOCUMENT);
  // By itself, the rest of a document is a document, and its collection begins once more.
  if (isInDocument && document?.type === EVENT_ID.DOCUMENT && first?.type === EVENT_ID.DOCUMENT)
    first.explicitEnd = document.explicitEnd;
  for (let index = isInDocument ? 2 : 0; index < rest.length; index++) {
    const event = rest[index];
    if (!event) return;
    move(event, from);
    events.push(event);
  }
}

/** Where an event's parts begin and end; parts that it lacks stay where they are. */
function move(event: Event, by: number): void {
  if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return;
  event.anchorStart += event.anchorStart < 0 ? 0 : by;
  event.anchorEnd += event.anchorEnd < 0 ? 0 : by;
  if (event.type === EVENT_ID.ALIAS) return;
  event.tagStart += event.tagStart < 0 ? 0 : by;
  event.tagEnd += event.tagEnd < 0 ? 0 : by;
  if (event.type === EVENT_ID.SCALAR) {
    event.valueStart += event.valueStart < 0 ? 0 : by;
    event.valueEnd += event.valueEnd < 0 ? 0 : by;
  } else event.start += by;
}

class EventList implements NodeListener {
  readonly all: Event[] = [];
  readonly #text: string;
  /** The last place at which a parser may go on, and how many events come before it. */
  #from = 0;
  #isInDocument = false;
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What was told before the last such place. */
  begun(): Begun {
    this.all.length = this.#count;
    return { events: this.all, from: this.#from, isInDocument: this.#isInDocument };
  }

  restart(start: number, isInDocument: boolean): void {
    this.#from = start;
    this.#isInDocument = isInDocument;
    this.#count = this.all.length;
  }

  document(explicitStart: boolean): void {
    this.all.push({ type: EVENT_ID.DOCUMENT, explicitStart, explicitEnd: false, directives: [] });
  }

  collection(start: number, isMapping: boolean, style: CollectionStyle): void {
    this.all.push({
      type: isMapping ? EVENT_ID.MAPPING : EVENT_ID.SEQUENCE,
      start,
      anchorStart: NOWHERE,
      anchorEnd: NOWHERE,
      tagStart: NOWHERE,
      tagEnd: NOWHERE,
      style,
    });
  }

  pop(): void {
    this.all.push({ type: EVENT_ID.POP });
  }

  empty(): void {
    this.#push(NOWHERE, NOWHERE, SCALAR_STYLE.PLAIN, false);
  }

  plain(start: number, end: number, isLong: boolean): void {
    this.#push(start, end, SCALAR_STYLE.PLAIN, !isLong);
  }

  quoted(start: number, end: number, isDouble: boolean): void {
    const isDecoded = (isDouble ? DECODED : DECODED_SINGLE).test(this.#text.slice(start, end));
    const style = isDouble ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.SINGLE_QUOTED;
    this.#push(start, end, style, !isDecoded);
  }

  block(start: number, end: number, indicators: string, indent: number): void {
    const style = indicators.startsWith("|") ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    this.#push(start, end, style, false, chompingOf(indicators), indent);
  }

  #push(
    valueStart: number,
    valueEnd: number,
    style: ScalarEvent["style"],
    fast: boolean,
    chomping: ScalarEvent["chomping"] = CHOMPING_MODE.CLIP,
    indent = -1,
  ): void {
    // In js-yaml's order, so that V8 knows one class of events.
    this.all.push({
      type: EVENT_ID.SCALAR,
      valueStart,
      valueEnd,
      anchorStart: NOWHERE,
      anchorEnd: NOWHERE,
      tagStart: NOWHERE,
      tagEnd: NOWHERE,
      style,
      chomping,
      indent,
      fast,
    });
  }
}

function chompingOf(indicators: string): ScalarEvent["chomping"] {
  if (indicators.includes("-")) return CHOMPING_MODE.STRIP;
  return indicators.includes("+") ? CHOMPING_MODE.KEEP : CHOMPING_MODE.CLIP;
}
