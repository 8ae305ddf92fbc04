// Who publishes a chart: by a name that a user gives, or by the texts around the chart.
import { PUBLISHERS } from "./publishers.js";
import { CHART_ROWS } from "./table.js";

/**
 * The publisher of a name.
 *
 * @param text a key of `PUBLISHERS`, or the owner of a publisher's repository, in upper or lower case
 * @param chart the chart's name: of an owner with several publishers, the one with a row for this chart
 * @returns a key of `PUBLISHERS`; `""` where none fits
 */
export function publisherNamed(text: string, chart: string): string {
  const name = text.toLowerCase();
  const found = Object.entries(PUBLISHERS).flatMap(([id, marks]) =>
    id === name ||
    marks.some(
      (mark) => mark.toLowerCase().startsWith(`github.com/${name}/`) || mark.startsWith(`${name}.github.io`),
    )
      ? [id]
      : [],
  );
  return (
    found.find((id) => CHART_ROWS.some((row) => row.publisher === id && row.chart === chart)) ??
    found[0] ??
    ""
  );
}

/**
 * The publisher whom a text names.
 *
 * @param text a repository's URL, or several texts of a Chart.yaml
 * @returns the first key of `PUBLISHERS` of which one of the texts is in it; `undefined` where there is none
 */
export function publisherIn(text: string): string | undefined {
  return Object.entries(PUBLISHERS).find(([, marks]) => marks.some((mark) => text.includes(mark)))?.[0];
}
