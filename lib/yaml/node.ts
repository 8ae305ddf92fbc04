// Reads a tree of events in place: the entries of a mapping, the items of a sequence, the value of a scalar.
import { EVENT_ID, type Event } from "js-yaml";
import { aliasTargets } from "./alias-targets.js";
import {
  isEmptyScalar,
  isScalar,
  scalarQuote,
  scalarRange,
  scalarValue,
  scalarValueRange,
  type WrittenScalar,
} from "./scalar.js";
import type { Tree } from "./reading.js";

/** One `key: value` of a mapping: the key's text, and where key and value begin among the events. */
export interface Entry {
  readonly key: string;
  readonly keyIndex: number;
  readonly valueIndex: number;
}

/** Whether an event begins a mapping. */
export function isMapping(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.MAPPING;
}

/** Whether an event begins a sequence. */
export function isSequence(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.SEQUENCE;
}

/**
 * The entries of a mapping whose keys are scalars, or aliases of scalars (`*app :`).
 *
 * @param tree the tree that holds it
 * @param mapping the index of its event
 * @returns its entries in order, with repeated keys; entries with keys of another kind are left out
 */
export function entriesOf(tree: Tree, mapping: number): Entry[] {
  const { events, after } = tree;
  const end = (after[mapping] ?? events.length) - 1;
  const entries: Entry[] = [];
  let index = mapping + 1;
  while (index < end) {
    const written = events[index];
    const target = isAlias(written) ? aliasTargets(tree).get(index) : undefined;
    const key = target === undefined ? written : events[target];
    const valueIndex = after[index] ?? end;
    if (isScalar(key)) entries.push({ key: scalarValue(tree, key), keyIndex: index, valueIndex });
    index = after[valueIndex] ?? end;
  }
  return entries;
}

/**
 * The items of a sequence.
 *
 * @param tree the tree that holds it
 * @param sequence the index of its event
 * @returns the indices at which its items begin
 */
export function itemsOf(tree: Tree, sequence: number): number[] {
  const { events, after } = tree;
  const end = (after[sequence] ?? events.length) - 1;
  const items: number[] = [];
  for (let index = sequence + 1; index < end; index = after[index] ?? end) items.push(index);
  return items;
}

/** Whether an event is an alias, such as `*name`. */
export function isAlias(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.ALIAS;
}

/**
 * Reads a scalar that may be a part of a reference.
 *
 * @param tree the tree that holds it
 * @param index the index of its event
 * @returns the scalar, or `undefined` for null, an empty text, and nodes of another kind
 */
export function partAt(tree: Tree, index: number): WrittenScalar | undefined {
  const event = tree.events[index];
  if (!isScalar(event) || isEmptyScalar(event)) return undefined;
  const quote = scalarQuote(event);
  const value = scalarValue(tree, event).trim();
  if (value === "" || (quote === "" && /^(?:~|null|Null|NULL)$/.test(value))) return undefined;
  return { value, range: scalarRange(event), valueRange: scalarValueRange(event), quote };
}
