// A document of a YAML file, walked by its keys: aliases and merge keys are followed, and steps are counted.
import { EVENT_ID, type Event } from "js-yaml";
import { entriesOf, isAlias, isMapping, isSequence, itemsOf, partAt, type Entry } from "../../yaml/node.js";
import { aliasTargets } from "../../yaml/alias-targets.js";
import { read } from "../../yaml/read.js";
import type { Reading, Tree } from "../../yaml/reading.js";
import { marked, unmarked } from "./marks.js";

/**
 * How many entries and items may be looked at in one file, for each of its events, and at most where it has
 * aliases, which can make a small file endless.
 */
const STEPS_PER_EVENT = 40;
const LEAST_STEPS = 50_000;
const MOST_STEPS = 1_000_000;
/** How many merge keys may lead from one to the next: they may form a circle. */
const DEEPEST_MERGE = 8;
/** Longer texts are no name, path or URL. */
const LONGEST_TEXT = 2_000;

interface Source {
  readonly file: string;
  readonly reading: Reading;
  /** With marks where an action prints text. */
  readonly tree: Tree;
  readonly targets: ReadonlyMap<number, number>;
  /** Shared by all trees of a file. */
  readonly steps: { left: number };
}

/** What stands at a place of a document. */
export interface YamlNode {
  readonly source: Source;
  /** Its event; of an alias, the event of what it refers to. */
  readonly index: number;
  /** The event that stands at the place itself. */
  readonly written: number;
  /** Which document of the file, from 0. */
  readonly document: number;
  readonly path: readonly (string | number)[];
  /** Keys that are still above it: a template's arm may be read without what surrounds it. */
  readonly above: readonly string[];
}

/** The documents of a file, and why there are not more. */
export interface Documents {
  readonly nodes: readonly YamlNode[];
  /** What could not be read, with its line. */
  readonly unread: readonly { readonly line: number; readonly what: string }[];
}

/**
 * Reads the documents of a file.
 *
 * @param file its path
 * @param text its text: YAML, JSON, or a template that makes YAML
 * @returns the roots of its documents; never throws, in linear time
 */
export function documentsOf(file: string, text: string): Documents {
  const reading = read(text.startsWith("\ufeff") ? text.slice(1) : text);
  const events = reading.trees.reduce((sum, tree) => sum + tree.events.length, 0);
  const aliases = reading.trees.some((tree) => tree.events.some(isAlias));
  const enough = LEAST_STEPS + STEPS_PER_EVENT * events;
  const steps = { left: aliases ? Math.min(MOST_STEPS, enough) : enough };
  const nodes = reading.trees.flatMap((tree) => {
    const source = { file, reading, tree: marked(tree, reading.actions), targets: aliasTargets(tree), steps };
    return rootsOf(tree).map((index, document): YamlNode => {
      const node = { source, index, written: index, document, path: [], above: tree.path };
      return node;
    });
  });
  const { error, notes } = reading;
  const unread = [
    ...(error ? [{ offset: error.offset, what: `is not YAML: ${error.message}` }] : []),
    ...notes.map(({ offset, reason }) => ({ offset, what: `is read in part only: ${reason}` })),
  ].map(({ offset, what }) => ({ line: reading.positionOf(offset).line, what }));
  return { nodes, unread };
}

/**
 * What stands at a path below a node.
 *
 * @param node any node
 * @param path keys of mappings, and indices of sequences
 * @returns `undefined` where nothing stands there
 */
export function at(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>(
    (found, step) =>
      found && (typeof step === "number" ? itemsAt(found)[step] : entryAt(found, step, found.path, 0)),
    node,
  );
}

/**
 * The text at a path below a node, as it is written: a number stays a text, and `{{ … }}` stays in it.
 *
 * @returns `undefined` for an empty text, null, a collection, and a text that is too long for a name
 */
export function textAt(
  node: YamlNode | undefined,
  ...path: readonly (string | number)[]
): string | undefined {
  const found = at(node, ...path);
  if (!found || found.above.length > 0) return undefined;
  const { tree } = found.source;
  const event = tree.events[found.index];
  if (event?.type !== EVENT_ID.SCALAR || event.valueEnd - event.valueStart > LONGEST_TEXT) return undefined;
  const part = partAt(tree, found.index);
  return part && unmarked(part.value, part.valueRange, found.source.reading);
}

/** The items of a sequence at a path below a node, in order; none where there is no sequence. */
export function itemsAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode[] {
  const found = at(node, ...path);
  if (!found) return [];
  const { source, index, above } = found;
  const [first, ...others] = above;
  if (first !== undefined)
    return /^\d+$/.test(first) ? [{ ...found, path: [...found.path, Number(first)], above: others }] : [];
  if (!isSequence(source.tree.events[index]) || source.steps.left <= 0) return [];
  const items = itemsOf(source.tree, index);
  source.steps.left -= items.length + 1;
  return items.map((item, step) => child(found, step, item));
}

/**
 * The entries of a mapping at a path below a node, its own before merged ones; none where there is no
 * mapping.
 */
export function entriesAt(
  node: YamlNode | undefined,
  ...path: readonly (string | number)[]
): (readonly [key: string, value: YamlNode])[] {
  const found = at(node, ...path);
  if (!found) return [];
  const [first, ...others] = found.above;
  if (first !== undefined) return [[first, { ...found, path: [...found.path, first], above: others }]];
  const entries = new Map<string, YamlNode>();
  addEntries(found, entries, 0);
  return [...entries];
}

/** Whether a node is a mapping. */
export function isMappingNode(node: YamlNode): boolean {
  return isMapping(node.source.tree.events[node.index]);
}

/** Whether a node is a text or a mapping, and not null: what can hold values. */
export function holdsSomething(node: YamlNode | undefined): node is YamlNode {
  if (!node) return false;
  if (isMappingNode(node)) return true;
  return partAt(node.source.tree, node.index) !== undefined;
}

/** The line at which a node stands, from 1. */
export function lineOf({ source, written }: YamlNode): number {
  const event = source.tree.events[written];
  return source.reading.positionOf(event ? offsetOf(event) : 0).line;
}

function offsetOf(event: Event): number {
  if ("start" in event) return event.start;
  if ("valueStart" in event && event.valueStart >= 0) return event.valueStart;
  return "anchorStart" in event ? event.anchorStart : 0;
}

function child(parent: YamlNode, step: string | number, written: number): YamlNode {
  const { source, document, path } = parent;
  const index = source.targets.get(written) ?? written;
  return { source, index, written, document, path: [...path, step], above: [] };
}

/** One entry, without nodes for all others. */
function entryAt(node: YamlNode, key: string, path: YamlNode["path"], depth: number): YamlNode | undefined {
  const { source, index, above } = node;
  if (above.length > 0) return entriesAt(node).find(([each]) => each === key)?.[1];
  if (!isMapping(source.tree.events[index]) || source.steps.left <= 0) return undefined;
  const entries = entriesOf(source.tree, index);
  source.steps.left -= entries.length + 1;
  const own = entries.find((entry) => entry.key === key);
  // What is merged stands at the path of the mapping that merges it.
  if (own) return child({ ...node, path }, key, own.valueIndex);
  if (depth >= DEEPEST_MERGE) return undefined;
  for (const merged of entries
    .filter((entry) => entry.key === "<<")
    .flatMap((entry) => mergedIn(node, entry))) {
    const found = entryAt(merged, key, path, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** The mappings of a merge key: one, or a list of them. */
function mergedIn(node: YamlNode, { key, valueIndex }: Entry): readonly YamlNode[] {
  const value = child(node, key, valueIndex);
  return isMappingNode(value) ? [value] : itemsAt(value);
}

function addEntries(node: YamlNode, found: Map<string, YamlNode>, depth: number): void {
  const { source, index } = node;
  if (!isMapping(source.tree.events[index]) || source.steps.left <= 0) return;
  const entries = entriesOf(source.tree, index);
  source.steps.left -= entries.length + 1;
  for (const { key, valueIndex } of entries)
    if (key !== "<<" && !found.has(key)) found.set(key, child(node, key, valueIndex));
  if (depth >= DEEPEST_MERGE) return;
  for (const entry of entries)
    if (entry.key === "<<")
      for (const merged of mergedIn(node, entry))
        addEntries({ ...merged, path: node.path }, found, depth + 1);
}

/** The first event of each document that is not empty. */
function rootsOf({ events, after }: Tree): number[] {
  const roots: number[] = [];
  for (let index = 0; index < events.length; index = after[index] ?? events.length)
    if (events[index]?.type === EVENT_ID.DOCUMENT) roots.push(index + 1);
  return roots;
}
