// Values as plain data: read, joined as Helm joins them, and changed at one path.
import { dump, loadAll } from "js-yaml";
import type { Segment } from "../vocabulary/path.js";

export type Values = Record<string, unknown>;

/** More than any real chart has; aliases of aliases come to more. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 100;

/**
 * Reads values.
 *
 * @param text YAML
 * @returns a copy without aliases; why there are none, where it is no mapping or too large
 */
export function readValues(text: string): Values | string {
  try {
    // Helm reads the first document, and none where there are comments alone.
    return plainValues(loadAll(text.replace(/^\uFEFF/, ""))[0]);
  } catch {
    return "it is not YAML";
  }
}

/**
 * Copies values that a parser made, so that no alias is left.
 *
 * @param content what a YAML document holds
 * @returns the values; why there are none, where it is no mapping or too large
 */
export function plainValues(content: unknown): Values | string {
  if (content === undefined || content === null) return {};
  const budget = { left: MAX_NODES };
  const copy = copyOf(content, budget, 0);
  if (budget.left < 0) return "its values are too large";
  return isMapping(copy) ? copy : "it is no mapping";
}

/** Writes values as YAML. */
export function writeValues(values: Values): string {
  return dump(values, { noRefs: true, lineWidth: -1 });
}

/**
 * Joins values as Helm does: mappings key by key, `null` removes a key, anything else is replaced.
 *
 * @returns new values; neither argument is changed
 */
export function joinValues(under: Values, over: Values): Values {
  const joined: Values = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    if (value === null) Reflect.deleteProperty(joined, key);
    else set(joined, key, isMapping(value) && isMapping(below) ? joinValues(below, value) : value);
  }
  return joined;
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(values: unknown, path: readonly Segment[]): unknown {
  let at: unknown = values;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<Segment, unknown>)[step];
  }
  return at;
}

/**
 * Changes overriding values at a path. Helm replaces lists as a whole, so a list on the way is copied first.
 *
 * @param over what is changed
 * @param under the values that it overrides
 * @param path of the value
 * @param value the new one
 */
export function override(over: Values, under: Values, path: readonly Segment[], value: unknown): void {
  let holder: unknown = over;
  for (const [index, step] of path.entries()) {
    if (typeof holder !== "object" || holder === null) return;
    if (index === path.length - 1) {
      set(holder, step, value);
      return;
    }
    const there = Object.hasOwn(holder, step) ? (holder as Record<Segment, unknown>)[step] : undefined;
    if (typeof there !== "object" || there === null) {
      const before = valueAt(under, path.slice(0, index + 1));
      set(holder, step, Array.isArray(before) ? structuredClone(before) : {});
    }
    holder = (holder as Record<Segment, unknown>)[step];
  }
}

export function isMapping(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of input may be `__proto__`. */
function set(holder: object, key: Segment, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function copyOf(value: unknown, budget: { left: number }, depth: number): unknown {
  budget.left -= 1;
  if (budget.left < 0 || depth > MAX_DEPTH) {
    budget.left = -1;
    return undefined;
  }
  if (Array.isArray(value)) return value.map((each) => copyOf(each, budget, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (!isMapping(value)) return value;
  const copy: Values = {};
  for (const [key, each] of Object.entries(value)) set(copy, key, copyOf(each, budget, depth + 1));
  return copy;
}
