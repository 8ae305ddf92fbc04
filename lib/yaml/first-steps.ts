// Where a walk through a text's tree meets something new: told by our own events, before that tree is built.
import { EVENT_ID, type Event } from "js-yaml";
import { beginningOf, mayHoldProperties } from "./beginning.js";
import type { Reading } from "./reading.js";

/** A node, as far as events tell it. */
export interface FirstNode {
  readonly type: string;
  /** How many children of its parent come before it. */
  readonly child: number;
  /** Where it begins. */
  readonly start: number;
}

/** A node is entered (1) or left (2). */
export interface FirstStep {
  readonly node: FirstNode;
  readonly phase: 1 | 2;
}

/**
 * Unknown directives, the ends of documents and a carriage return alone: the two parsers do not always
 * agree on them.
 */
const READ_IN_TWO_WAYS = /^(?:%(?!YAML |TAG )|\.\.\.)|\r(?!\n)/m;

/**
 * Finds the steps of a walk through a text's tree that are the first of their kind. Of one kind are the
 * steps that enter, or that leave, nodes of one type in parents of one type; a node that is deeper than any
 * before it is of a kind of its own.
 *
 * @param reading what was read of the text
 * @returns these steps, and those that enter and leave the nodes around them, in the order of the walk;
 *   `undefined` where yaml-eslint-parser may read the text in another way
 * @see yaml-eslint-parser, whose tree is walked in this order (a property test compares the two)
 */
export function firstSteps({ text, template, trees }: Reading): readonly FirstStep[] | undefined {
  const [tree] = trees;
  const isWhole = !template && trees.length === 1 && tree?.source === text;
  if (!isWhole || READ_IN_TWO_WAYS.test(text)) return undefined;
  const walk = new Walk(tree.events);
  return walk.hasEmptyKey ? undefined : walk.steps;
}

/**
 * The same, told by a text's beginning alone.
 *
 * @param text a plain YAML text
 * @param length how much is enough, see {@link beginningOf}
 * @returns the steps; `undefined` also where nodes of a type that the beginning lacks may follow it
 */
export function firstStepsOfBeginning(text: string, length?: number): readonly FirstStep[] | undefined {
  const events = beginningOf(text, length);
  if (!events || READ_IN_TWO_WAYS.test(text)) return undefined;
  const begun = new Walk(events);
  return begun.hasEmptyKey || !hasAllTypes(begun) || mayHoldProperties(text) ? undefined : begun.steps;
}

function hasAllTypes({ left }: Walk): boolean {
  return ALL_TYPES.every((type) => left.has(type));
}

/**
 * Where nodes of these types were left, and nodes in such, a text can go on with others only where it has an
 * anchor, an alias, a tag or a directive.
 */
const ALL_TYPES = ["YAMLMapping", "YAMLPair", "YAMLScalar", "YAMLSequence", "in YAMLPair", "in YAMLSequence"];

/** A node that was entered and not left. */
interface Open extends FirstNode {
  /**
   * How far the children of nodes of this type were met, by the children's type: {@link ENTERED} or {@link
   * LEFT}.
   */
  readonly met: Map<string, number>;
  /** How many children it had so far. */
  children: number;
}

const ENTERED = 1;
const LEFT = 2;

/** The ranges of anchors and aliases in js-yaml's events begin behind `&` and `*`. */
const INDICATOR = 1;

class Walk {
  readonly steps: FirstStep[] = [];
  /** Where a key is left out, the two parsers do not always agree what an anchor before it belongs to. */
  hasEmptyKey = false;
  /** Whether the events end before the text does. */
  #isCut = false;
  /** Before that: the types of nodes that were left, and in nodes of which types. */
  readonly left = new Set<string>();
  readonly #events: readonly Event[];
  #at = 0;
  readonly #met = new Map<string, Map<string, number>>();
  #top: Open = { type: "Program", child: 0, start: 0, met: this.#metIn("Program"), children: 0 };
  readonly #open = [this.#top];
  /** How many of the open nodes are in `steps`, counted from the root. */
  #shown = 1;
  /** How many nodes were open at most. */
  #deepest = 1;

  constructor(events: readonly Event[]) {
    this.#events = events;
    this.#documents();
  }

  #documents(): void {
    // To yaml-eslint-parser a text with no document in it, a comment at most, is one empty document.
    if (this.#events.length === 0) this.#leaf("YAMLDocument", 0);
    while (this.#at < this.#events.length) {
      const event = this.#events[this.#at++];
      this.#enter("YAMLDocument", 0);
      if (event?.type === EVENT_ID.DOCUMENT)
        event.directives.forEach(() => {
          this.#leaf("YAMLDirective", 0);
        });
      while (!this.#ends()) this.#node();
      this.#leave();
    }
  }

  #node(): void {
    const event = this.#events[this.#at++];
    if (event?.type === EVENT_ID.ALIAS) this.#leaf("YAMLAlias", event.anchorStart - INDICATOR);
    if (!event || !("tagStart" in event)) return;
    const { anchorStart, tagStart } = event;
    const hasMeta = anchorStart >= 0 || tagStart >= 0;
    if (hasMeta) this.#enter("YAMLWithMeta", Math.max(anchorStart - INDICATOR, tagStart));
    if (anchorStart >= 0) this.#leaf("YAMLAnchor", anchorStart - INDICATOR);
    if (tagStart >= 0) this.#leaf("YAMLTag", tagStart);
    this.#content(event);
    if (hasMeta) this.#leave();
  }

  #content(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        if (event.valueStart >= 0) this.#leaf("YAMLScalar", event.valueStart);
        return;
      case EVENT_ID.SEQUENCE:
        this.#enter("YAMLSequence", event.start);
        while (!this.#ends()) this.#node();
        break;
      case EVENT_ID.MAPPING:
        this.#enter("YAMLMapping", event.start);
        while (!this.#ends()) this.#pair(event.start);
        break;
      default:
        return;
    }
    this.#leave();
  }

  #pair(start: number): void {
    const key = this.#events[this.#at];
    this.hasEmptyKey ||= key?.type === EVENT_ID.SCALAR && key.valueStart < 0;
    this.#enter("YAMLPair", start);
    this.#node();
    this.#node();
    this.#leave();
  }

  /** Takes the event that ends a collection or a document, if it is next. */
  #ends(): boolean {
    if (this.#at >= this.#events.length && !this.#isCut) {
      this.#isCut = true;
    }
    const ends = this.#isCut || this.#events[this.#at]?.type === EVENT_ID.POP;
    if (ends) this.#at++;
    return ends;
  }

  #leaf(type: string, start: number): void {
    if (this.#top.met.get(type) === LEFT && this.#open.length < this.#deepest) this.#top.children++;
    else {
      this.#enter(type, start);
      this.#leave();
    }
  }

  #enter(type: string, start: number): void {
    const { met } = this.#top;
    this.#top = { type, child: this.#top.children++, start, met: this.#metIn(type), children: 0 };
    this.#open.push(this.#top);
    if (met.has(type) && this.#open.length <= this.#deepest) return;
    if (!met.has(type)) met.set(type, ENTERED);
    this.#deepest = Math.max(this.#deepest, this.#open.length);
    this.#show();
  }

  #leave(): void {
    const node = this.#top;
    const parent = this.#open.at(-2) ?? node;
    if (parent.met.get(node.type) !== LEFT) {
      parent.met.set(node.type, LEFT);
      if (!this.#isCut) this.left.add(node.type).add(`in ${parent.type}`);
      this.#show();
    }
    if (this.#shown === this.#open.length) {
      this.steps.push({ node, phase: 2 });
      this.#shown--;
    }
    this.#open.pop();
    this.#top = parent;
  }

  /**
   * Enters what is open and was left out. It holds nothing that was shown, or it would have been shown too.
   */
  #show(): void {
    for (const node of this.#open.slice(this.#shown)) this.steps.push({ node, phase: 1 });
    this.#shown = this.#open.length;
  }

  #metIn(type: string): Map<string, number> {
    const known = this.#met.get(type) ?? new Map<string, number>();
    this.#met.set(type, known);
    return known;
  }
}
