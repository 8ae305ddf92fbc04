// Charts that a HelmRelease of Flux names, and the patches of such releases.
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { hasKey, valuesInConfigMap } from "./config-maps.js";
import { chartOfReference, chartOfTemplate, FLUX_SOURCES, type FluxChart } from "./flux-sources.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { resourcesNamed } from "./nearest.js";
import { fileNamed, plainText } from "./paths.js";
import { chartInGit, repositoryAt } from "./references.js";
import { isChartName } from "../chart.js";
import { nameOf, namespaceOf, type Survey } from "./survey.js";

export const HELM_RELEASE: MechanismRow = {
  mechanism: "HelmRelease",
  kinds: ["HelmRelease", "ConfigMap", "Secret", ...FLUX_SOURCES],
  find: (survey) => survey.resources("HelmRelease").flatMap((release) => usesOf(survey, release)),
};

function usesOf(survey: Survey, release: YamlNode): readonly ChartUse[] {
  const own = namesChart(release) ? chartOf(survey, release) : undefined;
  const values = valuesOf(survey, release);
  const isWhole = values.length === 1 && itemsAt(release, "spec", "valuesFrom").length === 1;
  if (own) return [useOf("HelmRelease", own.place, own.named, own.version, values, isWhole)];
  if (namesChart(release)) {
    survey.problem(release, `names no chart that can be told${called(release)}`);
    return [];
  }
  const patched = patchedBy(survey, release);
  if (patched.length === 0 && values.length > 0)
    survey.problem(release, `names no chart, and no other file holds the release${called(release)}`);
  const place = at(release, "metadata", "name") ?? release;
  const version = textAt(release, "spec", "chart", "spec", "version");
  const uses = patched.map((chart) =>
    useOf("HelmRelease", place, chart.named, version ?? chart.version, values),
  );
  return [...new Map(uses.map((use) => [JSON.stringify([use.chart, use.from, use.version]), use])).values()];
}

function called(release: YamlNode): string {
  const name = nameOf(release);
  return name === undefined ? "" : `: "${name}"`;
}

/** Whether a release says itself what its chart is. A patch of one may say its version only. */
function namesChart(release: YamlNode): boolean {
  return (
    textAt(release, "spec", "chart", "spec", "chart") !== undefined ||
    textAt(release, "spec", "chartRef", "name") !== undefined ||
    hasKey(at(release, "spec", "chart"), "repository") ||
    hasKey(at(release, "spec", "chart"), "git")
  );
}

function chartOf(survey: Survey, release: YamlNode): FluxChart | undefined {
  if (hasKey(at(release, "spec"), "chartRef")) return chartOfReference(survey, release);
  const chart = at(release, "spec", "chart");
  return hasKey(chart, "spec")
    ? chartOfTemplate(survey, at(chart, "spec"), release)
    : ofFirstFlux(survey, chart);
}

/** The HelmRelease of Flux 1: `chart.repository`, `name` and `version`, or `chart.git`, `path` and `ref`. */
function ofFirstFlux(survey: Survey, chart: YamlNode | undefined): FluxChart | undefined {
  const git = textAt(chart, "git");
  const place = at(chart, git === undefined ? "name" : "path");
  const text = textAt(place) ?? "";
  if (!place) return undefined;
  if (git !== undefined) {
    const named = chartInGit(survey, git, text, textAt(chart, "ref"));
    return named && { named, version: undefined, place };
  }
  if (!isChartName(text)) return undefined;
  const from = repositoryAt(textAt(chart, "repository"));
  return { named: { chart: text, from }, version: textAt(chart, "version"), place };
}

/** The charts of the releases of the same name, which a release without a chart is a patch of. */
function patchedBy(survey: Survey, patch: YamlNode): readonly FluxChart[] {
  const name = nameOf(patch);
  if (name === undefined) return [];
  const namespace = namespaceOf(patch);
  const file = patch.source.file;
  return resourcesNamed(survey, { kind: "HelmRelease", name, namespace, file }, namesChart)
    .map((release) => chartOf(survey, release))
    .filter((chart) => chart !== undefined);
}

function valuesOf(survey: Survey, release: YamlNode): readonly ValuesPlace[] {
  const own = inline(at(release, "spec", "values"));
  const named = itemsAt(release, "spec", "valuesFrom").flatMap((item) => {
    const name = textAt(item, "name");
    // With a path, what is there becomes one value of the chart's, and not its values.
    if (name === undefined || textAt(item, "targetPath") !== undefined) return [];
    return valuesInConfigMap(survey, {
      kind: textAt(item, "kind") ?? "ConfigMap",
      name,
      namespace: namespaceOf(release),
      key: textAt(item, "valuesKey") ?? "values.yaml",
      file: release.source.file,
    });
  });
  return [...filesOfChart(survey, release), ...named, ...(own ? [own] : [])];
}

/** `valuesFiles`: paths in the source, which is the tree where the tree holds them. */
function filesOfChart(survey: Survey, release: YamlNode): readonly ValuesPlace[] {
  const spec = at(release, "spec", "chart", "spec");
  if (textAt(spec, "sourceRef", "kind") !== "GitRepository") return [];
  return itemsAt(spec, "valuesFiles").flatMap((item) => {
    const place = fileNamed("", plainText(textAt(item))?.replace(/^\/+/, "") ?? "");
    return place?.kind === "file" && survey.has(place.file) ? [place] : [];
  });
}
