// What an expression of a template stands for, as far as it comes from the chart's values: nothing is
// rendered, and no value is looked at.
import type { Condition, Truth } from "./condition.js";
import type { ValuePath } from "./value-path.js";
import { TooMuch, pay } from "./work.js";

export type { ValuePath };

export const ANY_KEY = "*";

export type Value =
  /** A literal. `isFalse`: it counts as false, as `false`, `0` and `""` do. */
  | { readonly kind: "known"; readonly text: string; readonly isFalse: boolean }
  /** `.Values.a.b`. `isTop`: it is `.Values` itself, of the chart or of a subchart. */
  | { readonly kind: "value"; readonly path: ValuePath; readonly isTop?: true }
  | MappingValue
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** What every template begins with: `.Values`, `.Chart`, `.Release`. `base`: a subchart's key. */
  | { readonly kind: "root"; readonly base: ValuePath }
  /** The `.Subcharts` of a chart. */
  | { readonly kind: "subcharts"; readonly base: ValuePath }
  /** What a named template, or a function that puts texts together, makes. */
  | { readonly kind: "text"; readonly output: Output }
  /** One of several, each under a condition. */
  | { readonly kind: "choice"; readonly of: readonly Option[] }
  /** Mappings in one another: of each key, the first that holds something. */
  | { readonly kind: "merged"; readonly of: readonly Value[] }
  /** A value as YAML or JSON. */
  | { readonly kind: "yaml"; readonly of: Value }
  /** True or false. */
  | { readonly kind: "test"; readonly truth: Truth }
  /** Nothing of the values, or something that is not followed. */
  | { readonly kind: "other" };

/** A mapping that the templates make; `set` and `merge` change it. */
interface MappingValue {
  readonly kind: "mapping";
  readonly entries: Map<string, Value>;
  /** Mappings that fill in what it lacks. */
  readonly under: Value[];
}

export interface Option {
  readonly when: Condition;
  readonly value: Value;
}

/** What a template prints, one after the other. */
export type Output = readonly Piece[];

export type Piece =
  { readonly kind: "literal"; readonly text: string } | { readonly kind: "print"; readonly value: Value };

export const OTHER: Value = { kind: "other" };

/** A text that stands in a template. */
export function known(text: string): Value {
  return { kind: "known", text, isFalse: text === "" };
}

/** What is printed, as a value. */
export function textOf(output: Output): Value {
  return { kind: "text", output };
}

/**
 * One of some values, each under a condition.
 *
 */
export function choiceOf(options: readonly Option[]): Value {
  const [only] = options;
  pay(options.length);
  if (only && options.every(({ value }) => value === only.value)) return only.value;
  return options.length === 0 ? OTHER : { kind: "choice", of: options };
}

/** One of some values; nothing is known of which. */
export function either(values: readonly Value[]): Value {
  pay(values.length);
  return choiceOf([...new Set(values)].map((value) => ({ when: [], value })));
}

/**
 * What stands at a key of a value.
 *
 * @throws {TooMuch} where a mapping fills in itself
 */
export function fieldOf(value: Value, key: string): Value {
  return fieldIn(value, key, new Map());
}

/** `seen`: what was found in values, or is looked for: the same one may stand in many others. */
function fieldIn(value: Value, key: string, seen: Seen): Value {
  switch (value.kind) {
    case "root":
      if (key === "Subcharts") return { kind: "subcharts", base: value.base };
      return key === "Values" ? { kind: "value", path: value.base, isTop: true } : OTHER;
    case "subcharts":
      return { kind: "root", base: [...value.base, key] };
    case "value":
      return fieldOfValue(value, key);
    case "list":
      return /^\d+$/.test(key) ? (value.items[Number(key)] ?? OTHER) : either(value.items);
    case "mapping":
      return once(value, seen, () =>
        mergedOf([value.entries.get(key), ...value.under.map((each) => fieldIn(each, key, seen))]),
      );
    case "choice":
      return once(value, seen, () =>
        choiceOf(value.of.map(({ when, value: each }) => ({ when, value: fieldIn(each, key, seen) }))),
      );
    case "merged":
      return once(value, seen, () => mergedOf(value.of.map((each) => fieldIn(each, key, seen))));
    default:
      return OTHER;
  }
}

type Seen = Map<Value, Value | undefined>;

/** Looks at a value once: what is put together of itself again and again has no end. */
function once(value: Value, seen: Seen, make: () => Value): Value {
  const before = seen.get(value);
  if (before) return before;
  if (seen.has(value)) throw new TooMuch();
  pay();
  seen.set(value, undefined);
  const made = make();
  seen.set(value, made);
  return made;
}

/** Methods of Helm's type `Values`: all of it. */
const METHODS: ReadonlySet<string> = new Set(["AsMap", "YAML", "Table", "PathValue", "Encode"]);

function fieldOfValue(value: Extract<Value, { kind: "value" }>, key: string): Value {
  if (value.isTop !== true) return { kind: "value", path: [...value.path, key] };
  if (METHODS.has(key)) return key === "AsMap" ? value : { kind: "yaml", of: value };
  // All charts have one `global`.
  return { kind: "value", path: key === "global" ? [key] : [...value.path, key] };
}

/** Mappings in one another, of which the first wins. */
export function mergedOf(values: readonly (Value | undefined)[]): Value {
  pay(values.length);
  const of = [...new Set(values)].filter((value) => value !== undefined);
  const [only = OTHER] = of;
  return of.length <= 1 ? only : { kind: "merged", of };
}

/**
 * What `range` takes one by one.
 *
 * @throws {TooMuch} where a mapping fills in itself
 */
export function itemsOf(value: Value): Value {
  return itemsIn(value, new Map());
}

function itemsIn(value: Value, seen: Seen): Value {
  switch (value.kind) {
    case "value":
      return { kind: "value", path: [...value.path, ANY_KEY] };
    case "list":
      return either(value.items);
    case "mapping":
      return once(value, seen, () =>
        either([...value.entries.values(), ...value.under.map((each) => itemsIn(each, seen))]),
      );
    case "choice":
      return once(value, seen, () =>
        choiceOf(value.of.map(({ when, value: each }) => ({ when, value: itemsIn(each, seen) }))),
      );
    case "merged":
      return once(value, seen, () => either(value.of.map((each) => itemsIn(each, seen))));
    default:
      return OTHER;
  }
}

/** How many items of a list are looked at one by one. */
const MOST_ROUNDS = 12;

/**
 * What `range` takes one by one, each item by itself where the template lists a few.
 *
 * @throws {TooMuch} where a mapping fills in itself
 */
export function roundsOf(value: Value): readonly Value[] {
  const its =
    value.kind === "list"
      ? value.items
      : value.kind === "mapping" && value.under.length === 0
        ? [...value.entries.values()]
        : [];
  return its.length > 0 && its.length <= MOST_ROUNDS ? its : [itemsOf(value)];
}

/** A value in a text: what is printed of it. */
export function printed(value: Value): Piece {
  return value.kind === "known" ? { kind: "literal", text: value.text } : { kind: "print", value };
}

/** The values directly in a value or a text. */
export function insideOf(of: Value | Piece): readonly (Value | Piece)[] {
  switch (of.kind) {
    case "mapping":
      return [...of.entries.values(), ...of.under];
    case "list":
      return of.items;
    case "choice":
      return of.of.map(({ value }) => value);
    case "merged":
      return of.of;
    case "text":
      return of.output;
    case "yaml":
      return [of.of];
    case "print":
      return [of.value];
    default:
      return [];
  }
}
