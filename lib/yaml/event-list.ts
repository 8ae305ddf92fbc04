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

/**
 * Finds the events of a text.
 *
 * @param text the text
 * @returns what js-yaml's `parseEvents` returns for it; `undefined` where only a parser can tell, see
 *   {@link tellLines}
 */
export function eventsOfLines(text: string): Event[] | undefined {
  const list = new EventList(text);
  return tellLines(text, list) ? list.all : undefined;
}

class EventList implements NodeListener {
  readonly all: Event[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
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
