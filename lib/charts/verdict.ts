// What the chart table says of an image in a chart's values.
import { matchesPath, type Segment } from "../vocabulary/path.js";
import { DEEPEST_SUBCHART, type Chart } from "./chart.js";
import type { ChartImages } from "./chart-row.js";
import { rowsOfChart } from "./rows-of-chart.js";

/** What the table says of one image. */
export interface ChartVerdict {
  /** `publisher/name` of the chart that the image belongs to. */
  readonly chart: string;
  readonly images: ChartImages;
  /** Whether the chart's name can mean no other chart. */
  readonly certain: boolean;
}

/**
 * What the table says of an image of a chart.
 *
 * @param values the chart that the values are for
 * @param path the path of the image's mapping or scalar, from the values' root
 * @returns the verdict of the chart or subchart that the path leads into; `undefined` where the table has
 *   none
 */
export function verdictAt(values: Chart, path: readonly Segment[]): ChartVerdict | undefined {
  let at = values;
  let below = path;
  for (let depth = 0; depth < DEEPEST_SUBCHART; depth++) {
    const [key] = below;
    const sub = typeof key === "string" ? at.subchart(key) : undefined;
    if (!sub) break;
    at = sub;
    below = below.slice(1);
  }
  const { rows, certain } = rowsOfChart(at.name, at.publisher);
  for (const row of rows) {
    const images = row.images.find((each) => each.path.some((pattern) => matchesPath(below, pattern)));
    if (images) return { chart: `${row.publisher}/${at.name}`, images, certain };
  }
  return undefined;
}
