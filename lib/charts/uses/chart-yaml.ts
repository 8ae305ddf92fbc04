// Charts of the tree itself: their own values, and those of their dependencies.
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { DEEPEST_SUBCHART, isChartName } from "../chart.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { baseOf, folderOf, resolvePath } from "./paths.js";
import { chartInTree, repositoryAt, type NamedChart } from "./references.js";
import type { Survey } from "./survey.js";

const VALUES_FILE = /^values[^/]*\.ya?ml$/;

export const CHART_YAML: MechanismRow = {
  mechanism: "Chart.yaml",
  find: (survey) =>
    survey.files.filter((file) => baseOf(file) === "Chart.yaml").flatMap((file) => usesIn(survey, file)),
};

function usesIn(survey: Survey, file: string): readonly ChartUse[] {
  const folder = folderOf(file);
  const [root] = survey.documents(file);
  const place = at(root, "name");
  const named = chartInTree(survey, folder);
  if (!place || !named) return [];
  const files = valuesFilesIn(survey, folder);
  const own = useOf(
    "Chart.yaml",
    place,
    named,
    undefined,
    files.map((each) => ({ kind: "file", file: each })),
    true,
  );
  return [own, ...dependenciesOf(survey, folder, files, [])];
}

/** The values files beside a Chart.yaml. */
function valuesFilesIn(survey: Survey, folder: string): readonly string[] {
  return survey.filesIn(folder).filter((file) => VALUES_FILE.test(baseOf(file)));
}

/** The uses of a chart's dependencies, with their values in some files, and so on for those of the tree. */
function dependenciesOf(
  survey: Survey,
  folder: string,
  files: readonly string[],
  path: readonly string[],
): readonly ChartUse[] {
  return listOf(survey, folder).flatMap((dependency) => {
    const name = textAt(dependency, "name");
    const place = at(dependency, "name");
    if (!place || name === undefined || !isChartName(name)) return [];
    const keys = [...path, textAt(dependency, "alias") ?? name];
    const named = dependencyNamed(survey, folder, dependency, name);
    const values = files.flatMap((file) => valuesAt(survey, file, keys));
    const version = textAt(dependency, "version");
    const inTree = named.from?.kind === "tree" ? resolvePath("", named.from.path) : undefined;
    const below =
      inTree !== undefined && values.length > 0 && keys.length < DEEPEST_SUBCHART
        ? dependenciesOf(survey, inTree, files, keys).filter((use) => use.values.length > 0)
        : [];
    return [useOf("Chart.yaml", place, named, version, values), ...below];
  });
}

/** Charts of Helm 2 name their dependencies in a file of its own. */
function listOf(survey: Survey, folder: string): readonly YamlNode[] {
  const beside = folder === "" ? "" : `${folder}/`;
  const [root] = survey.documents(`${beside}Chart.yaml`);
  if (at(root, "dependencies")) return itemsAt(root, "dependencies");
  const old = `${beside}requirements.yaml`;
  return survey.has(old) ? itemsAt(survey.documents(old)[0], "dependencies") : [];
}

/** What stands in `charts/` is what Helm takes; else what the dependency says. */
function dependencyNamed(survey: Survey, folder: string, dependency: YamlNode, chart: string): NamedChart {
  const charts = folder === "" ? "charts" : `${folder}/charts`;
  const unpacked = chartInTree(survey, `${charts}/${chart}`);
  if (unpacked) return unpacked;
  const packed = survey
    .filesIn(charts)
    .map((file) => (file.endsWith(".tgz") ? chartInTree(survey, file) : undefined))
    .find((each) => each?.chart === chart);
  if (packed) return packed;
  const url = textAt(dependency, "repository");
  if (!url?.startsWith("file://")) return { chart, from: repositoryAt(url) };
  const path = resolvePath(folder, url.slice("file://".length));
  const sibling = path === undefined ? undefined : chartInTree(survey, path);
  if (!sibling)
    survey.problem(dependency, `names the chart "${chart}" at ${url}, which the tree does not hold`);
  return { chart, from: sibling?.from };
}

function valuesAt(survey: Survey, file: string, path: readonly string[]): readonly ValuesPlace[] {
  const [root] = survey.documents(file);
  const place = inline(at(root, ...path));
  return place ? [place] : [];
}
