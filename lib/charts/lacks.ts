// What is missing to know where a chart takes an image's digest, and what to do: for reports.
import type { Chart } from "./chart.js";
import type { ChartVerdict } from "./verdict.js";

/** How the reason begins where nothing names the chart. */
export const NO_CHART_NAMED = "no chart is named for these values";
const FIND_OUT = "run `npx eslint-plugin-container-images charts --write`";

/** What is known of some values, as far as it says what is missing. */
export interface Lacking {
  /** The chart that the values are for, where something names it. */
  readonly chart: Chart | undefined;
  /** Whether the chart's templates stand beside the values. */
  readonly isOwn: boolean;
  readonly verdict: ChartVerdict | undefined;
}

/**
 * Why nothing proves where an image's digest goes.
 *
 * @returns the end of "… is not pinned by digest: "
 */
export function lacks({ chart, isOwn, verdict }: Lacking): string {
  if (verdict?.otherVersions !== undefined)
    return `known is ${verdict.chart} ${verdict.otherVersions}, not ${chart?.version ?? ""}; ${FIND_OUT}`;
  if (isOwn) return `its templates are not clear; ${FIND_OUT}`;
  if (chart) return `the chart ${chart.name} is unknown; ${FIND_OUT}`;
  return `${NO_CHART_NAMED}; run \`npx eslint-plugin-container-images charts\``;
}
