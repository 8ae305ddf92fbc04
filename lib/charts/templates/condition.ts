// When a template takes one way and when another: tests of values, as far as they are understood.
import type { ValuePath } from "./value-path.js";
import { pay } from "./work.js";

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

/** How many cases are told apart. */
const MOST_CASES = 8;

/** Whether a value answers a question so. */
export function test(path: ValuePath, asks = ""): Truth {
  return { yes: [[{ path, asks, holds: true }]], no: [[{ path, asks, holds: false }]] };
}

/** Both conditions; `undefined` where they contradict each other. */
function both(one: Condition, other: Condition): Condition | undefined {
  if (one.length === 0) return other;
  pay(1 + (one.length >> 1));
  const added: Test[] = [];
  for (const each of other) {
    const same = one.find(({ path, asks }) => asks === each.asks && isSamePath(path, each.path));
    if (!same) added.push(each);
    else if (same.holds !== each.holds) return undefined;
  }
  return added.length === 0 ? one : [...one, ...added];
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

function isSamePath(one: ValuePath, other: ValuePath): boolean {
  return one.length === other.length && one.every((key, at) => key === other[at]);
}
