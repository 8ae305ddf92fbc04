// Types of values, as Go's encoding/json reads them into a struct: nothing (`null`) is a value of every type.
import { isMapping } from "./plain.js";

/** Whether a value is of some type. */
export type Form = (value: unknown) => boolean;

/** The keys of a mapping, and the type of each one's value. */
export type Forms = Readonly<Record<string, Form>>;

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Whatever there is. */
export const anything: Form = () => true;

/** A text. A number is none: `newTag: 1.10`. */
export const text: Form = (value) => typeof value === "string" || isNothing(value);

/** A text that is not empty. */
export const nameText: Form = (value) => typeof value === "string" && value !== "";

/** A whole number of 64 bits. */
export const whole: Form = (value) =>
  isNothing(value) || (Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63);

/** True or false. */
export const truth: Form = (value) => typeof value === "boolean" || isNothing(value);

/** The same type, and a value must be there. */
export function given(form: Form): Form {
  return (value) => !isNothing(value) && form(value);
}

/** A list. */
export function listOf(form: Form): Form {
  return (value) => isNothing(value) || (Array.isArray(value) && value.every(form));
}

/** A mapping with any keys. */
export function mapOf(form: Form): Form {
  return (value) => isNothing(value) || (isMapping(value) && Object.values(value).every(form));
}

/**
 * A mapping with these keys and no others.
 *
 * @param forms by key; case does not count
 * @param needed the keys that must be there, also where the whole mapping is nothing
 */
export function record(forms: Forms, needed: readonly string[] = []): Form {
  const all = Object.entries(forms);
  // By the usual case too, which needs no change.
  const known = new Map([...all, ...all.map(([key, form]) => [key.toLowerCase(), form] as const)]);
  return (value) => {
    if (isNothing(value)) return needed.length === 0;
    if (!isMapping(value)) return false;
    for (const key of Object.keys(value))
      if ((known.get(key) ?? known.get(key.toLowerCase()))?.(value[key]) !== true) return false;
    return needed.length === 0 || hasAll(value, needed);
  };
}

function hasAll(mapping: Readonly<Record<string, unknown>>, needed: readonly string[]): boolean {
  const keys = new Set(Object.keys(mapping).map((key) => key.toLowerCase()));
  return needed.every((key) => keys.has(key.toLowerCase()));
}
