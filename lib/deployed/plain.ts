// Reads YAML into plain values, as kustomize and Skaffold read their own files. Errors are no answer.
import { loadAll } from "js-yaml";
import { parseEvents } from "../yaml/events.js";
import { entriesOf, isMapping as beginsMapping, isSequence, itemsOf } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";
import { readKeys, readSimple } from "./simple-yaml.js";
import { isNull } from "./simple-scalar.js";
import { isScalar, scalarQuote, scalarValue } from "../yaml/scalar.js";

/**
 * The documents of a YAML or JSON text.
 *
 * @param text a file's text
 * @returns their values, numbers and truths as texts where no parser was needed; none where the text cannot
 *   be read
 */
export function documentsOf(text: string): readonly unknown[] {
  const source = text.replace(/^\ufeff/, "");
  const simple = readSimple(source);
  return simple === undefined ? parsedDocumentsOf(source) : [simple];
}

/**
 * The same, with numbers and truths as such: always read by a parser.
 *
 * @param text a file's text
 */
export function parsedDocumentsOf(text: string): readonly unknown[] {
  try {
    return loadAll(text.replace(/^\ufeff/, ""));
  } catch {
    return [];
  }
}

/**
 * All keys of a text's first document, and what stands at some, with all scalars but `null` as texts. Where
 * a repository has a thousand files, this takes a tenth of the time of a parser.
 *
 * @param text a file's text
 * @param keys those at the top of the document whose values are wanted
 * @returns the others have `null`; `undefined` where the text is no mapping, or cannot be read
 */
export function keysOf(text: string, keys: ReadonlySet<string>): unknown {
  const source = text.replace(/^\ufeff/, "");
  const simple = readKeys(source, keys);
  if (simple !== undefined) return simple;
  // Aliases may stand for anything, at any depth.
  if (/[&*]/.test(source)) return documentsOf(text)[0];
  const result = parseEvents(source);
  if (!result.ok) return undefined;
  const tree: Tree = { source, events: result.events, after: result.after, path: [] };
  if (!beginsMapping(tree.events[1])) return undefined;
  return Object.fromEntries(
    entriesOf(tree, 1).map(({ key, valueIndex }) => [key, keys.has(key) ? plainAt(tree, valueIndex) : null]),
  );
}

function plainAt(tree: Tree, index: number): unknown {
  const event = tree.events[index];
  if (isScalar(event)) {
    const value = scalarValue(tree, event);
    return scalarQuote(event) === "" && isNull(value) ? null : value;
  }
  if (isSequence(event)) return itemsOf(tree, index).map((item) => plainAt(tree, item));
  return Object.fromEntries(
    entriesOf(tree, index).map(({ key, valueIndex }) => [key, plainAt(tree, valueIndex)]),
  );
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a key of a mapping.
 *
 * @param value anything; what is no mapping has no keys
 * @param key only the mapping's own keys count
 */
export function valueAt(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The items of a list; none where the value is no list. */
export function itemsAt(value: unknown, key: string): readonly unknown[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list : [];
}

/** The text at a key: of a scalar, as YAML reads it; empty where there is none. */
export function textAt(value: unknown, key: string): string {
  const text = valueAt(value, key);
  return typeof text === "string" ? text : typeof text === "number" ? String(text) : "";
}

/** The texts in the list at a key. */
export function textsAt(value: unknown, key: string): readonly string[] {
  return itemsAt(value, key).filter((item) => typeof item === "string");
}
