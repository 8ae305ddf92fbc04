// When a template takes one way and when another: tests of values, as far as they are understood.
import type { Output, Value, ValuePath } from "./value.js";

/** A question to a value, and its answer. */
export interface Test {
  readonly path: ValuePath;
  /** `""`: is it set? `=x`: is it `x`? `^x`, `$x`, `~x`: does it begin with `x`, end with it, contain it? */
  readonly asks: string;
  readonly holds: boolean;
}

/** All of them hold. */
export type Condition = readonly Test[];

/** One of them holds. */
export type Conditions = readonly Condition[];

/** When something is true, and when it is false. Either may hold in more cases than it does to Helm. */
export interface Truth {
  readonly yes: Conditions;
  readonly no: Conditions;
}

export const ALWAYS: Conditions = [[]];
export const NEVER: Conditions = [];
export const UNKNOWN: Truth = { yes: ALWAYS, no: ALWAYS };
export const TRUE: Truth = { yes: ALWAYS, no: NEVER };
export const FALSE: Truth = { yes: NEVER, no: ALWAYS };

/** How many cases are told apart. */
const MOST_CASES = 8;
/** How deep is looked for what decides. */
const DEEPEST = 12;

/** Whether a value answers a question so. */
export function test(path: ValuePath, asks = ""): Truth {
  return { yes: [[{ path, asks, holds: true }]], no: [[{ path, asks, holds: false }]] };
}

/** Both conditions; `undefined` where they contradict each other. */
export function both(one: Condition, other: Condition): Condition | undefined {
  if (one.length === 0) return other;
  const added: Test[] = [];
  for (const each of other) {
    const same = one.find(({ path, asks }) => asks === each.asks && isSamePath(path, each.path));
    if (!same) added.push(each);
    else if (same.holds !== each.holds) return undefined;
  }
  return added.length === 0 ? one : [...one, ...added];
}

/** What both conditions have in common. */
export function common(one: Condition, other: Condition): Condition {
  return one.filter(({ path, asks, holds }) =>
    other.some((each) => each.asks === asks && each.holds === holds && isSamePath(each.path, path)),
  );
}

/** When one of some and one of others holds. */
export function and(one: Conditions, other: Conditions): Conditions {
  if (one.length * other.length > MOST_CASES) return one.length <= MOST_CASES ? one : ALWAYS;
  return one.flatMap((each) => other.map((its) => both(each, its)).filter((its) => its !== undefined));
}

/** When one of some or one of others holds. */
export function or(one: Conditions, other: Conditions): Conditions {
  const all = [...one, ...other];
  return all.length > MOST_CASES ? ALWAYS : all;
}

/** The opposite. */
export function not({ yes, no }: Truth): Truth {
  return { yes: no, no: yes };
}

/** When a value counts as true. */
export function truthOf(value: Value, depth = DEEPEST): Truth {
  if (depth === 0) return UNKNOWN;
  switch (value.kind) {
    case "known":
      return value.isFalse ? FALSE : TRUE;
    case "value":
      return test(value.path);
    case "test":
      return value.truth;
    case "root":
      return TRUE;
    case "mapping":
      return value.entries.size > 0 ? TRUE : UNKNOWN;
    case "list":
      return value.items.length > 0 ? TRUE : FALSE;
    case "text":
      return truthOfText(value.output, depth);
    case "choice":
      return value.of
        .map(({ when, value: each }) => {
          const { yes, no } = truthOf(each, depth - 1);
          return { yes: and([when], yes), no: and([when], no) };
        })
        .reduce((one, other) => ({ yes: or(one.yes, other.yes), no: or(one.no, other.no) }), {
          yes: NEVER,
          no: NEVER,
        });
    case "merged":
      return anyOf(value.of.map((each) => truthOf(each, depth - 1)));
    default:
      return UNKNOWN;
  }
}

function truthOfText(output: Output, depth: number): Truth {
  return anyOf(
    output.map((piece) =>
      piece.kind === "literal" ? (piece.text === "" ? FALSE : TRUE) : truthOf(piece.value, depth - 1),
    ),
  );
}

/** When one of some is true. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.reduce((one, other) => ({ yes: or(one.yes, other.yes), no: and(one.no, other.no) }), FALSE);
}

function isSamePath(one: ValuePath, other: ValuePath): boolean {
  return one.length === other.length && one.every((key, at) => key === other[at]);
}
