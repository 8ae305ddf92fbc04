// A file of facts as rows that are looked up by a chart's name and source.
import type { ChartFacts, ImageFact } from "../../settings/chart-facts.js";
import { stepsOf } from "../../settings/path-steps.js";
import type { PathPattern } from "../../vocabulary/path.js";
import type { Chart } from "../chart.js";
import { publisherIn } from "../publisher-of.js";

/** What a fact says of some images. */
interface FactImage {
  readonly pattern: PathPattern;
  readonly fact: ImageFact;
}

/** What a file of facts says of one chart. */
export interface FactRow {
  readonly chart: string;
  readonly source: string | undefined;
  /** The publisher that the source shows. */
  readonly publisher: string | undefined;
  readonly versions: string | undefined;
  readonly images: readonly FactImage[];
}

/** The rows of each file of facts: a lint of many files asks for the same one. */
const known = new WeakMap<ChartFacts, ReadonlyMap<string, readonly FactRow[]>>();

/**
 * The facts of a chart.
 *
 * @param facts the user's
 * @param chart the chart, as something names it
 * @returns the rows of this name whose source is the chart's, or may be: where one of them has no source;
 *   else those for all charts of its source
 */
export function rowsOfFacts(facts: ChartFacts, chart: Chart): readonly FactRow[] {
  const rows = known.get(facts) ?? read(facts);
  known.set(facts, rows);
  const named = (rows.get(chart.name) ?? []).filter((row) => maySame(row, chart));
  return named.length > 0
    ? named
    : (rows.get("*") ?? []).filter((row) => hasSource(chart) && maySame(row, chart));
}

function read(facts: ChartFacts): ReadonlyMap<string, readonly FactRow[]> {
  const rows = new Map<string, FactRow[]>();
  for (const { chart, source, versions, images } of facts.charts) {
    const row: FactRow = {
      chart,
      source: source === undefined ? undefined : plainSource(source),
      publisher: source === undefined ? undefined : publisherIn(source),
      versions,
      images: images.flatMap((fact) => {
        const pattern = stepsOf(fact.path);
        return pattern ? [{ pattern, fact }] : [];
      }),
    };
    rows.set(chart, [...(rows.get(chart) ?? []), row]);
  }
  return rows;
}

function hasSource({ source, publisher }: Chart): boolean {
  return source !== undefined || (publisher !== undefined && publisher !== "");
}

/** Whether nothing says that a row is of another source than the chart. */
function maySame(row: FactRow, chart: Chart): boolean {
  if (row.source === undefined || !hasSource(chart)) return true;
  if (chart.source !== undefined && plainSource(chart.source) === row.source) return true;
  return chart.publisher !== undefined && chart.publisher !== "" && chart.publisher === row.publisher;
}

/** A source without what does not tell two of them apart. */
function plainSource(source: string): string {
  return source
    .trim()
    .toLowerCase()
    .replace(/^(?:https?|oci):\/\//, "")
    .replace(/^\.\//, "")
    .replace(/\/+$/, "");
}
