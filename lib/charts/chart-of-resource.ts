// Which chart the values inside another document are for: a HelmRelease, an Application, a kustomization.
import { EVENT_ID } from "js-yaml";
import type { Tree } from "../yaml/reading.js";
import { chartFrom, type Chart } from "./chart.js";
import { nodeAt, textAt } from "../yaml/node-at.js";
import type { Segment } from "../vocabulary/path.js";

/**
 * The chart that a resource names beside its values.
 *
 * @param tree the tree that holds it
 * @param root the index of the resource's mapping
 * @param resource its kind
 * @param path where the values stand, from the resource's root
 * @returns the chart; `undefined` where the resource names none, or names a folder of a git repository
 */
export function chartOfResource(
  tree: Tree,
  root: number,
  resource: string,
  path: readonly Segment[],
): Chart | undefined {
  if (resource === "HelmRelease") return ofHelmRelease(tree, root);
  for (const { up, name, source, version } of BESIDE) {
    const holder = nodeAt(tree, root, path.slice(0, -up));
    const found = holder < 0 ? "" : textAt(tree, holder, [name]);
    if (found !== "")
      return chartFrom(found, textAt(tree, holder, [source]), textAt(tree, holder, [version]));
  }
  return undefined;
}

/** For each kind, keys beside its values that hold values, too, or bring in keys that may. */
const OTHER_VALUES: Readonly<Record<string, readonly string[]>> = {
  HelmRelease: ["<<", "valuesFrom", "chart.spec.valuesFiles", "chart.spec.valuesFile"],
  Application: ["<<", "values", "valuesObject", "valueFiles", "parameters", "fileParameters"],
};

/**
 * Whether the values at a path of a resource are all that its chart gets.
 *
 * @param tree the tree that holds the resource
 * @param root the index of the resource's mapping
 * @param resource its kind
 * @param path where the values stand, from the resource's root
 * @returns false for kinds of which other resources may hold values for the same chart
 */
export function isOnlyValues(tree: Tree, root: number, resource: string, path: readonly Segment[]): boolean {
  const others = Object.hasOwn(OTHER_VALUES, resource) ? OTHER_VALUES[resource] : undefined;
  const above = path.slice(0, -1);
  return (
    others?.every((key) => key === path.at(-1) || nodeAt(tree, root, [...above, ...key.split(".")]) < 0) ===
    true
  );
}

/**
 * How many levels above the values the chart is named, and by which keys. The first that names one decides.
 */
const BESIDE: readonly {
  readonly up: number;
  readonly name: string;
  readonly source: string;
  readonly version: string;
}[] = [
  // Argo CD, Application and ApplicationSet: `source.helm.valuesObject`
  { up: 2, name: "chart", source: "repoURL", version: "targetRevision" },
  // k3s and RKE2, HelmChart: `spec.valuesContent`
  { up: 1, name: "chart", source: "repo", version: "version" },
  // kustomize, `helmCharts[].valuesInline` and HelmChartInflationGenerator
  { up: 1, name: "name", source: "repo", version: "version" },
];

function ofHelmRelease(tree: Tree, root: number): Chart | undefined {
  const named = textAt(tree, root, ["spec", "chart", "spec", "chart"]);
  if (named !== "") {
    const source = textAt(tree, root, ["spec", "chart", "spec", "sourceRef", "name"]);
    const version = textAt(tree, root, ["spec", "chart", "spec", "version"]);
    return chartFrom(named, sourceIn(tree, ["HelmRepository"], source)?.url ?? source, version);
  }
  const name = textAt(tree, root, ["spec", "chartRef", "name"]);
  const found = sourceIn(tree, ["OCIRepository", "HelmChart"], name);
  return found && chartFrom(found.url.slice(found.url.lastIndexOf("/") + 1), found.url, found.version);
}

/** A source of charts; of one that holds a single chart, its version too. */
interface ChartSource {
  readonly url: string;
  readonly version: string;
}

/** For each tree, the sources in it by kind and name. Kept, since a file may hold thousands of releases. */
const sources = new WeakMap<Tree, ReadonlyMap<string, ChartSource>>();

/** The source of that name; `undefined` where the same file does not hold it. */
function sourceIn(tree: Tree, kinds: readonly string[], name: string): ChartSource | undefined {
  const known = sources.get(tree) ?? sourcesOf(tree);
  sources.set(tree, known);
  return kinds.map((kind) => known.get(`${kind}/${name}`)).find((source) => source !== undefined);
}

function sourcesOf(tree: Tree): ReadonlyMap<string, ChartSource> {
  const found = new Map<string, ChartSource>();
  for (let index = 0; index < tree.events.length; index = tree.after[index] ?? tree.events.length) {
    const root = index + 1;
    const kind = tree.events[index]?.type === EVENT_ID.DOCUMENT ? textAt(tree, root, ["kind"]) : "";
    if (!/^(?:HelmRepository|OCIRepository|HelmChart)$/.test(kind)) continue;
    const source = `${kind}/${textAt(tree, root, ["metadata", "name"])}`;
    if (found.has(source)) continue;
    const url = textAt(tree, root, ["spec", "url"]) || textAt(tree, root, ["spec", "chart"]);
    const version = textAt(tree, root, ["spec", "ref", "tag"]) || textAt(tree, root, ["spec", "version"]);
    found.set(source, { url, version });
  }
  return found;
}
