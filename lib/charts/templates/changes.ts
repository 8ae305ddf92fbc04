// The functions of templates that change a mapping.
import { OTHER, choiceOf, mergedOf, type Value } from "./value.js";

const MERGES = /^(?:must)?[mM]erge(?:Overwrite)?$/;

/** Whether a function changes its first argument. */
export function isChanging(name: string): boolean {
  return name === "set" || name === "unset" || MERGES.test(name);
}

/**
 * What such a function makes.
 *
 * @param name the function's
 * @param args its arguments
 * @param isPerhaps whether it may not run
 * @returns the mapping, and the values of which it is not known any more what they hold
 */
export function changed(
  name: string,
  args: readonly Value[],
  isPerhaps: boolean,
): { readonly value: Value; readonly unknown: readonly Value[] } {
  const [target = OTHER, ...rest] = args;
  if (name === "set") return afterSet(target, rest, isPerhaps);
  if (name === "unset")
    return { value: target, unknown: target.kind === "mapping" ? [] : [keyed(target, rest[0])] };
  const overwrites = name.endsWith("Overwrite");
  // What is filled in or overwritten in values of the chart is read elsewhere, too.
  const changesValues = target.kind === "value" || target.kind === "choice" || target.kind === "root";
  if (target.kind === "mapping" && !overwrites) {
    target.under.push(...rest);
    return { value: target, unknown: [] };
  }
  const isFresh = target.kind === "mapping" && target.entries.size === 0 && target.under.length === 0;
  if (target.kind === "mapping" && isFresh && !isPerhaps) {
    target.under.push(...[...rest].reverse());
    return { value: target, unknown: [] };
  }
  const value = mergedOf(overwrites ? [...rest].reverse().concat(target) : [target, ...rest]);
  return { value, unknown: changesValues ? [target] : target.kind === "mapping" ? [...rest, target] : [] };
}

function afterSet(
  target: Value,
  [key = OTHER, value = OTHER]: readonly Value[],
  isPerhaps: boolean,
): { readonly value: Value; readonly unknown: readonly Value[] } {
  // A key of its own in the context: what reads it there is not followed.
  if (target.kind === "root" && key.kind === "known" && key.text !== "Values")
    return { value: target, unknown: [value] };
  if (target.kind !== "mapping") return { value: target, unknown: [keyed(target, key), value] };
  if (key.kind !== "known") return { value: target, unknown: [value, target] };
  const before = target.entries.get(key.text) ?? mergedOf(target.under.map((each) => at(each, key.text)));
  target.entries.set(
    key.text,
    isPerhaps
      ? choiceOf([
          { when: [], value },
          { when: [], value: before },
        ])
      : value,
  );
  return { value: target, unknown: [] };
}

/** What stands at a key that is changed; all of it where the key is not known. */
function keyed(target: Value, key: Value | undefined): Value {
  return key?.kind === "known" && target.kind !== "root" ? at(target, key.text) : target;
}

function at(target: Value, key: string): Value {
  if (target.kind === "value") return { kind: "value", path: [...target.path, key] };
  if (target.kind === "choice")
    return choiceOf(target.of.map(({ when, value }) => ({ when, value: at(value, key) })));
  return target;
}
