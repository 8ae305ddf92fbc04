// The first steps of a walk through a text's tree, told by our own events of the whole text.
import { EVENT_ID, type Event } from "js-yaml";
import { FirstSteps, TYPE, type FirstStep } from "./first-steps.js";
import type { Reading } from "./reading.js";

/**
 * Unknown directives, the ends of documents and a carriage return alone: the two parsers do not always
 * agree on them.
 */
const READ_IN_TWO_WAYS = /^(?:%(?!YAML |TAG )|\.\.\.)|\r(?!\n)/m;

/** js-yaml takes indented markers in a text's first line for markers; to others they begin a plain scalar. */
const BEGINS_IN_TWO_WAYS = /^[ \t]+(?:---|%)/;

/** The ranges of anchors and aliases in js-yaml's events begin behind `&` and `*`. */
const INDICATOR = 1;

/**
 * Finds the steps of a walk through a text's tree that are the first of their kind.
 *
 * @param reading what was read of the text
 * @returns the steps, see {@link FirstSteps}, in the order of the walk; `undefined` where yaml-eslint-parser
 *   may read the text in another way
 * @see yaml-eslint-parser, whose tree is walked in this order (a property test compares the two)
 */
export function stepsOfEvents({ text, template, trees }: Reading): readonly FirstStep[] | undefined {
  const [tree] = trees;
  const isWhole = !template && trees.length === 1 && tree?.source === text;
  if (!isWhole || READ_IN_TWO_WAYS.test(text) || BEGINS_IN_TWO_WAYS.test(text)) return undefined;
  return new Events(tree.events).steps();
}

class Events {
  readonly #events: readonly Event[];
  readonly #steps = new FirstSteps();
  #at = 0;
  /** Where a key is left out, the two parsers do not always agree what an anchor before it belongs to. */
  #hasEmptyKey = false;

  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  steps(): readonly FirstStep[] | undefined {
    // To yaml-eslint-parser a text with no document in it, a comment at most, is one empty document.
    if (this.#events.length === 0) this.#steps.leaf(TYPE.YAMLDocument, 0);
    while (this.#at < this.#events.length) this.#document();
    return this.#hasEmptyKey ? undefined : this.#steps.found;
  }

  #document(): void {
    const event = this.#events[this.#at++];
    this.#steps.enter(TYPE.YAMLDocument, 0);
    const directives = event?.type === EVENT_ID.DOCUMENT ? event.directives.length : 0;
    for (let count = 0; count < directives; count++) this.#steps.leaf(TYPE.YAMLDirective, 0);
    while (!this.#ends()) this.#node();
    this.#steps.leave();
  }

  #node(): void {
    const event = this.#events[this.#at++];
    if (event?.type === EVENT_ID.ALIAS) this.#steps.leaf(TYPE.YAMLAlias, event.anchorStart - INDICATOR);
    if (!event || !("tagStart" in event)) return;
    const { anchorStart, tagStart } = event;
    const hasMeta = anchorStart >= 0 || tagStart >= 0;
    if (hasMeta) this.#steps.enter(TYPE.YAMLWithMeta, Math.max(anchorStart - INDICATOR, tagStart));
    if (anchorStart >= 0) this.#steps.leaf(TYPE.YAMLAnchor, anchorStart - INDICATOR);
    if (tagStart >= 0) this.#steps.leaf(TYPE.YAMLTag, tagStart);
    this.#content(event);
    if (hasMeta) this.#steps.leave();
  }

  #content(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        if (event.valueStart >= 0) this.#steps.leaf(TYPE.YAMLScalar, event.valueStart);
        return;
      case EVENT_ID.SEQUENCE:
        this.#steps.enter(TYPE.YAMLSequence, event.start);
        while (!this.#ends()) this.#node();
        break;
      case EVENT_ID.MAPPING:
        this.#steps.enter(TYPE.YAMLMapping, event.start);
        while (!this.#ends()) this.#pair(event.start);
        break;
      default:
        return;
    }
    this.#steps.leave();
  }

  #pair(start: number): void {
    const key = this.#events[this.#at];
    this.#hasEmptyKey ||= key?.type === EVENT_ID.SCALAR && key.valueStart < 0;
    this.#steps.enter(TYPE.YAMLPair, start);
    this.#node();
    this.#node();
    this.#steps.leave();
  }

  /** Takes the event that ends a collection or a document, if it is next. */
  #ends(): boolean {
    const event = this.#events[this.#at];
    const ends = event === undefined || event.type === EVENT_ID.POP;
    if (ends) this.#at++;
    return ends;
  }
}
