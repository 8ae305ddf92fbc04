// What is known of some values besides their text: the chart that they are for, and the schema that Helm holds them to.
import type { Settings } from "../settings/settings.js";
import { chartOfFile, verdictAt, type Chart, type ChartVerdict } from "./chart-of.js";
import { chartTemplates, type ChartTemplates } from "./chart-templates.js";
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { valuesSchema, type SchemaVerdict, type ValuesSchema } from "./values-schema.js";

/** The folder of a subchart, as its name and nothing else. */
const SUBCHART = /^[A-Za-z0-9][\w-]*$/;

/** Asked for each image; what is read of other files is read once, when first asked. */
export interface ValuesFacts {
  /** @param path of the image's mapping or scalar, from the values' root */
  verdict(path: readonly Segment[]): ChartVerdict | undefined;
  /** Whether a key of the mapping at a path may hold a text. */
  schema(path: readonly Segment[], key: string, text: string): SchemaVerdict;
  /** The template of the chart beside the values in which the tag of the mapping at a path stands without its repository. */
  elsewhere(path: readonly Segment[], tagKey: string, nameKey: string): string | undefined;
  /** The template of that chart which takes the reference in one string at a path apart. */
  takesApart(path: readonly Segment[]): string | undefined;
  /** Whether a template of the chart beside the values puts `sha256:` before a digest. */
  bareDigests(): boolean;
}

/**
 * What is known of a values file.
 *
 * @param filename the file's path
 * @param settings the user's
 * @param neighbour reads files beside it
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
  /** Asks the chart's templates, and those of the subchart that a path leads into. */
  const among = (
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
    elsewhere: (path, tagKey, nameKey) => among(path, (its, below) => its.elsewhere(below, tagKey, nameKey)),
    takesApart: (path) => among(path, (its, below) => its.takesApart(below)),
    bareDigests: () => neighbour?.("Chart.yaml") !== undefined && templatesIn("").bareDigests,
  };
}

/** What is known of values that a resource holds: its chart, perhaps, and no schema. */
export function valuesOfChart(chart: Chart | undefined): ValuesFacts {
  return {
    verdict: (path) => verdictOf(chart, path),
    schema: () => undefined,
    elsewhere: () => undefined,
    takesApart: () => undefined,
    bareDigests: () => false,
  };
}

function verdictOf(chart: Chart | undefined, path: readonly Segment[]): ChartVerdict | undefined {
  return chart && verdictAt(chart, path);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
