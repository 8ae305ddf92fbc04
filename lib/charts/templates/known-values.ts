// What a chart's values hold, as far as it is known.
import type { ValuePath } from "./value.js";

/**
 * The text at a path: `""` where there is surely nothing that counts, `undefined` where that is not known, or
 * where a mapping or list stands.
 */
export type KnownValues = (path: ValuePath) => string | undefined;

/** Nothing is known. */
export const NO_VALUES: KnownValues = () => undefined;

/** Values files of a chart and of its subcharts. */
export interface ValuesFiles {
  /** Parsed, from the one that overrides the others to the chart's own `values.yaml`. */
  readonly own: readonly unknown[];
  /** Those of the subcharts, with the key that their values stand at. */
  readonly subcharts: readonly { readonly base: ValuePath; readonly content: unknown }[];
}

/**
 * Looks values up.
 *
 * @param files the values files of the chart
 */
export function knownValues({ own, subcharts }: ValuesFiles): KnownValues {
  return (path) => {
    if (path.includes("*")) return undefined;
    for (const file of own) {
      const found = at(file, path);
      if (found !== undefined) return textOf(found);
    }
    for (const { base, content } of subcharts) {
      // What one subchart sets for itself is not seen by another one.
      if (path[0] === "global" && at(content, path) !== undefined) return undefined;
      if (!base.every((key, index) => key === path[index])) continue;
      const found = at(content, path.slice(base.length));
      if (found !== undefined) return textOf(found);
    }
    return "";
  };
}

/** What stands at a path of a parsed file; `undefined` for nothing. */
export function at(value: unknown, [key, ...rest]: ValuePath): unknown {
  if (key === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return at((value as Readonly<Record<string, unknown>>)[key], rest);
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === false || value === 0) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" || value === true ? String(value) : undefined;
}
