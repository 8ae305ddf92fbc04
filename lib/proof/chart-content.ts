// What a chart's files say of it: name, version, default values with those of its subcharts, what is missing.
import { isChartName } from "../charts/chart.js";
import { dependenciesIn, textOf as fieldText, type Dependency } from "../charts/chart-yaml.js";
import type { ChartFiles } from "./chart-files.js";
import { joinValues, readValues, type Values } from "./values.js";

/** A chart that was read. */
export interface ChartContent {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly files: ChartFiles;
  readonly dependencies: readonly Dependency[];
  /** Its dependencies that are not in `charts/`. */
  readonly missing: readonly Dependency[];
  /** Its default values, with those of its subcharts at their keys. */
  readonly values: Values;
  /** The subcharts' names by the keys of their values. */
  readonly subcharts: Readonly<Record<string, string>>;
}

const MAX_DEPTH = 4;
const MAX_SUBCHARTS = 64;

/**
 * Reads what a chart is.
 *
 * @param files of the chart
 * @returns the chart, or in one line why it is none; never throws
 */
export function chartContent(files: ChartFiles): ChartContent | string {
  return contentBelow(files, "", 0);
}

/** The text of a file, which may begin with a byte order mark. */
export function textOf(files: ChartFiles, path: string): string | undefined {
  const bytes = files.get(path);
  return bytes && new TextDecoder().decode(bytes);
}

function contentBelow(files: ChartFiles, folder: string, depth: number): ChartContent | string {
  const text = textOf(files, `${folder}Chart.yaml`);
  if (text === undefined) return "it has no Chart.yaml";
  const about = readValues(text);
  if (typeof about === "string") return `its Chart.yaml is damaged: ${about}`;
  const name = about["name"];
  if (typeof name !== "string" || !isChartName(name)) return "its Chart.yaml has no name";
  const own = readValues(textOf(files, `${folder}values.yaml`) ?? "");
  if (typeof own === "string") return `its values.yaml is damaged: ${own}`;
  const dependencies = dependenciesIn(about, () =>
    readValues(textOf(files, `${folder}requirements.yaml`) ?? ""),
  );
  const charts = depth < MAX_DEPTH ? chartsBelow(files, folder, depth) : [];
  let values: Values = {};
  const subcharts: Record<string, string> = {};
  const used = dependencies.map(({ name: named, key }) => ({ key, chart: named }));
  const unnamed = charts
    .filter((each) => !used.some(({ chart }) => chart === each.name))
    .map((each) => ({ key: each.name, chart: each.name }));
  for (const { key, chart } of [...used, ...unnamed]) {
    subcharts[key] = chart;
    const its = charts.find((each) => each.name === chart);
    if (its) values = joinValues(values, { [key]: its.values });
  }
  return {
    name,
    version: fieldText(about, "version"),
    appVersion: fieldText(about, "appVersion"),
    files,
    dependencies,
    missing: dependencies.filter((each) => !charts.some((chart) => chart.name === each.name)),
    values: joinValues(values, own),
    subcharts,
  };
}

function chartsBelow(files: ChartFiles, folder: string, depth: number): readonly ChartContent[] {
  const start = `${folder}charts/`;
  const names = new Set<string>();
  for (const path of files.keys()) {
    if (!path.startsWith(start) || !path.endsWith("/Chart.yaml")) continue;
    const name = path.slice(start.length, -"/Chart.yaml".length);
    if (!name.includes("/") && !/^[._]/.test(name)) names.add(name);
  }
  return [...names].slice(0, MAX_SUBCHARTS).flatMap((name) => {
    const content = contentBelow(files, `${start}${name}/`, depth + 1);
    return typeof content === "string" ? [] : [content];
  });
}
