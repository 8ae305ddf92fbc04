// Charts that kustomize inflates: `helmCharts[]`, its older form, and generators of their own.
import { isChartName } from "../chart.js";
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { kustomizationsOf } from "./config-maps.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { fileNamed, folderOf, resolvePath } from "./paths.js";
import { chartInTree, repositoryAt, type NamedChart } from "./references.js";
import type { Survey } from "./survey.js";

export const KUSTOMIZE: MechanismRow = {
  mechanism: "kustomize",
  kinds: ["HelmChartInflationGenerator"],
  find: (survey) => {
    const kustomizations = kustomizationsOf(survey);
    const roots = rootsOfGenerators(kustomizations);
    return [
      ...kustomizations.flatMap((each) => usesIn(survey, each)),
      ...survey.resources("HelmChartInflationGenerator").flatMap((generator) => {
        const { file } = generator.source;
        return (roots.get(file) ?? [folderOf(file)]).flatMap((folder) =>
          useIn(survey, { folder, home: textAt(generator, "chartHome"), chart: generator, keys: KEYS }),
        );
      }),
    ];
  },
};

interface Keys {
  readonly name: string;
  readonly repo: string;
  readonly version: string;
  readonly file: string;
}

const KEYS: Keys = { name: "name", repo: "repo", version: "version", file: "valuesFile" };
const OLD_KEYS: Keys = { name: "chartName", repo: "chartRepoUrl", version: "chartVersion", file: "values" };

interface Inflated {
  /** The kustomization's, from which its paths are read. */
  readonly folder: string;
  /** The folder that holds charts. */
  readonly home: string | undefined;
  readonly chart: YamlNode;
  readonly keys: Keys;
}

function usesIn(survey: Survey, kustomization: YamlNode): readonly ChartUse[] {
  const folder = folderOf(kustomization.source.file);
  const home = textAt(kustomization, "helmGlobals", "chartHome");
  const charts = itemsAt(kustomization, "helmCharts").map((chart) => ({ folder, home, chart, keys: KEYS }));
  const older = itemsAt(kustomization, "helmChartInflationGenerator").map((chart) => ({
    folder,
    home: textAt(chart, "chartHome"),
    chart,
    keys: OLD_KEYS,
  }));
  return [...charts, ...older].flatMap((inflated) => useIn(survey, inflated));
}

function useIn(survey: Survey, { folder, home, chart, keys }: Inflated): readonly ChartUse[] {
  const place = at(chart, keys.name);
  const name = textAt(place);
  if (!place || name === undefined) return [];
  const version = textAt(chart, keys.version);
  const named = inHome(survey, resolvePath(folder, home ?? "charts"), name, version) ?? {
    chart: name,
    from: repositoryAt(textAt(chart, keys.repo)),
  };
  if (!isChartName(named.chart)) {
    survey.problem(place, `names no chart that can be told: "${name}"`);
    return [];
  }
  const files = [
    textAt(chart, keys.file),
    ...itemsAt(chart, "additionalValuesFiles").map((item) => textAt(item)),
  ];
  const values: (ValuesPlace | undefined)[] = files.map((file) =>
    file === undefined ? undefined : fileNamed(folder, file),
  );
  const own = inline(at(chart, "valuesInline"));
  return [useOf("kustomize", place, named, version, [...values, own], !own && !values.includes(undefined))];
}

/** The chart where kustomize looks for it first: `charts/name`, or `charts/name-version/name`. */
function inHome(
  survey: Survey,
  home: string | undefined,
  name: string,
  version: string | undefined,
): NamedChart | undefined {
  if (home === undefined) return undefined;
  const folders = [name, ...(version === undefined ? [] : [`${name}-${version}/${name}`])];
  return folders
    .map((folder) => resolvePath(home, folder))
    .map((path) => (path === undefined ? undefined : chartInTree(survey, path)))
    .find((chart) => chart !== undefined);
}

/**
 * For each file of `generators`, the folders of the kustomizations that name it: its paths are read from
 * there.
 */
function rootsOfGenerators(kustomizations: readonly YamlNode[]): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const kustomization of kustomizations) {
    const folder = folderOf(kustomization.source.file);
    for (const item of itemsAt(kustomization, "generators")) {
      const file = resolvePath(folder, textAt(item) ?? "");
      if (file === undefined) continue;
      const known = roots.get(file);
      if (!known) roots.set(file, [folder]);
      else if (!known.includes(folder)) known.push(folder);
    }
  }
  return roots;
}
