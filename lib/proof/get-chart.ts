// Gets the chart that something names: from the tree, from the cache, or with the user's own Helm.
import { existsSync, realpathSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { isChartName } from "../charts/chart.js";
import type { Dependency } from "../charts/chart-yaml.js";
import type { ChartUse } from "../charts/uses/chart-use.js";
import type { Settings } from "../settings/settings.js";
import { openChartCache, type ChartCache, type ChartName } from "./chart-cache.js";
import { chartContent, type ChartContent } from "./chart-content.js";
import { readChartFiles } from "./chart-files.js";
import { trustRepository, type RepositoryTrust } from "./chart-hosts.js";
import { runHelm, type Helm } from "./run-helm.js";
import { readValues, writeValues } from "./values.js";

/** Which chart to get. */
export type WantedChart = Pick<ChartUse, "chart" | "from" | "version">;

/** A chart, or why there is none: a host that must be named first, or one line. */
export type GotChart =
  | { readonly ok: true; readonly chart: ChartContent }
  | { readonly ok: false; readonly host: string }
  | { readonly ok: false; readonly message: string };

/** Where charts are looked for. */
export interface ChartSources {
  /** The root of the tree, absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** Fetches charts; without it, only what is in the tree and in the cache is used. */
  readonly helm: Helm | undefined;
  /** Whether a host may be contacted at all. */
  readonly mayFetch: boolean;
}

/** Why a chart cannot be had that something names, but not where it comes from. */
export const NO_REPOSITORY = "nothing names its repository";

const VERSION = /^[\w.+~^<>=|, *-]{1,100}$/;
const MAX_DEPTH = 3;

/**
 * Gets a chart, with the charts that it depends on as far as these can be had.
 *
 * @param wanted the chart
 * @param sources where to look
 * @returns the chart, or why there is none; never throws
 */
export async function getChart(wanted: WantedChart, sources: ChartSources, depth = 0): Promise<GotChart> {
  const place = await placeOf(wanted, sources);
  if (!place.ok) return place;
  const files = await readChartFiles(place.path, sources.root);
  const chart = typeof files === "string" ? files : chartContent(files);
  if (typeof chart === "string") return { ok: false, message: chart };
  if (chart.missing.length === 0) return { ok: true, chart };
  const folder = wanted.from?.kind === "tree" ? wanted.from.path : undefined;
  return { ok: true, chart: await withDependencies(chart, folder, sources, depth) };
}

type Place = { readonly ok: true; readonly path: string } | (GotChart & { readonly ok: false });

async function placeOf({ chart, from, version }: WantedChart, sources: ChartSources): Promise<Place> {
  if (!isChartName(chart)) return { ok: false, message: "its name is no chart's name" };
  if (!from) return { ok: false, message: NO_REPOSITORY };
  if (from.kind === "repository") return await archiveOf({ chart, url: from.url, version }, sources);
  const inTree = pathInTree(sources.root, from.path);
  if (inTree !== undefined && leavesTree(sources.root, inTree))
    return { ok: false, message: "it is a link that leads out of this tree" };
  if (inTree !== undefined && existsSync(from.kind === "git" ? join(inTree, "Chart.yaml") : inTree))
    return { ok: true, path: inTree };
  return {
    ok: false,
    message:
      from.kind === "git"
        ? "a chart in a git repository is not fetched"
        : "it is not where its name leads to",
  };
}

/** A path below the root of the tree; `undefined` where it leads out of it. */
function pathInTree(root: string, path: string): string | undefined {
  const inTree = posix.normalize(path.replaceAll("\\", "/"));
  if (inTree.startsWith("/") || inTree === ".." || inTree.startsWith("../") || /^[a-z]:/i.test(inTree))
    return undefined;
  return join(root, inTree.split("/").join(sep));
}

function leavesTree(root: string, path: string): boolean {
  try {
    return !`${realpathSync(path)}${sep}`.startsWith(`${realpathSync(root)}${sep}`);
  } catch {
    return false;
  }
}

async function archiveOf(name: ChartName, sources: ChartSources): Promise<Place> {
  const { settings, helm, mayFetch } = sources;
  const trust = trustRepository(name.url, settings.registries);
  if (name.version !== undefined && !VERSION.test(name.version))
    return { ok: false, message: "its version is no version" };
  const cache: ChartCache = openChartCache(settings.cacheDirectory);
  const kept = cache.find(name, mayFetch && helm ? settings.maxAge : Infinity);
  if (kept !== undefined) return { ok: true, path: kept };
  if (!trust.ok) return trust;
  if (!helm) return { ok: false, message: "it is fetched only where Helm is on PATH" };
  if (!mayFetch) return { ok: false, message: "nothing is fetched in this run" };
  const got = await cache.keep(name, async (folder) => {
    const run = await runHelm(helm.program, ["pull", `--destination=${folder}`, ...argumentsOf(name, trust)]);
    return run.ok ? undefined : run.message;
  });
  return typeof got === "string" ? { ok: false, message: `helm pull: ${got}` } : { ok: true, path: got.path };
}

/** The URL is checked, and stands behind `=` or `--`; so do the chart's name and version. */
function argumentsOf(
  { chart, version }: ChartName,
  { url, isOci, isPlainHttp }: RepositoryTrust & { readonly ok: true },
): readonly string[] {
  const options = version === undefined ? [] : [`--version=${version}`];
  if (isPlainHttp && isOci) options.push("--plain-http");
  // A repository may name its archives one by one.
  if (url.endsWith(".tgz") && !isOci) return ["--", url];
  return isOci ? [...options, "--", `${url}/${chart}`] : [...options, `--repo=${url}`, "--", chart];
}

/**
 * Adds the charts that a chart depends on. Helm renders none with a dependency missing, so those that
 * cannot be had are taken out of its Chart.yaml.
 */
async function withDependencies(
  chart: ChartContent,
  folder: string | undefined,
  sources: ChartSources,
  depth: number,
): Promise<ChartContent> {
  const files = new Map(chart.files);
  const without = new Set<string>();
  for (const dependency of chart.missing) {
    const got = depth < MAX_DEPTH ? await dependencyOf(dependency, folder, sources, depth + 1) : undefined;
    if (!got?.ok) without.add(dependency.name);
    else for (const [path, bytes] of got.chart.files) files.set(`charts/${dependency.name}/${path}`, bytes);
  }
  for (const file of ["Chart.lock", "requirements.lock"]) files.delete(file);
  for (const file of ["Chart.yaml", "requirements.yaml"]) dropDependencies(files, file, without);
  const complete = chartContent(files);
  return typeof complete === "string"
    ? chart
    : { ...complete, missing: chart.missing.filter(({ name }) => without.has(name)) };
}

async function dependencyOf(
  { name, version, repository }: Dependency,
  folder: string | undefined,
  sources: ChartSources,
  depth: number,
): Promise<GotChart | undefined> {
  if (/^(?:https?|oci):\/\//.test(repository))
    return await getChart(
      { chart: name, version, from: { kind: "repository", url: repository } },
      sources,
      depth,
    );
  if (!repository.startsWith("file://") || folder === undefined) return undefined;
  const path = posix.join(folder, repository.slice("file://".length));
  return await getChart({ chart: name, version, from: { kind: "tree", path } }, sources, depth);
}

function dropDependencies(files: Map<string, Uint8Array>, file: string, names: ReadonlySet<string>): void {
  const bytes = files.get(file);
  const about = bytes && readValues(new TextDecoder().decode(bytes));
  if (about === undefined || typeof about === "string" || !Array.isArray(about["dependencies"])) return;
  const kept = about["dependencies"].filter(
    (each: unknown) => !names.has(String((each as { readonly name?: unknown } | null)?.name)),
  );
  files.set(file, new TextEncoder().encode(writeValues({ ...about, dependencies: kept })));
}
