// Charts that tests write as texts.
import { chartContent, type ChartContent } from "../../lib/proof/chart-content.js";

const CHART = { "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n" };

/**
 * Makes a chart, which is `web` 1.0.0 where its files do not say otherwise.
 *
 * @param files its files by their paths
 * @throws where they are no chart
 */
export function chartOf(files: Readonly<Record<string, string>>): ChartContent {
  const all = Object.entries({ ...CHART, ...files });
  const chart = chartContent(new Map(all.map(([path, text]) => [path, Buffer.from(text)])));
  if (typeof chart === "string") throw new Error(chart);
  return chart;
}
