// Which chart a values file is for: the user's settings or facts say it, or a Chart.yaml beside the file.
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { ChartRule, Settings } from "../settings/settings.js";
import { chartFrom, chartNamed, chartWith, DEEPEST_SUBCHART, isChartName, type Chart } from "./chart.js";
import { dependenciesIn, fieldOf, parsed, textOf, type Dependency } from "./chart-yaml.js";
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
  if (rule) return chartOfRule(rule);
  return chartOfFacts(filename, settings, undefined) ?? (neighbour && chartIn("", neighbour, 0));
}

/** The chart that a user names; its repository says better who publishes it than a name. */
function chartOfRule({ chart, repository, version }: ChartRule): Chart {
  const named = chartNamed(chart);
  const publisher = (repository === undefined ? undefined : publisherIn(repository)) ?? named.publisher;
  return {
    ...chartWith(named.name, publisher),
    ...(named.called === undefined ? {} : { called: named.called }),
    ...(repository === undefined ? {} : { source: repository }),
    ...(version === undefined ? {} : { version }),
  };
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
  const content = parsed(neighbour(`${folder}Chart.yaml`));
  const name = textOf(content, "name");
  if (!isChartName(name)) return undefined;
  const dependencies = dependenciesIn(content, () => parsed(neighbour(`${folder}requirements.yaml`)));
  return chartWith(name, publisherIn(textsOf(content)), (key) => {
    const dependency = dependencies.find((each) => each.key === key);
    if (!dependency) return undefined;
    const unpacked =
      depth < DEEPEST_SUBCHART
        ? chartIn(`${folder}charts/${dependency.name}/`, neighbour, depth + 1)
        : undefined;
    return unpacked ?? dependencyChart(dependency);
  });
}

/** The chart of a dependency that is not unpacked. A folder of the tree may be of another version. */
function dependencyChart({ name, repository, version }: Dependency): Chart {
  const chart = chartWith(name, publisherIn(repository));
  return /^(?:https?|oci):\/\//.test(repository)
    ? { ...chart, source: repository, ...(version === undefined ? {} : { version }) }
    : chart;
}

/**
 * The texts of a Chart.yaml that may name its publisher. Not its dependencies: who publishes those does not
 * say who publishes the chart.
 */
function textsOf(content: unknown): string {
  return [
    textOf(content, "home"),
    ...["sources", "maintainers", "annotations"].flatMap((key) => textsIn(fieldOf(content, key), 1)),
  ].join("\n");
}

/** The texts of a list or mapping, and of those so many levels below. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((each: unknown) =>
    typeof each === "string" ? [each] : depth > 0 && !Array.isArray(each) ? textsIn(each, depth - 1) : [],
  );
}
