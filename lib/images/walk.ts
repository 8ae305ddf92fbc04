// The walk over a tree's events: it visits every mapping, scalar and string in which an image may stand.
import { EVENT_ID, type Event } from "js-yaml";
import { ASSERTION } from "../vocabulary/not-pinned.js";
import { entriesOf, isAlias, isMapping, isSequence, itemsOf, type Entry } from "../yaml/node.js";
import { AliasExpansion } from "./alias-expansion.js";
import { Anchors } from "./anchors.js";
import { enterDocument, enterResource, enterValues } from "./surroundings/enter.js";
import type { ImageField } from "./field.js";
import { MERGE_KEY, mergeSources } from "./merge-key.js";
import { Siblings } from "./siblings.js";
import { Signs } from "./signs.js";
import { beginsValues, isExpected, isNotRun, type Surroundings } from "./surroundings/surroundings.js";
import type { TreeContext, TreeSource } from "./tree-context.js";
import { MappingVisitor } from "./mapping/visit-mapping.js";
import { ScalarVisitor } from "./scalar/visit-scalar.js";
import { visitString } from "./visit-string.js";

/**
 * Finds the image fields of a tree.
 *
 * @param source the tree, and what is known of it
 * @returns its fields, in the order of the walk; their offsets count from the beginning of the tree's text.
 *   The walk ends where there are more than {@link MOST_FIELDS}
 */
export function fieldsOfTree(source: TreeSource): readonly ImageField[] {
  return new Walk(source).run();
}

/**
 * How many images of a file are looked at. No real file comes near: the one with most keys that can name an
 * image, an index of a Helm repository, has 2,300 of them.
 */
export const MOST_FIELDS = 5000;

/**
 * Instead of where a node ends: everything in it is visited, since a key above it is a sign of an image. Else
 * its parts are visited that show a sign themselves.
 */
const ALL = Infinity;

/** Instead of where a node ends: nothing in it is visited. */
const NOTHING = -1;

class Walk {
  readonly #context: TreeContext;
  readonly #signs: Signs;
  readonly #aliases: AliasExpansion;
  readonly #scalars: ScalarVisitor;
  readonly #mappings: MappingVisitor;

  constructor(source: TreeSource) {
    const anchors = new Anchors(source.tree);
    this.#context = { anchors, path: [...source.above], fields: [], ...source };
    this.#signs = new Signs(source.tree.source, source.facts.completesTags === true);
    this.#aliases = new AliasExpansion(source.tree, anchors);
    this.#scalars = new ScalarVisitor(this.#context);
    this.#mappings = new MappingVisitor(this.#context);
  }

  run(): readonly ImageField[] {
    const { tree, anchors, fields, facts, above } = this.#context;
    const { events, after, source } = tree;
    // An alias stands for what is elsewhere, and the user's own keys are no signs.
    const isOwn = (facts.own?.keys.size ?? 0) > 0;
    const isWhole = above.length > 0 || isOwn || anchors.hasAliases;
    const end = isWhole ? ALL : source.length;
    for (let index = 0; index < events.length; index = after[index] ?? events.length) {
      if (events[index]?.type !== EVENT_ID.DOCUMENT) continue;
      const at = enterDocument(this.#context, index + 1);
      if (at.kind !== "none") this.#visit(index + 1, at, end);
    }
    return anchors.settle(fields);
  }

  get #isFull(): boolean {
    return this.#context.fields.length > MOST_FIELDS;
  }

  #visit(index: number, at: Surroundings, end: number): void {
    if (this.#isFull) return;
    const event = this.#context.tree.events[index];
    if (isAlias(event))
      this.#aliases.expand(index, (target) => {
        this.#visit(target, at, ALL);
      });
    else if (isMapping(event)) this.#visitMapping(index, at, end);
    else if (isSequence(event)) this.#visitSequence(index, at, end);
  }

  #visitSequence(index: number, at: Surroundings, end: number): void {
    const { tree, path } = this.#context;
    const items = itemsOf(tree, index);
    for (const [position, item] of items.entries()) {
      const itemEnd = end === ALL ? ALL : this.#startOf(items[position + 1], end);
      if (itemEnd !== ALL && !this.#signs.anyIn(this.#startOf(item, itemEnd), itemEnd)) continue;
      path.push(position);
      if (tree.events[item]?.type === EVENT_ID.SCALAR) this.#visitItem(item, at);
      else this.#visitChild(item, at, itemEnd);
      path.pop();
    }
  }

  /** Where a node begins; where it is none, or an empty one, the end of what it stands in. */
  #startOf(index: number | undefined, otherwise: number): number {
    const event = index === undefined ? undefined : this.#context.tree.events[index];
    const start = startOf(event);
    return start < 0 ? otherwise : start;
  }

  /** An item may be a reference (GitLab's `services`), or a text that holds YAML (kustomize's patches). */
  #visitItem(index: number, at: Surroundings): void {
    const { tree, path } = this.#context;
    const key = path.at(-2);
    if (typeof key === "string") this.#scalars.visit(key, index, new Siblings(tree, []), at);
    visitString(this.#context, index, at, fieldsOfTree);
  }

  #visitMapping(index: number, outer: Surroundings, end: number): void {
    const { tree, path } = this.#context;
    const entries = entriesOf(tree, index);
    const at = path.length > outer.base ? enterResource(this.#context, outer, index, entries) : outer;
    if (isNotRun(at)) return;
    const taken = this.#mappings.visit(index, entries, at);
    this.#visitEntries(entries, new Siblings(tree, entries), at, end, taken);
  }

  /**
   * Visits the values of a mapping's own keys, or of those that it merges. `siblings` are all keys beside
   * them, `taken` the keys that have made a field already.
   */
  #visitEntries(
    entries: readonly Entry[],
    siblings: Siblings,
    at: Surroundings,
    end: number,
    taken?: ReadonlySet<number>,
  ): void {
    const { tree, path } = this.#context;
    for (const [position, entry] of entries.entries()) {
      const event = tree.events[entry.valueIndex];
      if (!event || entry.key.startsWith(ASSERTION) || this.#isFull) continue;
      if (entry.key === MERGE_KEY) {
        this.#visitMerged(entry.valueIndex, siblings, at);
        continue;
      }
      const valueEnd = this.#endOfValue(entries, position, end);
      path.push(entry.key);
      if (event.type === EVENT_ID.SCALAR || isAlias(event)) {
        // Its sign may be at a key beside it.
        if (taken?.has(entry.keyIndex) !== true)
          this.#scalars.visit(entry.key, entry.valueIndex, siblings, at);
        if (valueEnd !== NOTHING) visitString(this.#context, entry.valueIndex, at, fieldsOfTree);
      }
      if (event.type !== EVENT_ID.SCALAR && valueEnd !== NOTHING) {
        this.#visitChild(entry.valueIndex, at, valueEnd);
      }
      path.pop();
    }
  }

  /** Where the value of an entry ends, {@link ALL} or {@link NOTHING}. */
  #endOfValue(entries: readonly Entry[], position: number, end: number): number {
    const entry = entries[position];
    if (end === ALL || !entry) return ALL;
    const valueEnd = this.#startOf(entries[position + 1]?.keyIndex, end);
    const start = this.#startOf(entry.keyIndex, valueEnd);
    if (!this.#signs.anyIn(start, valueEnd)) return NOTHING;
    const valueStart = this.#startOf(entry.valueIndex, valueEnd);
    return this.#signs.anyIn(start, valueStart) ? ALL : valueEnd;
  }

  /** Merged keys have the path of the mapping that merges them. Its own keys win (YAML merge type). */
  #visitMerged(index: number, siblings: Siblings, at: Surroundings): void {
    const { tree } = this.#context;
    for (const source of mergeSources(tree, index)) {
      this.#aliases.expand(source, (target) => {
        if (!isMapping(tree.events[target])) return;
        const merged = entriesOf(tree, target).filter(
          (entry) => entry.key === MERGE_KEY || !siblings.has(entry.key),
        );
        this.#visitEntries(merged, new Siblings(tree, merged, siblings), at, ALL);
      });
    }
  }

  #visitChild(index: number, at: Surroundings, end: number): void {
    const { path } = this.#context;
    if (isExpected(at, path)) return;
    this.#visit(index, beginsValues(at, path) ? enterValues(this.#context, at, index) : at, end);
  }
}

function startOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return event.valueStart;
  return event !== undefined && "start" in event ? event.start : -1;
}
