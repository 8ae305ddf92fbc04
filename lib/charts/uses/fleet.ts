// Charts that Rancher's Fleet names: `fleet.yaml` with its customizations, and the resource HelmOp.
import { isChartName } from "../chart.js";
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { valuesInConfigMap } from "./config-maps.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { baseOf, fileNamed, folderOf } from "./paths.js";
import { chartInTree, chartReferred, repositoryAt, type NamedChart } from "./references.js";
import { namespaceOf, type Survey } from "./survey.js";

export const FLEET: MechanismRow = {
  mechanism: "Fleet",
  kinds: ["HelmOp", "ConfigMap", "Secret"],
  find: (survey) => [
    ...survey.files
      .filter((file) => /^fleet\.ya?ml$/.test(baseOf(file)))
      .flatMap((file) => survey.documents(file).flatMap((bundle) => usesIn(survey, bundle, bundle))),
    ...survey.resources("HelmOp").flatMap((resource) => {
      const spec = at(resource, "spec");
      return spec ? usesIn(survey, resource, spec) : [];
    }),
  ],
};

/** The use of a bundle, and one for each customization that says something of the chart. */
function usesIn(survey: Survey, resource: YamlNode, bundle: YamlNode): readonly ChartUse[] {
  const folder = folderOf(bundle.source.file);
  const base = at(bundle, "helm");
  const named = chartOf(survey, folder, base, undefined);
  const version = textAt(base, "version");
  const uses: ChartUse[] = [];
  if (named) {
    const place = at(base, "chart") ?? base ?? bundle;
    uses.push(useOf("Fleet", place, named, version, valuesIn(survey, resource, folder, base)));
  } else if (textAt(base, "chart") !== undefined)
    survey.problem(base ?? bundle, `names no chart that can be told: "${textAt(base, "chart") ?? ""}"`);
  for (const item of itemsAt(bundle, "targetCustomizations")) {
    const helm = at(item, "helm");
    const own =
      textAt(helm, "chart") === undefined ? named : chartOf(survey, folder, helm, textAt(base, "repo"));
    const values = valuesIn(survey, resource, folder, helm).filter((each) => each !== undefined);
    const its = textAt(helm, "version");
    if (!helm || !own || (values.length === 0 && its === undefined && own === named)) continue;
    uses.push(useOf("Fleet", at(helm, "chart") ?? helm, own, its ?? version, values));
  }
  return uses;
}

/**
 * `chart` is a path, a URL, or a name in `repo`, which a customization takes over; without it the folder
 * itself
 * may be a chart.
 */
function chartOf(
  survey: Survey,
  folder: string,
  helm: YamlNode | undefined,
  inherited: string | undefined,
): NamedChart | undefined {
  const text = textAt(helm, "chart");
  const own = textAt(helm, "repo");
  if (text === undefined) {
    // `repo` alone may be the whole reference of a chart in a registry.
    return own?.startsWith("oci://")
      ? chartReferred(survey, folder, own, () => undefined)
      : chartInTree(survey, folder);
  }
  const repo = own ?? (isChartName(text) ? inherited : undefined);
  if (repo === undefined) return chartReferred(survey, folder, text, () => undefined);
  const named = chartReferred(survey, undefined, text, () => undefined);
  return named && { ...named, from: repositoryAt(repo) };
}

function valuesIn(
  survey: Survey,
  resource: YamlNode,
  folder: string,
  helm: YamlNode | undefined,
): readonly (ValuesPlace | undefined)[] {
  const files = itemsAt(helm, "valuesFiles").map((item) => {
    const file = textAt(item);
    return file === undefined ? undefined : fileNamed(folder, file);
  });
  const named = itemsAt(helm, "valuesFrom").flatMap((item) =>
    FROM.flatMap(([key, kind]) => {
      const name = textAt(item, key, "name");
      if (name === undefined) return [];
      return valuesInConfigMap(survey, {
        kind,
        name,
        namespace: textAt(item, key, "namespace") ?? namespaceOf(resource),
        key: textAt(item, key, "key") ?? "values.yaml",
        file: resource.source.file,
      });
    }),
  );
  return [...files, ...named, inline(at(helm, "values"))];
}

const FROM: readonly (readonly [key: string, kind: string])[] = [
  ["configMapKeyRef", "ConfigMap"],
  ["secretKeyRef", "Secret"],
];
