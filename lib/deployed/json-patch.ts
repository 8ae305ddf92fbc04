// What a JSON patch (RFC 6902) does to an image.
import type { Flow, Step } from "./flow.js";
import { textAt, valueAt } from "./plain.js";

/**
 * Applies the operations of a patch.
 *
 * @param operations the patch's list
 * @param flow the image
 * @param by the patch's file
 */
export function patchedByOperations(operations: readonly unknown[], flow: Flow, by: string): Flow {
  let now = flow;
  for (const operation of operations) {
    if (now.isGone) return now;
    now = applied(operation, now, by);
  }
  return now;
}

/**
 * The keys and indices of a JSON pointer (RFC 6901).
 *
 * @param pointer `/spec/containers/0/image`
 */
export function stepsOfPointer(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function applied(operation: unknown, flow: Flow, by: string): Flow {
  const op = textAt(operation, "op");
  if (op !== "add" && op !== "replace" && op !== "remove") return flow;
  const steps = stepsOfPointer(textAt(operation, "path"));
  const { path } = flow;
  if (steps.length === 0 || steps.length > path.length || !beginsWith(path, steps.slice(0, -1))) return flow;
  const last = steps.at(-1) ?? "";
  const own = path[steps.length - 1];
  if (typeof own === "number" && op !== "replace") {
    const position = /^\d+$/.test(last) ? Number(last) : Infinity;
    if (op === "add" ? position <= own : position < own)
      return { ...flow, path: withIndex(path, steps.length - 1, op === "add" ? own + 1 : own - 1) };
    if (op === "add") return flow;
  }
  if (String(own) !== last) return flow;
  const value = op === "remove" ? undefined : valueBelow(operation, path.slice(steps.length));
  return typeof value === "string" ? { ...flow, text: value, by } : { ...flow, by, isGone: true };
}

function valueBelow(operation: unknown, path: readonly Step[]): unknown {
  let value = valueAt(operation, "value");
  for (const step of path)
    value = Array.isArray(value) ? (value[Number(step)] as unknown) : valueAt(value, String(step));
  return value;
}

function beginsWith(path: readonly Step[], steps: readonly string[]): boolean {
  return steps.every((step, index) => String(path[index]) === step);
}

function withIndex(path: readonly Step[], at: number, index: number): readonly Step[] {
  return path.map((step, position) => (position === at ? index : step));
}
