// The rows of the chart table that speak of a chart.
import type { ChartRow } from "./chart-row.js";
import { CHART_ROWS } from "./table.js";

/** What the table has for a chart's name. */
export interface RowsOfChart {
  readonly rows: readonly ChartRow[];
  /** Whether the name can mean no other chart. */
  readonly certain: boolean;
}

/**
 * The rows of a chart.
 *
 * @param name the chart's name
 * @param publisher a key of `PUBLISHERS`; `""` for a publisher that the table does not know, `undefined`
 *   where nothing says who publishes it
 * @returns the chart's own rows, else those for all charts of the publisher; without a publisher, the rows of
 *   every chart of that name, certain only where no other publisher has one
 */
export function rowsOfChart(name: string, publisher: string | undefined): RowsOfChart {
  const named = CHART_ROWS.filter((row) => row.chart === name);
  if (publisher === undefined)
    return { rows: named, certain: named.length === 1 && named[0]?.namesakes === undefined };
  const own = named.filter((row) => row.publisher === publisher);
  return {
    rows: own.length > 0 ? own : CHART_ROWS.filter((row) => row.chart === "*" && row.publisher === publisher),
    certain: true,
  };
}
