// Charts that a catalogue of the user's own names, as the setting `chartCatalogues` describes it.
import { matchesPath } from "../../exempt.js";
import type { ChartCatalogue } from "../../settings/settings.js";
import { isChartName } from "../chart.js";
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { at, entriesAt, itemsAt, textAt, type YamlNode } from "./document.js";
import { useOf } from "./mechanism.js";
import { baseOf, escaped, folderOf, resolvePath } from "./paths.js";
import { repositoryAt } from "./references.js";
import type { Survey } from "./survey.js";

/** Stands for an item's key, where the catalogue is a mapping. */
const OWN_KEY = "$key";

/**
 * The uses that the user's catalogues name.
 *
 * @param survey the tree
 * @param catalogues the setting
 */
export function usesInCatalogues(survey: Survey, catalogues: readonly ChartCatalogue[]): readonly ChartUse[] {
  return catalogues.flatMap((catalogue) =>
    survey.files
      .filter((file) => matchesPath(file, catalogue.file))
      .flatMap((file) => survey.documents(file))
      .flatMap((document) =>
        itemsOf(at(document, ...steps(catalogue.list))).flatMap((item) => usesOf(survey, catalogue, item)),
      ),
  );
}

interface Item {
  readonly key: string | undefined;
  readonly node: YamlNode;
}

function itemsOf(list: YamlNode | undefined): readonly Item[] {
  const entries = entriesAt(list).map(([key, node]) => ({ key, node }));
  return [...entries, ...itemsAt(list).map((node) => ({ key: undefined, node }))];
}

function usesOf(survey: Survey, catalogue: ChartCatalogue, item: Item): readonly ChartUse[] {
  const written = textOf(item, catalogue.chart);
  // A catalogue also lists what is no chart.
  if (written === undefined) return [];
  const chart = baseOf(written);
  const place =
    catalogue.chart === OWN_KEY ? item.node : (at(item.node, ...steps(catalogue.chart)) ?? item.node);
  if (!isChartName(chart)) {
    survey.problem(place, `names no chart: "${written}"`);
    return [];
  }
  const url = catalogue.repository === undefined ? undefined : textOf(item, catalogue.repository);
  const version = catalogue.version === undefined ? undefined : textOf(item, catalogue.version);
  const folder = folderOf(item.node.source.file);
  const named = { chart, from: repositoryAt(url) };
  const values = catalogue.values.map((glob) => valuesAt(folder, item, glob));
  return [useOf("catalogue", place, named, version, values, !values.includes(undefined))];
}

/**
 * The files that a pattern means, with the item's own texts filled in; `undefined` where one is missing, or
 * would lead out of the folder.
 */
function valuesAt(folder: string, item: Item, pattern: string): ValuesPlace | undefined {
  const pieces = pattern.split(/\{([^{}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const text = textOf(item, piece) ?? "";
    return text !== "" && resolvePath("", text) === text ? escaped(text) : undefined;
  });
  if (pieces.includes(undefined)) return undefined;
  const glob = resolvePath(escaped(folder), pieces.join(""));
  return glob === undefined ? undefined : { kind: "pattern", glob };
}

function textOf({ key, node }: Item, path: string): string | undefined {
  return path === OWN_KEY ? key : textAt(node, ...steps(path));
}

function steps(path: string): readonly string[] {
  return path.split(".");
}
