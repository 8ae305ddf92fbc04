// What is known of some values besides their text: their chart, its templates, and the schema beside them.
import type { Settings } from "../settings/settings.js";
import type { Chart } from "./chart.js";
import { chartOfFile } from "./chart-of-file.js";
import { chartTemplates, type ChartTemplates } from "./chart-templates.js";
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { verdictAt, type ChartVerdict } from "./verdict.js";
import { valuesSchema, type SchemaVerdict, type ValuesSchema } from "./values-schema.js";

/** A key that can name a subchart's folder: a bare name, because it becomes part of a path. */
const SUBCHART = /^[A-Za-z0-9][\w-]*$/;

/** What is known of some values. Other files are read once, when an image first needs them. */
export interface ValuesFacts {
  /**
   * What the chart table says of an image.
   *
   * @param path of the image's mapping or scalar, from the values' root
   * @returns `undefined` where the chart is not known, or the table has no row for the image
   */
  verdict(path: readonly Segment[]): ChartVerdict | undefined;
  /**
   * Whether the `values.schema.json` beside the values lets a key hold a text.
   *
   * @param path of the mapping that holds the key, from the values' root
   * @param key the key
   * @param text what would stand there
   */
  schema(path: readonly Segment[], key: string, text: string): SchemaVerdict;
  /** {@link ChartTemplates.usingTag}, of the chart and of the subchart that the path leads into. */
  templateUsingTag(path: readonly Segment[], tagKey: string, nameKey: string): string | undefined;
  /** {@link ChartTemplates.splitting}, of the chart and of the subchart that the path leads into. */
  templateSplitting(path: readonly Segment[]): string | undefined;
  /** Whether a template of the chart beside the values puts `sha256:` before a digest. */
  templatesAddSha256(): boolean;
}

/**
 * What is known of a values file.
 *
 * @param filename the file's path
 * @param settings the user's
 * @param neighbour reads files beside it; without it, only the settings tell the chart
 */
export function valuesOfFile(
  filename: string,
  settings: Settings,
  neighbour: Neighbour | undefined,
): ValuesFacts {
  const chart = once(() => chartOfFile(filename, settings, neighbour));
  const templates = new Map<string, ChartTemplates>();
  const templatesIn = (folder: string): ChartTemplates => {
    const known = templates.get(folder) ?? chartTemplates(neighbour ?? (() => undefined), folder);
    templates.set(folder, known);
    return known;
  };
  const inTemplates = (
    path: readonly Segment[],
    ask: (its: ChartTemplates, below: readonly Segment[]) => string | undefined,
  ): string | undefined => {
    if (neighbour?.("Chart.yaml") === undefined) return undefined;
    const [first] = path;
    return (
      ask(templatesIn(""), path) ??
      (typeof first === "string" && SUBCHART.test(first)
        ? ask(templatesIn(`charts/${first}/`), path.slice(1))
        : undefined)
    );
  };
  const schema = once((): ValuesSchema | undefined => neighbour && valuesSchema(neighbour));
  return {
    verdict: (path) => verdictOf(chart(), path),
    schema: (path, key, text) => schema()?.verdict(path, key, text),
    templateUsingTag: (path, tagKey, nameKey) =>
      inTemplates(path, (its, below) => its.usingTag(below, tagKey, nameKey)),
    templateSplitting: (path) => inTemplates(path, (its, below) => its.splitting(below)),
    templatesAddSha256: () => neighbour?.("Chart.yaml") !== undefined && templatesIn("").addSha256,
  };
}

/**
 * What is known of values inside a resource: there is no schema and there are no templates beside them.
 *
 * @param chart the chart that the resource names, if it names one
 */
export function valuesOfChart(chart: Chart | undefined): ValuesFacts {
  return {
    verdict: (path) => verdictOf(chart, path),
    schema: () => undefined,
    templateUsingTag: () => undefined,
    templateSplitting: () => undefined,
    templatesAddSha256: () => false,
  };
}

function verdictOf(chart: Chart | undefined, path: readonly Segment[]): ChartVerdict | undefined {
  return chart && verdictAt(chart, path);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
