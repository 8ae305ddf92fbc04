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
    return chartFrom(named, urlOf(tree, ["HelmRepository"], source) ?? source, version);
  }
  const url = urlOf(tree, ["OCIRepository", "HelmChart"], textAt(tree, root, ["spec", "chartRef", "name"]));
  return url === undefined ? undefined : chartFrom(url.slice(url.lastIndexOf("/") + 1), url);
}

/** For each tree, the sources in it by kind and name. Kept, since a file may hold thousands of releases. */
const sources = new WeakMap<Tree, ReadonlyMap<string, string>>();

/** The URL of a source of that name; `undefined` where the same file does not hold it. */
function urlOf(tree: Tree, kinds: readonly string[], name: string): string | undefined {
  const known = sources.get(tree) ?? sourcesOf(tree);
  sources.set(tree, known);
  return kinds.map((kind) => known.get(`${kind}/${name}`)).find((url) => url !== undefined);
}

function sourcesOf(tree: Tree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let index = 0; index < tree.events.length; index = tree.after[index] ?? tree.events.length) {
    const root = index + 1;
    const kind = tree.events[index]?.type === EVENT_ID.DOCUMENT ? textAt(tree, root, ["kind"]) : "";
    if (!/^(?:HelmRepository|OCIRepository|HelmChart)$/.test(kind)) continue;
    const source = `${kind}/${textAt(tree, root, ["metadata", "name"])}`;
    const url = textAt(tree, root, ["spec", "url"]);
    if (!found.has(source)) found.set(source, url === "" ? textAt(tree, root, ["spec", "chart"]) : url);
  }
  return found;
}
