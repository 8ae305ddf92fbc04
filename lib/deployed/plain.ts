// Reads YAML into plain values, as kustomize and Skaffold read their own files. Errors are no answer.
import { loadAll } from "js-yaml";
import { readSimple } from "./simple-yaml.js";

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
  return simple === undefined ? (readLeniently(source, parsed) ?? []) : [simple];
}

function parsed(source: string): readonly unknown[] | undefined {
  try {
    return loadAll(source);
  } catch {
    return undefined;
  }
}

/** Go's parsers read it, also where it closes what an entry of a mapping is. */
const BRACKET = /^[\]}]/gm;

/**
 * Reads a text as it is, and where that fails with the brackets moved that begin a line.
 *
 * @param source YAML
 * @param read gives `undefined` where it cannot read a text
 */
export function readLeniently<Value>(
  source: string,
  read: (source: string) => Value | undefined,
): Value | undefined {
  const value = read(source);
  return value === undefined && source.search(BRACKET) >= 0 ? read(source.replace(BRACKET, " $&")) : value;
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
