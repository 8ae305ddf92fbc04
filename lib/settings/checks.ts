// The small checks of which the checks of the settings are made.

/** Checks a value. Returns the value to keep, or a {@link Wrong} that says what the value must be. */
export type Check = (value: unknown) => unknown;

/** What a setting must be, where it is something else. */
export class Wrong {
  /**
   * @param must completes the sentence "… must be …"
   * @param at the path from the setting to the wrong value, such as `[0].reason`
   */
  constructor(
    readonly must: string,
    readonly at = "",
  ) {}
}

/** A user's key as a step of a path. It is on one line, whatever the key holds. */
export function step(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Whether a value is an object that is neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Makes a check for one of some words. */
export function oneOf(...words: readonly string[]): Check {
  return (value) =>
    typeof value === "string" && words.includes(value)
      ? value
      : new Wrong(`one of ${words.map((word) => `"${word}"`).join(", ")}`);
}

/** Makes a check for a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number, must: string): Check {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? value
      : new Wrong(must);
}

/** Makes a check for an array whose items all pass a check. */
export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return new Wrong("an array");
    const kept: unknown[] = [];
    for (const [index, item] of value.entries()) {
      const one = check(item);
      if (one instanceof Wrong) return new Wrong(one.must, `[${String(index)}]${one.at}`);
      kept.push(one);
    }
    return kept;
  };
}

/** Reads a text, or an array of texts, as an array; `undefined` for anything else and for empty texts. */
export function textsIn(value: unknown): readonly string[] | undefined {
  const list: unknown = typeof value === "string" ? [value] : value;
  return Array.isArray(list) &&
    list.length > 0 &&
    list.every((item): item is string => typeof item === "string" && item !== "")
    ? list
    : undefined;
}

/** Makes a check for a path. */
export function path(of: "a file" | "a folder"): Check {
  return (value) =>
    typeof value === "string" && value !== "" && !value.includes("\0")
      ? value
      : new Wrong(`the path of ${of}`);
}

/** Checks a setting that is on or off. */
export function flag(value: unknown): unknown {
  return typeof value === "boolean" ? value : new Wrong("true or false");
}
