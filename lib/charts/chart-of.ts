// Which chart some values are for, and what the chart table says of an image in them.
import { load } from "js-yaml";
import { matchesFile } from "../exempt.js";
import type { Settings } from "../settings/settings.js";
import { CHART_ROWS, PUBLISHERS, type ChartImages, type ChartRow } from "./table.js";
import type { Neighbour } from "../neighbour.js";
import { matchesPath, type Segment } from "../vocabulary/path.js";

/** A chart, as something names it. */
export interface Chart {
  readonly name: string;
  /** A key of the table's publishers; `undefined` where nothing tells, `""` for one that the table does not know. */
  readonly publisher?: string | undefined;
  /** The subchart whose values stand at a key of this chart's. */
  readonly subchart: (key: string) => Chart | undefined;
}

/** What the table says of one image. */
export interface ChartVerdict {
  readonly chart: string;
  readonly images: ChartImages;
  /** Whether the name can mean no other chart. */
  readonly certain: boolean;
}

/** Subcharts of subcharts of … end here; a Chart.yaml is input. */
const MAX_DEPTH = 4;
/** A chart's name, as Chart.yaml has it: no path. */
const NAME = /^[A-Za-z0-9][\w.-]*$/;

/**
 * The chart that a values file is for.
 *
 * @param filename the file's path
 * @param settings the user's; the first entry of `charts` whose globs match decides
 * @param neighbour reads a `Chart.yaml` beside the file
 * @returns the chart, or `undefined` where nothing says; a folder's name proves nothing
 */
export function chartOfFile(
  filename: string,
  settings: Settings,
  neighbour: Neighbour | undefined,
): Chart | undefined {
  const rule = settings.charts.find(({ files }) => matchesFile(filename, files));
  if (rule) return chartNamed(rule.chart);
  return neighbour && chartBeside("", neighbour, 0);
}

/**
 * The chart of a name as a user writes it.
 *
 * @param text `name` or `publisher/name`
 */
export function chartNamed(text: string): Chart {
  const [publisher, name] = text.includes("/")
    ? [text.slice(0, text.indexOf("/")), text.slice(text.indexOf("/") + 1)]
    : [undefined, text];
  return chart(name, publisher === undefined ? undefined : publisherCalled(publisher, name));
}

/**
 * The chart of a name from a repository.
 *
 * @param name the chart's name; one that holds a `/` is a folder, and proves nothing
 * @param source the repository's URL, or the name that a user gave it
 */
export function chartFrom(name: string, source: string): Chart | undefined {
  if (!NAME.test(name)) return undefined;
  const called = publisherCalled(source, name);
  return chart(name, publisherIn(source) ?? (called === "" ? undefined : called));
}

/**
 * What the table says of an image of a chart.
 *
 * @param values the chart whose values they are
 * @param path the path of the image's mapping or scalar, from the values' root
 * @returns the verdict of the chart or subchart that the path leads into; `undefined` where the table has none
 */
export function verdictAt(values: Chart, path: readonly Segment[]): ChartVerdict | undefined {
  let at = values;
  let below = path;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const [key] = below;
    const sub = typeof key === "string" ? at.subchart(key) : undefined;
    if (!sub) break;
    at = sub;
    below = below.slice(1);
  }
  const { rows, certain } = rowsOf(at);
  for (const row of rows) {
    const images = row.images.find((each) => each.path.some((pattern) => matchesPath(below, pattern)));
    if (images) return { chart: `${row.publisher}/${at.name}`, images, certain };
  }
  return undefined;
}

function rowsOf({ name, publisher }: Chart): {
  readonly rows: readonly ChartRow[];
  readonly certain: boolean;
} {
  const named = CHART_ROWS.filter((row) => row.chart === name);
  if (publisher === undefined)
    return { rows: named, certain: named.length === 1 && named[0]?.namesakes === undefined };
  const own = named.filter((row) => row.publisher === publisher);
  return {
    rows: own.length > 0 ? own : CHART_ROWS.filter((row) => row.chart === "*" && row.publisher === publisher),
    certain: true,
  };
}

function chart(
  name: string,
  publisher: string | undefined,
  subchart: Chart["subchart"] = () => undefined,
): Chart {
  const self: Chart = { name, publisher, subchart: (key) => subchart(key) ?? subchartInTable(self, key) };
  return self;
}

function subchartInTable(values: Chart, key: string): Chart | undefined {
  for (const { subcharts, publisher } of rowsOf(values).rows) {
    if (!subcharts || !Object.hasOwn(subcharts, key)) continue;
    const name = subcharts[key] ?? key;
    // A bare name is as sure as the chart's that it belongs to.
    return chartNamed(name.includes("/") ? name : `${publisher}/${name}`);
  }
  return undefined;
}

/**
 * A publisher by its key in the table, or by the owner of its repository: of an owner of several, the one with a row for the
 * chart. `""` where the table knows none.
 */
function publisherCalled(text: string, chart: string): string {
  const name = text.toLowerCase();
  const found = Object.entries(PUBLISHERS).flatMap(([id, marks]) =>
    id === name ||
    marks.some(
      (mark) => mark.toLowerCase().startsWith(`github.com/${name}/`) || mark.startsWith(`${name}.github.io`),
    )
      ? [id]
      : [],
  );
  return (
    found.find((id) => CHART_ROWS.some((row) => row.publisher === id && row.chart === chart)) ??
    found[0] ??
    ""
  );
}

/** The first publisher of whom a text holds a mark. */
function publisherIn(text: string): string | undefined {
  return Object.entries(PUBLISHERS).find(([, marks]) => marks.some((mark) => text.includes(mark)))?.[0];
}

function chartBeside(folder: string, neighbour: Neighbour, depth: number): Chart | undefined {
  const text = neighbour(`${folder}Chart.yaml`);
  const content = text === undefined ? undefined : yamlOf(text);
  const name = textAt(content, "name");
  if (!content || !NAME.test(name)) return undefined;
  // Not its dependencies: whose charts a chart brings along does not say whose it is.
  const sources = [
    textAt(content, "home"),
    ...textsIn(content["sources"]),
    ...textsIn(content["maintainers"]),
    ...textsIn(content["annotations"]),
  ].join("\n");
  const old =
    content["dependencies"] === undefined ? yamlOf(neighbour(`${folder}requirements.yaml`) ?? "") : undefined;
  const dependencies = recordsIn(content["dependencies"] ?? old?.["dependencies"]);
  return chart(name, publisherIn(sources), (key) => {
    const dependency = dependencies.find((each) => (textAt(each, "alias") || textAt(each, "name")) === key);
    const its = textAt(dependency, "name");
    if (!dependency || !NAME.test(its)) return undefined;
    const unpacked =
      depth < MAX_DEPTH ? chartBeside(`${folder}charts/${its}/`, neighbour, depth + 1) : undefined;
    return unpacked ?? chart(its, publisherIn(textAt(dependency, "repository")));
  });
}

type Fields = Readonly<Record<string, unknown>>;

function yamlOf(text: string): Fields | undefined {
  try {
    const content = load(text);
    return isRecord(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textAt(fields: Fields | undefined, key: string): string {
  const value = fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === "string" ? value : "";
}

function recordsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The texts of a list or mapping, and of those directly in it. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((each: unknown) =>
    typeof each === "string"
      ? [each]
      : isRecord(each)
        ? Object.values(each).filter((text) => typeof text === "string")
        : [],
  );
}
