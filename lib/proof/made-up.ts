// Values that stand for those which somebody would write who uses a chart.
import type { Segment } from "../vocabulary/path.js";
import { isMapping } from "./values.js";

/** What the names of keys say of their values. */
const BY_NAME: readonly (readonly [RegExp, unknown])[] = [
  [/^(?:enabled?|create|install|deploy)$/i, true],
  [/port$/i, 8080],
  [/ur[li]s?$|endpoint/i, "https://example.com"],
  [/host(?:name)?$|domain|server|address|fqdn/i, "example.com"],
  [/e-?mail/i, "someone@example.com"],
];

/** Whether a value counts as none, as in a template's `if`. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMapping(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
}

/**
 * A value that counts as one.
 *
 * @param path where it goes
 * @param current what stands there, which counts as none
 */
export function madeUp(path: readonly Segment[], current: unknown): unknown {
  const name = String(path.at(-1));
  const [, named] = BY_NAME.find(([pattern]) => pattern.test(name)) ?? [undefined, "example"];
  if (Array.isArray(current)) return [named];
  if (isMapping(current)) return { example: "example" };
  if (current === false) return true;
  return current === 0 ? 1 : named;
}

/** A value of the same kind that counts as none. `null` takes a mapping away. */
export function noneOf(current: unknown): unknown {
  if (Array.isArray(current)) return [];
  if (typeof current === "boolean") return false;
  if (typeof current === "number") return 0;
  return isMapping(current) ? null : "";
}
