// Values of a chart, and the files beside them, for tests of what is known of a chart.
import { digestOf, fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";

/** A digest, and its digits. */
export const D = digestOf("a");
export const HEX = "a".repeat(64);

/** An image in a chart's values. */
export const IMAGE = "image:\n  repository: quay.io/corp/tool\n  tag: v1.2.3\n";

/** The files beside a values file, by their paths. */
export function beside(files: Readonly<Record<string, string>>): (path: string) => string | undefined {
  return (path) => (Object.hasOwn(files, path) ? files[path] : undefined);
}

/** A text whose lines stand further to the right, by so many spaces. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

/** The image of {@link IMAGE} below each of some keys. */
export function imagesAt(...keys: readonly string[]): string {
  return keys.map((key) => `${key}:\n${indent(IMAGE, 2)}`).join("");
}

/** The chart that each image in a text is found to be of. */
export function chartOf(
  text: string,
  filename = "values.yaml",
  settings = settingsOf(),
  neighbour?: (path: string) => string | undefined,
): readonly (string | undefined)[] {
  return fieldsOf(text, filename, settings, neighbour).map((field) => field.chart);
}
