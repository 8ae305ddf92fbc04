// Trees of files for the tests of uses.
import { findUses, type FoundUses } from "../../../lib/charts/uses/find-uses.js";
import type { ChartUse } from "../../../lib/charts/uses/chart-use.js";
import type { FileTree } from "../../../lib/charts/uses/survey.js";
import type { Settings } from "../../../lib/settings/settings.js";

type Texts = Readonly<Record<string, string>>;

/** A tree of some files, by their paths. */
function treeOf(texts: Texts): FileTree {
  const files = new Map(Object.entries(texts));
  return { files: [...files.keys()], read: (file) => files.get(file) };
}

/** What is found in a tree of some files. */
export function found(texts: Texts, settings: Partial<Settings> = {}): FoundUses {
  return findUses(treeOf(texts), { chartCatalogues: [], charts: [], ...settings });
}

/** Each use in one line: what names it, the chart, where it comes from, its version, and its values. */
export function lines(texts: Texts, settings: Partial<Settings> = {}): readonly string[] {
  return found(texts, settings).uses.map(lineOf);
}

function lineOf({ chart, from, version, values, namedBy }: ChartUse): string {
  const source =
    from === undefined
      ? "?"
      : from.kind === "repository"
        ? from.url
        : from.kind === "tree"
          ? `./${from.path}`
          : `${from.url}//${from.path}${from.ref === undefined ? "" : `?ref=${from.ref}`}`;
  const places = values.map((place) => {
    if (place.kind === "file") return place.file;
    if (place.kind === "pattern") return `glob ${place.glob}`;
    const document = place.document === undefined ? "" : `#${String(place.document)}`;
    return `${place.file}${document} ${place.path.join(".")}`;
  });
  const named = `${namedBy.mechanism} ${namedBy.file}:${String(namedBy.line)}`;
  return [`${named}: ${chart} ${version ?? "-"} from ${source}`, ...places].join(" | ");
}
