// Which chart a values file is for: the user's settings or facts say it, or a Chart.yaml beside the file.
import { load } from "js-yaml";
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import { chartFrom, chartNamed, chartWith, DEEPEST_SUBCHART, isChartName, type Chart } from "./chart.js";
import { publisherIn } from "./publisher-of.js";

/**
 * The chart that a values file is for.
 *
 * @param filename the file's path
 * @param settings the user's; the first entry of `charts` whose globs match decides, then `chartFacts`
 * @param neighbour reads a `Chart.yaml` beside the file
 * @returns the chart, or `undefined` where nothing says it; a folder's name proves nothing
 */
export function chartOfFile(
  filename: string,
  settings: Settings,
  neighbour: Neighbour | undefined,
): Chart | undefined {
  const rule = settings.charts.find(({ files }) => matchesFile(filename, files));
  if (rule) return chartNamed(rule.chart);
  return chartOfFacts(filename, settings, undefined) ?? (neighbour && chartIn("", neighbour, 0));
}

/**
 * The chart that the user's facts name for a file.
 *
 * @param filename the file's path
 * @param settings the user's
 * @param name the chart's name, where something in the file says it
 * @returns `undefined` where the facts name none, or several
 */
export function chartOfFacts(
  filename: string,
  { chartFacts }: Settings,
  name: string | undefined,
): Chart | undefined {
  const uses = chartFacts.uses.filter(
    (use) => (name === undefined || use.chart === name) && matchesFile(filename, use.files),
  );
  const [use] = uses;
  const charts = new Set(
    uses.map(({ chart, source = "", version = "" }) => [chart, source, version].join(" ")),
  );
  return use && charts.size === 1 ? chartFrom(use.chart, use.source ?? "", use.version) : undefined;
}

/** The chart whose Chart.yaml stands in a folder; `undefined` where there is none that can be read. */
function chartIn(folder: string, neighbour: Neighbour, depth: number): Chart | undefined {
  const content = yamlOf(neighbour(`${folder}Chart.yaml`));
  const name = textAt(content, "name");
  if (!content || !isChartName(name)) return undefined;
  const dependencies = dependenciesOf(content, folder, neighbour);
  return chartWith(name, publisherIn(textsOf(content)), (key) => {
    const dependency = dependencies.find((each) => (textAt(each, "alias") || textAt(each, "name")) === key);
    const its = textAt(dependency, "name");
    if (!dependency || !isChartName(its)) return undefined;
    const unpacked =
      depth < DEEPEST_SUBCHART ? chartIn(`${folder}charts/${its}/`, neighbour, depth + 1) : undefined;
    return unpacked ?? chartWith(its, publisherIn(textAt(dependency, "repository")));
  });
}

/**
 * The texts of a Chart.yaml that may name its publisher. Not its dependencies: who publishes those does not
 * say who publishes the chart.
 */
function textsOf(content: Fields): string {
  return [
    textAt(content, "home"),
    ...textsIn(content["sources"]),
    ...textsIn(content["maintainers"]),
    ...textsIn(content["annotations"]),
  ].join("\n");
}

/** Charts of Helm 2 name their dependencies in a file of its own. */
function dependenciesOf(content: Fields, folder: string, neighbour: Neighbour): readonly Fields[] {
  const own = content["dependencies"];
  const old = own === undefined ? yamlOf(neighbour(`${folder}requirements.yaml`)) : undefined;
  return recordsIn(own ?? old?.["dependencies"]);
}

type Fields = Readonly<Record<string, unknown>>;

function yamlOf(text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
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
