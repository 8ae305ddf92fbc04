// The charts that a tree uses: each chart once, with all places that name it.
import { realpathSync } from "node:fs";
import { posix, relative, resolve } from "node:path";
import picomatch from "picomatch";
import { rowsOfChart } from "../charts/rows-of-chart.js";
import type { ChartUse } from "../charts/uses/chart-use.js";
import { valuesFilesOf } from "../charts/uses/values-files.js";
import { beforeWildcard } from "./globs.js";
import { withSlashes } from "./with-slashes.js";

/** A chart in one version, and its uses. */
export interface UsedChart {
  readonly chart: string;
  /** As a fact's `source`; `undefined` where nothing says where the chart comes from. */
  readonly source: string | undefined;
  /** As it is written. */
  readonly version: string | undefined;
  readonly from: ChartUse["from"];
  readonly uses: readonly ChartUse[];
}

/**
 * Groups uses by chart, source and version.
 *
 * @param uses what was found
 * @param isWanted whether the user asked for a use
 * @returns the charts in order of their names
 */
export function usedCharts(
  uses: readonly ChartUse[],
  isWanted: (use: ChartUse) => boolean,
): readonly UsedChart[] {
  const charts = new Map<string, UsedChart & { readonly uses: ChartUse[] }>();
  const sourced = sourcedByChart(uses);
  for (const found of uses) {
    // The settings name a chart without its repository: another place that names it says more.
    const others = found.from ? [] : (sourced.get(found.chart) ?? []);
    const [other] = others;
    if (!isWanted(found) || others.length > 1) continue;
    const use = other ? { ...found, from: other.from, version: other.version } : found;
    const source = sourceOf(use.from);
    const key = JSON.stringify([use.chart, source, use.version]);
    const known = charts.get(key) ?? {
      chart: use.chart,
      source,
      version: use.version,
      from: use.from,
      uses: [],
    };
    known.uses.push(use);
    charts.set(key, known);
  }
  return [...charts.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** For each chart, one use of each source and version that something names. */
function sourcedByChart(uses: readonly ChartUse[]): ReadonlyMap<string, readonly ChartUse[]> {
  const found = new Map<string, Map<string, ChartUse>>();
  for (const use of uses) {
    if (!use.from) continue;
    const ofChart = found.get(use.chart) ?? new Map<string, ChartUse>();
    ofChart.set(JSON.stringify([sourceOf(use.from), use.version]), use);
    found.set(use.chart, ofChart);
  }
  return new Map([...found].map(([chart, each]) => [chart, [...each.values()]]));
}

function keyOf({ chart, source = "", version = "" }: UsedChart): string {
  return `${chart}\n${source}\n${version}`;
}

/** Where a chart comes from, as a fact says it. */
function sourceOf(from: ChartUse["from"]): string | undefined {
  if (!from) return undefined;
  if (from.kind !== "tree") return from.url.replace(/\/+$/, "");
  return posix.normalize(from.path).replace(/\/+$/, "");
}

/** Whether the built-in table knows a chart of which nothing says where it comes from. */
export function isBuiltIn({ chart, source }: UsedChart): boolean {
  return source === undefined && rowsOfChart(chart, undefined).rows.length > 0;
}

/** Whether a path is one that the user asked for: of a file, from the root of the tree, with `/`. */
export type IsWanted = (path: string) => boolean;

/**
 * What the paths of the command line ask for.
 *
 * @param cwd the working directory, the root of the tree
 * @param paths files, folders or globs
 */
export function wantedBy(cwd: string, paths: readonly string[]): IsWanted {
  const tests = paths.map((path): IsWanted => {
    const folder = beforeWildcard(path);
    const from = withSlashes(relative(real(cwd), real(resolve(cwd, folder))));
    const plain = posix.join(from, path.slice(folder.length));
    if (plain === ".") return () => true;
    const fits = picomatch(plain, { dot: true });
    return (file) => file === plain || file.startsWith(`${plain}/`) || fits(file);
  });
  return (file) => tests.some((test) => test(file));
}

/** Where a path leads; the files of a tree are known by their own names. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Whether a use of a chart is asked for: what names it, or some of its values.
 *
 * @param use of a chart
 * @param files all files of the tree
 * @param isWanted what is asked for
 */
export function isWantedUse(use: ChartUse, files: readonly string[], isWanted: IsWanted): boolean {
  const { namedBy, values } = use;
  return (
    isWanted(namedBy.file) ||
    values.some((place) => place.kind !== "pattern" && isWanted(place.file)) ||
    valuesFilesOf(use, files).some(isWanted)
  );
}
