// Charts that k3s and RKE2 install: HelmChart, and the values of a HelmChartConfig for one.
import type { ChartUse } from "./chart-use.js";
import { isChartName } from "../chart.js";
import { at, textAt, type YamlNode } from "./document.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { resourcesNamed } from "./nearest.js";
import { baseOf } from "./paths.js";
import { chartReferred, repositoryAt, type NamedChart } from "./references.js";
import { nameOf, namespaceOf, type Survey } from "./survey.js";

export const HELM_CHART: MechanismRow = {
  mechanism: "HelmChart",
  kinds: ["HelmChart", "HelmChartConfig"],
  find: (survey) => [
    ...ofCattle(survey, "HelmChart").flatMap((resource) => usesOf(survey, resource)),
    ...ofCattle(survey, "HelmChartConfig").flatMap((resource) => usesOfConfig(survey, resource)),
  ],
};

/** Flux has a HelmChart, too. */
function ofCattle(survey: Survey, kind: string): readonly YamlNode[] {
  return survey.resources(kind).filter(isOfCattle);
}

function isOfCattle(resource: YamlNode): boolean {
  return textAt(resource, "apiVersion")?.startsWith("helm.cattle.io/") ?? false;
}

function usesOf(survey: Survey, resource: YamlNode): readonly ChartUse[] {
  const place = at(resource, "spec", "chart");
  const text = textAt(place);
  if (!place || text === undefined) return [];
  const named = chartOf(survey, resource);
  if (!named) {
    survey.problem(place, `names no chart that can be told: "${text}"`);
    return [];
  }
  return [useOf("HelmChart", place, named, textAt(resource, "spec", "version"), valuesIn(resource))];
}

function chartOf(survey: Survey, resource: YamlNode): NamedChart | undefined {
  const text = textAt(resource, "spec", "chart") ?? "";
  // k3s serves the archives that it comes with from its own server.
  const packaged = /^https:\/\/%\{KUBERNETES_API\}%\/(.*)$/.exec(text)?.[1];
  if (packaged !== undefined) {
    const named = chartReferred(survey, undefined, `https://k3s/${baseOf(packaged)}`, () => undefined);
    return named && { ...named, from: undefined };
  }
  const repo = textAt(resource, "spec", "repo");
  const named = chartReferred(survey, undefined, text, () => undefined);
  return named && repo !== undefined ? { ...named, from: repositoryAt(repo) } : named;
}

/** A config is for the HelmChart of its name: one of the tree, or one that comes with k3s or RKE2. */
function usesOfConfig(survey: Survey, resource: YamlNode): readonly ChartUse[] {
  const place = at(resource, "metadata", "name");
  const name = nameOf(resource) ?? "";
  if (!place || !isChartName(name)) return [];
  const wanted = { kind: "HelmChart", name, namespace: namespaceOf(resource), file: resource.source.file };
  const [chart] = resourcesNamed(survey, wanted, isOfCattle);
  const named = (chart && chartOf(survey, chart)) ?? { chart: name, from: undefined };
  const version = chart && textAt(chart, "spec", "version");
  return [useOf("HelmChart", place, named, version, valuesIn(resource))];
}

function valuesIn(resource: YamlNode): ReturnType<typeof inline>[] {
  return [inline(at(resource, "spec", "valuesContent")), inline(at(resource, "spec", "values"))];
}
