// Where a key that is not there yet is inserted into a mapping, so that comments and layout stay.
import { COLLECTION_STYLE, EVENT_ID } from "js-yaml";
import { scalarRange } from "../../yaml/scalar.js";
import type { Reading, Tree } from "../../yaml/reading.js";
import { touchesAction } from "../actions.js";
import type { Entry } from "../../yaml/node.js";

/** An insertion: at `offset`, `before` and then the value. */
export interface NewKeyPlace {
  readonly offset: number;
  readonly before: string;
}

/**
 * Finds the place for a new key.
 *
 * @param reading the file
 * @param tree the tree that holds the mapping
 * @param mapping the index of the mapping's event
 * @param after the entries behind which it goes: behind the last of them, its line and that line's comment;
 *   in a flow mapping behind the last pair
 * @param key the key's name, a plain scalar
 * @returns the place, or `undefined` where an action or a value over several lines leaves none that is surely
 *   right
 */
export function newKeyPlace(
  reading: Reading,
  tree: Tree,
  mapping: number,
  after: readonly Entry[],
  key: string,
): NewKeyPlace | undefined {
  const event = tree.events[mapping];
  if (event?.type !== EVENT_ID.MAPPING) return undefined;
  if (event.style === COLLECTION_STYLE.FLOW) {
    const offset = endOfFlowPairs(tree, mapping);
    return offset === undefined || touchesAction(reading, [offset, offset])
      ? undefined
      : { offset, before: `, ${key}: ` };
  }
  const last = after.reduce<Entry | undefined>(
    (latest, entry) => (latest && latest.keyIndex > entry.keyIndex ? latest : entry),
    undefined,
  );
  const keyEvent = last && tree.events[last.keyIndex];
  const end = last && endOfValue(tree, last.valueIndex);
  if (keyEvent?.type !== EVENT_ID.SCALAR || end === undefined) return undefined;
  const { text } = reading;
  const keyStart = scalarRange(keyEvent)[0];
  const lineStart = text.lastIndexOf("\n", keyStart - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline - (text[newline - 1] === "\r" ? 1 : 0);
  if (text.slice(keyStart, end).includes("\n") || touchesAction(reading, [lineStart, lineEnd]))
    return undefined;
  // `- image: x` puts its keys at the column behind the dash.
  const indent = " ".repeat(keyStart - lineStart);
  const lineBreak = text[lineEnd] === "\r" || (newline < 0 && text.includes("\r\n")) ? "\r\n" : "\n";
  return { offset: lineEnd, before: `${lineBreak}${indent}${key}: ` };
}

/**
 * The name of the key that an insertion adds: the last one, where it adds several.
 *
 * @param place the insertion
 */
export function nameOfNewKey({ before }: Pick<NewKeyPlace, "before">): string | undefined {
  return /([\w-]+):\s*$/.exec(before)?.[1];
}

function endOfValue(tree: Tree, index: number): number | undefined {
  const event = tree.events[index];
  if (event?.type === EVENT_ID.ALIAS) return event.anchorEnd;
  return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0 ? scalarRange(event)[1] : undefined;
}

/**
 * The offset behind the last pair of a flow mapping. No event has the closing brackets, so they are counted:
 * behind the last scalar stands one for each collection that ends there.
 */
function endOfFlowPairs(tree: Tree, mapping: number): number | undefined {
  const { events, after, source } = tree;
  let index = (after[mapping] ?? events.length) - 2;
  let depth = 0;
  while (index > mapping && events[index]?.type === EVENT_ID.POP) {
    depth++;
    index--;
  }
  const leaf = endOfValue(tree, index);
  if (leaf === undefined) return undefined;
  let offset = leaf;
  for (; depth > 0; depth--) {
    const gap = /^[\s,]*[\]}]/.exec(source.slice(offset, offset + 200));
    if (!gap) return undefined;
    offset += gap[0].length;
  }
  return offset;
}
