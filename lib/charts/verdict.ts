// What is known of an image in a chart's values: by the user's facts, else by the chart table.
import type { ChartFacts, FactDigest, TagUse } from "../settings/chart-facts.js";
import { matchesPath, type Segment } from "../vocabulary/path.js";
import { DEEPEST_SUBCHART, type Chart } from "./chart.js";
import type { ChartDigest } from "./chart-row.js";
import { rowsOfFacts } from "./facts/rows-of-facts.js";
import { versionFits } from "./facts/version-fits.js";
import { rowsOfChart } from "./rows-of-chart.js";

/** What is known of one image. */
export interface ChartVerdict {
  /** `publisher/name` of the chart that the image belongs to, or its name. */
  readonly chart: string;
  readonly digest: ChartDigest | FactDigest;
  /** The reference that the chart composes ({@link ImageFact.reference}). */
  readonly composition: string;
  /** What else the chart does with the tag. */
  readonly tagIs?: readonly TagUse[];
  /** Whether the chart's name can mean no other chart. */
  readonly certain: boolean;
  readonly evidence: "rendered" | "read" | "user";
  /** The versions that this is known of, where another one is in use. */
  readonly otherVersions?: string;
}

/**
 * What is known of an image of a chart.
 *
 * @param values the chart that the values are for
 * @param path the path of the image's mapping or scalar, from the values' root
 * @param facts the user's, which decide before the table
 * @returns the verdict of the chart or subchart that the path leads into; `undefined` where nothing is known
 */
export function verdictAt(
  values: Chart,
  path: readonly Segment[],
  facts: ChartFacts,
): ChartVerdict | undefined {
  let at = values;
  let below = path;
  let byFacts = verdictOfFacts(facts, at, below);
  for (let depth = 0; depth < DEEPEST_SUBCHART && !byFacts; depth++) {
    const [key] = below;
    const sub = typeof key === "string" ? at.subchart(key) : undefined;
    if (!sub) break;
    at = sub;
    below = below.slice(1);
    byFacts = verdictOfFacts(facts, at, below);
  }
  return byFacts ?? verdictOfTable(at, below);
}

function verdictOfFacts(facts: ChartFacts, chart: Chart, path: readonly Segment[]): ChartVerdict | undefined {
  if (facts.charts.length === 0) return undefined;
  const found = rowsOfFacts(facts, chart).flatMap(({ versions, images, source }) => {
    const image = images.find(({ pattern }) => matchesPath(path, pattern));
    return image ? [{ source, versions, image: image.fact, fits: versionFits(versions, chart.version) }] : [];
  });
  const [first] = found.filter(({ fits }) => fits);
  const any = first ?? found[0];
  if (!any) return undefined;
  const { image, versions, fits } = any;
  return {
    chart: chart.name,
    digest: image.digest,
    composition: image.reference,
    ...(image.tagIs ? { tagIs: image.tagIs } : {}),
    certain: new Set(found.map(({ source }) => source)).size === 1,
    evidence: image.evidence,
    ...(fits || versions === undefined ? {} : { otherVersions: versions }),
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
      ...(tagIs ? { tagIs } : {}),
      certain,
      evidence: "rendered",
    };
  }
  return undefined;
}
