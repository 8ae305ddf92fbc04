// The sources of Flux, in any file of the tree: which chart a reference to one means.
import { isChartName } from "../chart.js";
import { at, textAt, type YamlNode } from "./document.js";
import { resourcesNamed } from "./nearest.js";
import { baseOf, folderOf } from "./paths.js";
import { chartInGit, chartInRegistry, repositoryAt, type NamedChart } from "./references.js";
import { namespaceOf, type Survey } from "./survey.js";

/** The kinds of resources that hold a chart, or a chart's source. */
export const FLUX_SOURCES = ["HelmRepository", "OCIRepository", "GitRepository", "Bucket", "HelmChart"];

/** The chart of a template: a HelmRelease's `spec.chart.spec`, or a HelmChart's `spec`. */
export interface FluxChart {
  readonly named: NamedChart;
  readonly version: string | undefined;
  /** The node that names it. */
  readonly place: YamlNode;
}

/**
 * The chart of `spec.chart.spec` of a HelmRelease, or of `spec` of a HelmChart.
 *
 * @param survey the tree
 * @param spec the mapping with `chart`, `version` and `sourceRef`
 * @param resource the resource that holds it
 * @returns `undefined` where it names no chart
 */
export function chartOfTemplate(
  survey: Survey,
  spec: YamlNode | undefined,
  resource: YamlNode,
): FluxChart | undefined {
  const place = at(spec, "chart");
  const text = textAt(place);
  if (!place || text === undefined) return undefined;
  const version = textAt(spec, "version");
  const reference = at(spec, "sourceRef");
  const kind = textAt(reference, "kind") ?? "HelmRepository";
  const source = sourceNamed(survey, reference, kind, resource);
  if (kind === "GitRepository" || kind === "Bucket") {
    const url = kind === "Bucket" ? undefined : textAt(source, "spec", "url");
    const named = chartInGit(survey, url, text, refOf(source));
    return named && { named, version, place };
  }
  const chart = baseOf(text);
  if (!isChartName(chart)) return undefined;
  const url = textAt(source, "spec", "url");
  const folders = folderOf(text);
  const from = repositoryAt(url && folders !== "" ? `${url.replace(/\/+$/, "")}/${folders}` : url);
  return { named: { chart, from }, version, place };
}

/**
 * The chart of `spec.chartRef` of a HelmRelease.
 *
 * @param survey the tree
 * @param resource the HelmRelease
 * @returns `undefined` where no file holds what it refers to
 */
export function chartOfReference(survey: Survey, resource: YamlNode): FluxChart | undefined {
  const reference = at(resource, "spec", "chartRef");
  const kind = textAt(reference, "kind") ?? "OCIRepository";
  const place = at(reference, "name");
  const source = sourceNamed(survey, reference, kind, resource);
  if (!place || !source) return undefined;
  if (kind === "HelmChart") {
    const chart = chartOfTemplate(survey, at(source, "spec"), source);
    return chart && { ...chart, place };
  }
  if (kind !== "OCIRepository") return undefined;
  const named = chartInRegistry(textAt(source, "spec", "url") ?? "");
  const version = textAt(source, "spec", "ref", "tag") ?? textAt(source, "spec", "ref", "semver");
  return named && { named, version, place };
}

function sourceNamed(
  survey: Survey,
  reference: YamlNode | undefined,
  kind: string,
  resource: YamlNode,
): YamlNode | undefined {
  const name = textAt(reference, "name");
  if (name === undefined || !FLUX_SOURCES.includes(kind)) return undefined;
  const namespace = textAt(reference, "namespace") ?? namespaceOf(resource);
  const { file } = resource.source;
  const [source] = resourcesNamed(survey, { kind, name, namespace, file }, isOfFlux);
  if (!source)
    survey.problem(reference ?? resource, `names the ${kind} "${name}", which no file of the tree holds`);
  return source;
}

/** k3s has a HelmChart, too. */
function isOfFlux(resource: YamlNode): boolean {
  return textAt(resource, "apiVersion")?.startsWith("source.toolkit.fluxcd.io/") ?? false;
}

function refOf(source: YamlNode | undefined): string | undefined {
  const ref = at(source, "spec", "ref");
  return textAt(ref, "commit") ?? textAt(ref, "tag") ?? textAt(ref, "semver") ?? textAt(ref, "branch");
}
