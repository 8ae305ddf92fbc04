// The first of some values that holds something.
import { and, type Conditions } from "./condition.js";
import { truthOf } from "./truth.js";
import { choiceOf, type Option, type Value } from "./value.js";

/**
 * The first of some values that is true, else the last one.
 *
 * @param values at least one
 */
export function firstOf(values: readonly Value[]): Value {
  return inTurn(values, "yes");
}

/** The first of some values that is false, else the last one. */
export function firstFalseOf(values: readonly Value[]): Value {
  return inTurn(values, "no");
}

function inTurn(values: readonly Value[], answer: "yes" | "no"): Value {
  const options: Option[] = [];
  let left: Conditions = [[]];
  for (const [at, value] of values.entries()) {
    const truth = truthOf(value);
    const when = at === values.length - 1 ? left : and(left, truth[answer]);
    for (const condition of when) options.push({ when: condition, value });
    left = and(left, truth[answer === "yes" ? "no" : "yes"]);
  }
  return choiceOf(options);
}
