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
  /** Without what does not tell two repositories apart. */
  readonly source: string | undefined;
  /** The publisher that the source shows. */
  readonly publisher: string | undefined;
  readonly versions: string | undefined;
  readonly images: readonly FactImage[];
}

/** What a chart is looked up by. */
type NamedChart = Omit<Chart, "subchart">;

interface Rows {
  readonly byName: ReadonlyMap<string, readonly FactRow[]>;
  /** For a repository, those that the facts name instead: a mirror may have charts of several. */
  readonly sameAs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The rows of each file of facts: a lint of many files asks for the same one. */
const known = new WeakMap<ChartFacts, Rows>();

/**
 * The facts of a chart.
 *
 * @param facts the user's, or those that ship
 * @param chart the chart, as something names it
 * @returns the rows of this name that are of the chart's source, or where one of the two has no source; else
 *   those for all charts of its source
 */
export function rowsOfFacts(facts: ChartFacts, chart: NamedChart): readonly FactRow[] {
  const rows = known.get(facts) ?? read(facts);
  known.set(facts, rows);
  const named = (rows.byName.get(chart.name) ?? []).filter((row) => maySame(row, chart, rows));
  if (named.length > 0 || !namesSource(chart)) return named;
  return (rows.byName.get("*") ?? []).filter((row) => maySame(row, chart, rows));
}

/** Whether something says where a chart comes from, or who publishes it. */
export function namesSource({ source, publisher, called }: NamedChart): boolean {
  return source !== undefined || called !== undefined || (publisher !== undefined && publisher !== "");
}

function read({ charts, sources = [] }: ChartFacts): Rows {
  const byName = new Map<string, FactRow[]>();
  for (const { chart, source, versions, images } of charts) {
    const row: FactRow = {
      chart,
      source: source === undefined ? undefined : plainSource(source),
      publisher: source === undefined ? undefined : publisherIn(source),
      versions,
      images: images.flatMap((fact) => {
        const pattern = fact.path === "" ? [] : stepsOf(fact.path);
        return pattern ? [{ pattern, fact }] : [];
      }),
    };
    const rows = byName.get(chart) ?? [];
    rows.push(row);
    byName.set(chart, rows);
  }
  const sameAs = new Map<string, Set<string>>();
  for (const [first = "", ...others] of sources)
    for (const other of others.map(plainSource))
      sameAs.set(other, (sameAs.get(other) ?? new Set<string>()).add(plainSource(first)));
  return { byName, sameAs };
}

/** Whether nothing says that a row is of another source than the chart. */
function maySame(row: FactRow, chart: NamedChart, { sameAs }: Rows): boolean {
  const { source, publisher, called } = chart;
  if (row.source === undefined || !namesSource(chart)) return true;
  if (publisher !== undefined && publisher !== "" && publisher === row.publisher) return true;
  if (source !== undefined) {
    const plain = plainSource(source);
    const all = [plain, plain.endsWith(`/${chart.name}`) ? plain.slice(0, -chart.name.length - 1) : plain];
    return all.some((each) => each === row.source || sameAs.get(each)?.has(row.source ?? "") === true);
  }
  // `metallb/metallb` is the chart of metallb.github.io/metallb.
  return called !== undefined && row.source.split(/[./]/).includes(called.toLowerCase());
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
