// Charts that the user's setting `charts` names.
import type { Settings } from "../../settings/settings.js";
import type { ChartUse } from "./chart-use.js";
import { baseOf } from "./paths.js";

/**
 * The uses that the setting `charts` names.
 *
 * @param charts the setting
 * @returns a use for each entry, with the globs over the end of a path as globs over the whole path
 */
export function usesInSettings(charts: Settings["charts"]): readonly ChartUse[] {
  return charts.map(({ files, chart, repository, version }, index) => ({
    chart: baseOf(chart),
    from: repository === undefined ? undefined : { kind: "repository", url: repository },
    version,
    values: files.map((glob) => ({ kind: "pattern", glob: `**/${glob.replace(/^(?:\.?\/)+/, "")}` })),
    isWhole: true,
    namedBy: { mechanism: "settings", file: "settings.charts", line: index + 1 },
  }));
}
