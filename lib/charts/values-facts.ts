// What is known of some values besides their text: their chart, its templates, and the schema beside them.
import type { Settings } from "../settings/settings.js";
import type { Chart } from "./chart.js";
import { chartOfFacts, chartOfFile } from "./chart-of-file.js";
import { chartTemplates } from "./chart-templates.js";
import { completionAt, type Completion } from "./completion.js";
import { lacks } from "./lacks.js";
import type { Neighbour } from "../neighbour.js";
import { namesAny, otherValues } from "./other-values.js";
import type { ImageKeys, ImageUses, ReferenceUses } from "./templates/image-uses.js";
import type { Segment } from "../vocabulary/path.js";
import { verdictAt, type ChartVerdict } from "./verdict.js";
import { valuesSchema, type SchemaVerdict, type ValuesSchema } from "./values-schema.js";

/** What is known of some values. Other files are read once, when an image first needs them. */
export interface ValuesFacts {
  /**
   * What the user's facts and the chart table say of an image.
   *
   * @param path of the image's mapping or scalar, from the values' root
   * @returns `undefined` where the chart is not known, or nothing is known of the image
   */
  verdict(path: readonly Segment[]): ChartVerdict | undefined;
  /**
   * What completes a tag to a reference, where the values name no repository beside it.
   *
   * @param path of the mapping that holds the tag, from the values' root
   * @returns `undefined` where no fact does, or where other values may name the repository
   */
  completion(path: readonly Segment[]): Completion | undefined;
  /**
   * Why nothing proves where an image's digest goes, for a report.
   *
   * @param path of the image's mapping, from the values' root
   */
  lacks(path: readonly Segment[]): string;
  /**
   * Whether the `values.schema.json` beside the values lets a key hold a text.
   *
   * @param path of the mapping that holds the key, from the values' root
   * @param key the key
   * @param text what would stand there
   */
  schema(path: readonly Segment[], key: string, text: string): SchemaVerdict;
  /** {@link ChartTemplates.image}; `undefined` where no chart stands beside the values. */
  templateImage(path: readonly Segment[], keys: ImageKeys): ImageUses | undefined;
  /** {@link ChartTemplates.reference}; the same. */
  templateReference(path: readonly Segment[]): ReferenceUses | undefined;
}

/**
 * What is known of a values file.
 *
 * @param filename the file's path
 * @param settings the user's
 * @param neighbour reads files beside it; without it, only the settings tell the chart
 * @param text the file's text
 */
export function valuesOfFile(
  filename: string,
  settings: Settings,
  neighbour: Neighbour | undefined,
  text: string,
): ValuesFacts {
  const chart = once(() => chartOfFile(filename, settings, neighbour));
  const templates = once(() => neighbour && chartTemplates(neighbour, text));
  const schema = once((): ValuesSchema | undefined => neighbour && valuesSchema(neighbour));
  const isOwn = once(() => neighbour?.("Chart.yaml") !== undefined);
  const verdict = (path: readonly Segment[]): ChartVerdict | undefined => verdictOf(chart(), path, settings);
  // What the chart gets besides, read when the first tag needs it.
  const others = once(() => neighbour && otherValues(filename, settings, neighbour));
  return {
    verdict,
    completion: (path) => completionOf(chart(), path, settings, others),
    lacks: (path) =>
      lacks({
        chart: chart(),
        isOwn: isOwn(),
        verdict: verdict(path),
      }),
    schema: (path, key, text) => schema()?.verdict(path, key, text),
    templateImage: (path, keys) => templates()?.image(path, keys),
    templateReference: (path) => templates()?.reference(path),
  };
}

/**
 * What is known of values inside a resource: there is no schema and there are no templates beside them.
 *
 * @param named the chart that the resource names, if it names one
 * @param filename the path of the file that holds the resource: the user's facts may know its source
 * @param settings the user's
 * @param isWhole whether the chart gets no other values
 */
export function valuesInResource(
  named: Chart | undefined,
  filename: string,
  settings: Settings,
  isWhole: boolean,
): ValuesFacts {
  const chart =
    named?.source === undefined ? (chartOfFacts(filename, settings, named?.name) ?? named) : named;
  const verdict = (path: readonly Segment[]): ChartVerdict | undefined => verdictOf(chart, path, settings);
  return {
    verdict,
    completion: (path) => completionOf(chart, path, settings, () => (isWhole ? [] : undefined)),
    lacks: (path) => lacks({ chart, isOwn: false, verdict: verdict(path) }),
    schema: () => undefined,
    templateImage: () => undefined,
    templateReference: () => undefined,
  };
}

function verdictOf(
  chart: Chart | undefined,
  path: readonly Segment[],
  { chartFacts }: Settings,
): ChartVerdict | undefined {
  return chart && verdictAt(chart, path, chartFacts);
}

function completionOf(
  chart: Chart | undefined,
  path: readonly Segment[],
  { chartFacts }: Settings,
  others: () => readonly unknown[] | undefined,
): Completion | undefined {
  const completion = chart && completionAt(chart, path, chartFacts);
  if (!completion) return undefined;
  const { defaults, keys } = completion;
  const parts = [keys.repository, ...Object.keys(defaults)];
  return others()?.every((values) => !namesAny(values, path, parts)) === true ? completion : undefined;
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
