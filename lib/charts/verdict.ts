// What is known of an image in a chart's values: by the user's facts, the table, or the facts that ship.
import type { ChartFacts, FactDigest, TagUse } from "../settings/chart-facts.js";
import { matchesPath, type Segment } from "../vocabulary/path.js";
import { DEEPEST_SUBCHART, type Chart } from "./chart.js";
import type { ChartDigest } from "./chart-row.js";
import { builtInFacts } from "./facts/built-in.js";
import { namesSource, rowsOfFacts } from "./facts/rows-of-facts.js";
import { isSameMajor, versionFits } from "./facts/version-fits.js";
import { rowsOfChart } from "./rows-of-chart.js";

/** What is known of one image. */
export interface ChartVerdict {
  /** `publisher/name` of the chart that the image belongs to, or its name. */
  readonly chart: string;
  readonly digest: ChartDigest | FactDigest;
  /** The reference that the chart composes ({@link ImageFact.reference}). */
  readonly composition: string;
  /** Whether it names the keys of `global` that the chart puts in, too. Rows of the table do not. */
  readonly namesGlobals: boolean;
  /** What the chart's own values hold ({@link ImageFact.defaults}). */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What else the chart does with the tag. */
  readonly tagIs?: readonly TagUse[];
  /** Whether the chart's name can mean no other chart. */
  readonly certain: boolean;
  readonly evidence: "rendered" | "read" | "user";
  /** The versions that this is known of, where another one is in use. */
  readonly otherVersions?: string;
}

/** Facts, and for which versions in use they count. */
interface Source {
  readonly facts: ChartFacts;
  readonly fits: (known: string | undefined, used: string | undefined) => boolean;
}

/**
 * What is known of an image of a chart. The first that knows it decides: the user's facts, the chart table,
 * the facts that ship with the plugin.
 *
 * @param values the chart that the values are for
 * @param path the path of the image's mapping or scalar, from the values' root
 * @param facts the user's
 * @returns the verdict of the chart or subchart that the path leads into; `undefined` where nothing is known
 */
export function verdictAt(
  values: Chart,
  path: readonly Segment[],
  facts: ChartFacts,
): ChartVerdict | undefined {
  const places = placesOf(values, path);
  const [deepest] = places.slice(-1);
  return (
    firstOf(places, { facts, fits: versionFits }) ??
    (deepest && verdictOfTable(...deepest)) ??
    // A name alone says nothing of a chart that anyone may publish.
    firstOf(
      places.filter(([chart]) => namesSource(chart)),
      { facts: builtInFacts(), fits: isSameMajor },
    )
  );
}

/** A chart, and a path in its values. */
export type Place = readonly [chart: Chart, path: readonly Segment[]];

/** The chart, and the subcharts that a path leads into, each with the path in its own values. */
export function placesOf(values: Chart, path: readonly Segment[]): readonly Place[] {
  const places: Place[] = [[values, path]];
  for (let depth = 0, at = values, below = path; depth < DEEPEST_SUBCHART; depth++) {
    const [key] = below;
    const sub = typeof key === "string" ? at.subchart(key) : undefined;
    if (!sub) break;
    at = sub;
    below = below.slice(1);
    places.push([at, below]);
  }
  return places;
}

function firstOf(places: readonly Place[], source: Source): ChartVerdict | undefined {
  if (source.facts.charts.length === 0) return undefined;
  for (const [chart, path] of places) {
    const verdict = verdictOfFacts(source, chart, path);
    if (verdict) return verdict;
  }
  return undefined;
}

function verdictOfFacts(
  { facts, fits }: Source,
  chart: Chart,
  path: readonly Segment[],
): ChartVerdict | undefined {
  const found = rowsOfFacts(facts, chart).flatMap(({ versions, images, source }) => {
    const image = images.find(({ pattern }) => matchesPath(path, pattern));
    return image ? [{ source, versions, image: image.fact, isOf: fits(versions, chart.version) }] : [];
  });
  const any = found.find(({ isOf }) => isOf) ?? found[0];
  if (!any) return undefined;
  const { image, versions, isOf } = any;
  return {
    chart: chart.name,
    digest: image.digest,
    composition: image.reference,
    namesGlobals: true,
    ...(image.defaults ? { defaults: image.defaults } : {}),
    ...(image.tagIs ? { tagIs: image.tagIs } : {}),
    certain: new Set(found.map(({ source }) => source)).size === 1,
    evidence: image.evidence,
    ...(isOf || versions === undefined ? {} : { otherVersions: versions }),
  };
}

function verdictOfTable(chart: Chart, path: readonly Segment[]): ChartVerdict | undefined {
  const { rows, certain } = rowsOfChart(chart.name, chart.publisher);
  for (const row of rows) {
    const images = row.images.find((each) => each.path.some((pattern) => matchesPath(path, pattern)));
    if (!images) continue;
    const { digest, composition, tagIs } = images;
    return {
      chart: `${row.publisher}/${chart.name}`,
      digest,
      composition,
      namesGlobals: false,
      ...(tagIs ? { tagIs } : {}),
      certain,
      evidence: "rendered",
    };
  }
  return undefined;
}
