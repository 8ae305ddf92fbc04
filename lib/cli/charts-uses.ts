// The charts that a tree uses: each chart once, with all places that name it.
import { posix, relative } from "node:path";
import picomatch from "picomatch";
import { rowsOfChart } from "../charts/rows-of-chart.js";
import type { ChartUse } from "../charts/uses/chart-use.js";
import { valuesFilesOf } from "../charts/uses/values-files.js";
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
  const sourced = new Set(uses.filter(({ from }) => from).map(({ chart }) => chart));
  for (const use of uses) {
    // The settings name a chart without its repository: another place that names it says more.
    if (!isWanted(use) || (!use.from && sourced.has(use.chart))) continue;
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
    const plain = posix
      .normalize(withSlashes(path.startsWith("/") ? relative(cwd, path) : path) || ".")
      .replace(/\/+$/, "");
    if (plain === ".") return () => true;
    const fits = picomatch(plain, { dot: true });
    return (file) => file === plain || file.startsWith(`${plain}/`) || fits(file);
  });
  return (file) => tests.some((test) => test(file));
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
