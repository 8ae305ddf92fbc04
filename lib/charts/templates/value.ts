// What an expression of a template stands for, as far as it comes from the chart's values: nothing is
// rendered, and no value is looked at.

/** The keys down to a value, from the chart's values' root. `*` is any item of a list, or any key. */
export type ValuePath = readonly string[];

export const ANY_KEY = "*";

/** The path that stands for whatever the root context holds. */
export const ROOT_PATH: ValuePath = [];

export type Value =
  /** A literal. */
  | { readonly kind: "known"; readonly text: string }
  /** `.Values.a.b`. */
  | { readonly kind: "value"; readonly path: ValuePath }
  | { readonly kind: "mapping"; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** What every template of the chart begins with: `.Values`, `.Chart`, `.Release`. */
  | { readonly kind: "root" }
  /** What a named template, or a function that puts texts together, makes. */
  | { readonly kind: "text"; readonly output: Output }
  /** One of several: which, only the values tell. */
  | { readonly kind: "either"; readonly of: readonly Value[] }
  /** Nothing of the values, or something that is not followed. */
  | { readonly kind: "other" };

/** What a template prints, one after the other. */
export type Output = readonly Piece[];

export type Piece =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "print"; readonly value: Value }
  /** Texts of which one is printed. `asked`: the first where this value is not empty, else the second. */
  | { readonly kind: "arms"; readonly arms: readonly Output[]; readonly asked?: ValuePath };

export const OTHER: Value = { kind: "other" };
export const ROOT: Value = { kind: "root" };

/** Thrown where a chart holds more than is looked at; the evaluator catches it. */
export class TooMuch extends Error {}

/** People write a few. */
const MOST_ALTERNATIVES = 500;

/**
 * One of some values; those that come from no value are not told apart.
 *
 * @throws {TooMuch} where there are very many
 */
export function either(values: readonly Value[]): Value {
  const flat = values.flatMap((value) => (value.kind === "either" ? value.of : [value]));
  const kept = [...new Set(flat)];
  const [first = OTHER] = kept;
  if (kept.length > MOST_ALTERNATIVES) throw new TooMuch();
  return kept.length <= 1 ? first : { kind: "either", of: kept };
}

/** What stands at a key of a value. */
export function fieldOf(value: Value, key: string): Value {
  switch (value.kind) {
    case "root":
      return key === "Values" ? { kind: "value", path: [] } : OTHER;
    case "value":
      return { kind: "value", path: [...value.path, key] };
    case "mapping":
      return value.entries.get(key) ?? OTHER;
    case "list":
      return either(value.items);
    case "either":
      return either(value.of.map((each) => fieldOf(each, key)));
    default:
      return OTHER;
  }
}

/** What `range` takes one by one. */
export function itemsOf(value: Value): Value {
  switch (value.kind) {
    case "value":
      return { kind: "value", path: [...value.path, ANY_KEY] };
    case "mapping":
      return either([...value.entries.values()]);
    case "list":
      return either(value.items);
    case "either":
      return either(value.of.map(itemsOf));
    default:
      return OTHER;
  }
}

/** How much is looked at to find what something holds: texts within texts can be very large. */
const MOST_VISITED = 20_000;

/**
 * The values that something holds, at any depth.
 *
 * @param value anything
 * @returns each once; {@link ROOT_PATH} for the root
 * @throws {TooMuch} where it holds too much to look at
 */
export function pathsIn(value: Value): readonly ValuePath[] {
  const found = new Map<string, ValuePath>();
  const waiting: (Value | Piece)[] = [value];
  let visited = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (++visited > MOST_VISITED) throw new TooMuch();
    if (next.kind === "value") found.set(JSON.stringify(next.path), next.path);
    else if (next.kind === "root") found.set("", ROOT_PATH);
    else waiting.push(...insideOf(next));
  }
  return [...found.values()];
}

function insideOf(of: Value | Piece): readonly (Value | Piece)[] {
  switch (of.kind) {
    case "mapping":
      return [...of.entries.values()];
    case "list":
      return of.items;
    case "either":
      return of.of;
    case "text":
      return of.output;
    case "print":
      return [of.value];
    case "arms":
      return of.arms.flat();
    default:
      return [];
  }
}

/** In characters. */
const LONGEST_NAME = 4000;

/**
 * A text that is the same for the same value.
 *
 * @throws {TooMuch} where it would be very long
 */
export function nameOf(value: Value): string {
  let name = "";
  const waiting: (Value | Piece | string)[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === "string") name += next;
    else {
      name += `${next.kind}(${ownName(next)}`;
      waiting.push(")", ...[...insideOf(next)].reverse());
    }
    if (name.length + waiting.length > LONGEST_NAME) throw new TooMuch();
  }
  return name;
}

function ownName(of: Value | Piece): string {
  switch (of.kind) {
    case "value":
      return JSON.stringify(of.path);
    case "known":
    case "literal":
      return JSON.stringify(of.text);
    case "mapping":
      return JSON.stringify([...of.entries.keys()]);
    case "arms":
      return JSON.stringify([of.asked, ...of.arms.map((arm) => arm.length)]);
    default:
      return "";
  }
}

/** A value in a text: what is printed of it. */
export function printed(value: Value): Piece {
  return value.kind === "known" ? { kind: "literal", text: value.text } : { kind: "print", value };
}
