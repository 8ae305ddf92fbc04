// What a Chart.yaml says of the charts that its chart depends on.
import { load } from "js-yaml";
import { isChartName } from "./chart.js";

/** A chart that another one needs. */
export interface Dependency {
  readonly name: string;
  /** The key of its values in those of the chart: its alias, else its name. */
  readonly key: string;
  readonly version: string | undefined;
  /** Empty where it names none. */
  readonly repository: string;
  /** Paths in the chart's values, of which the first that is there says whether it is rendered. */
  readonly conditions: readonly string[];
  /** Keys of `tags` in the values, which say so where no condition does. */
  readonly tags: readonly string[];
}

/**
 * Reads a YAML file.
 *
 * @param text its text; `undefined` for a file that is not there
 * @returns the content of its one document; `undefined` where there is none; never throws
 */
export function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

/**
 * Lists the charts that a chart depends on.
 *
 * @param about the content of its Chart.yaml
 * @param requirements the content of its requirements.yaml, in which charts of Helm 2 name them
 * @returns those that have a name
 */
export function dependenciesIn(about: unknown, requirements: () => unknown): Dependency[] {
  const all = fieldOf(about, "dependencies") ?? fieldOf(requirements(), "dependencies");
  if (!Array.isArray(all)) return [];
  return all.flatMap((each: unknown) => {
    const name = textOf(each, "name");
    if (!isChartName(name)) return [];
    const version = textOf(each, "version");
    return [
      {
        name,
        key: textOf(each, "alias") || name,
        version: version === "" ? undefined : version,
        repository: textOf(each, "repository"),
        conditions: textOf(each, "condition")
          .split(",")
          .filter((path) => path !== ""),
        tags: textsOf(fieldOf(each, "tags")),
      },
    ];
  });
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** What a mapping has at a key of its own; `undefined` where it is no mapping. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** The text that a mapping has at a key; empty where there is none. A version may be written as a number. */
export function textOf(value: unknown, key: string): string {
  const text = fieldOf(value, key);
  return typeof text === "string" || typeof text === "number" ? String(text) : "";
}
