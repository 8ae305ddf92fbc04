// Which of a chart's values a value of its templates holds, or depends on.
import type { Test } from "./condition.js";
import { insideOf, type Option, type Piece, type Value, type ValuePath } from "./value.js";
import { pay } from "./work.js";

/** A value of the chart that something holds. `isAsked`: only whether it is set, or what it begins with. */
export interface Held {
  readonly path: ValuePath;
  readonly isAsked: boolean;
  /** Set for the root of a chart, which holds all its values. */
  readonly isRoot?: true;
}

/**
 * The values that something holds, at any depth.
 *
 * @throws {TooMuch} where it holds too much to look at
 */
export function heldIn(value: Value): readonly Held[] {
  const found = new Map<string, Held>();
  const waiting: (Value | Piece)[] = [value];
  const seen = new Set<Value | Piece>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    pay(3);
    if (next.kind === "value") found.set(nameOfPath(next.path), { path: next.path, isAsked: false });
    else if (next.kind === "root" || next.kind === "subcharts")
      found.set(`root ${nameOfPath(next.base)}`, { path: next.base, isAsked: false, isRoot: true });
    else waiting.push(...insideOf(next));
    for (const { path, asks } of testsOf(next)) {
      const isAsked = asks === "";
      found.set(`${isAsked ? "asked " : ""}${nameOfPath(path)}`, { path, isAsked });
    }
  }
  return [...found.values()];
}

function testsOf(value: Value | Piece): readonly Test[] {
  if (value.kind === "choice") return value.of.flatMap(({ when }) => when);
  return value.kind === "test" ? [...value.truth.yes, ...value.truth.no].flat() : [];
}

const names = new WeakMap<ValuePath, string>();

/** A path as a text. */
export function nameOfPath(path: ValuePath): string {
  const known = names.get(path);
  if (known !== undefined) return known;
  const name = JSON.stringify(path);
  names.set(path, name);
  return name;
}

/** In characters. */
const LONGEST_NAME = 6000;

/**
 * A text that is the same for the same value; `undefined` where it would be very long.
 *
 * @throws {TooMuch} where there is more than is looked at
 */
export function nameOf(value: Value): string | undefined {
  const parts: string[] = [];
  let length = 0;
  const waiting: (Value | Piece | string)[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const name = typeof next === "string" ? next : `${next.kind}(${ownName(next)}`;
    pay(1 + (name.length >> 4));
    if (typeof next !== "string") waiting.push(")", ...[...insideOf(next)].reverse());
    parts.push(name);
    length += name.length;
    if (length + waiting.length > LONGEST_NAME) return undefined;
  }
  return parts.join("");
}

function ownName(of: Value | Piece): string {
  switch (of.kind) {
    case "value":
      return JSON.stringify([of.path, of.isTop]);
    case "root":
    case "subcharts":
      return nameOfPath(of.base);
    case "known":
      return JSON.stringify([of.text, of.isFalse]);
    case "literal":
      return JSON.stringify(of.text);
    case "mapping":
      return JSON.stringify([...of.entries.keys()]);
    case "choice":
      return JSON.stringify(of.of.map(({ when }: Option) => when));
    case "test":
      return JSON.stringify(of.truth);
    default:
      return "";
  }
}
