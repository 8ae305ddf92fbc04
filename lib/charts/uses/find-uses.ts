// Finds the uses of charts in a tree of files: for now, charts of the tree itself and those of the settings.
import { load } from "js-yaml";
import type { Settings } from "../../settings/settings.js";
import { isChartName } from "../chart.js";
import type { ChartUse } from "./chart-use.js";
import type { FileTree } from "./survey.js";

/** What was found, and what could not be told. */
export interface FoundUses {
  readonly uses: readonly ChartUse[];
  /** One line each: `file:line what`. */
  readonly problems: readonly string[];
}

/**
 * Finds every use of a chart in a tree of files.
 *
 * @param tree the files of a repository, from its root
 * @param settings the user's
 */
export function findUses(tree: FileTree, settings: Pick<Settings, "charts">): FoundUses {
  const own = tree.files
    .filter((file) => /(?:^|\/)Chart\.yaml$/.test(file))
    .flatMap((file): readonly ChartUse[] => {
      const folder = file.slice(0, -"/Chart.yaml".length);
      const chart = nameIn(tree.read(file) ?? "");
      if (chart === undefined) return [];
      const beside = tree.files.filter((each) => /^values[^/]*\.ya?ml$/.test(each.slice(folder.length + 1)));
      return [
        {
          chart,
          from: { kind: "tree", path: folder },
          version: undefined,
          values: beside
            .filter((each) => each.startsWith(folder))
            .map((each) => ({ kind: "file", file: each })),
          namedBy: { mechanism: "Chart.yaml", file, line: 1 },
        },
      ];
    });
  const named = settings.charts.map(({ files, chart }, index): ChartUse => ({
    chart: chart.slice(chart.indexOf("/") + 1),
    from: undefined,
    version: undefined,
    values: files.map((glob) => ({ kind: "pattern", glob: `**/${glob}` })),
    namedBy: { mechanism: "settings", file: "settings.charts", line: index + 1 },
  }));
  return { uses: [...own, ...named], problems: [] };
}

function nameIn(text: string): string | undefined {
  try {
    const { name } = load(text) as { readonly name?: unknown };
    return typeof name === "string" && isChartName(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
