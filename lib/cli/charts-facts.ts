// What was found out of charts becomes facts, joined with those that are there.
import { rowsOfFacts } from "../charts/facts/rows-of-facts.js";
import { versionFits } from "../charts/facts/version-fits.js";
import type { ChartFact, ChartFacts, FactUse, ImageFact } from "../settings/chart-facts.js";
import type { ChartUse } from "../charts/uses/chart-use.js";
import type { ChartOutcome } from "./charts-learn.js";
import type { UsedChart } from "./charts-uses.js";

/**
 * Makes facts of what was found out.
 *
 * @param outcomes what became of each chart in use
 * @param before the facts that are there
 * @param options `by`: what made the facts; `isWhole`: whether `outcomes` are all charts in use, so that
 *   others are no longer used
 * @returns the facts in a stable order. What a user wrote stays as it is, and so does what is known of a
 *   chart that could not be had this time
 */
export function factsFrom(
  outcomes: readonly ChartOutcome[],
  before: ChartFacts,
  options: { readonly by: string; readonly isWhole: boolean },
): ChartFacts {
  const fresh = joinVersions(outcomes.flatMap((each) => factOf(each, options.by)));
  const isOld = (fact: ChartFact): boolean => fresh.some((each) => isSameChart(each, fact));
  const inUse = (fact: ChartFact): boolean =>
    !options.isWhole || outcomes.some(({ used, learnt }) => !learnt && isSameChart(used, fact));
  const kept = before.charts.flatMap((fact): readonly ChartFact[] => {
    if (!isOld(fact) && inUse(fact)) return [fact];
    const images = fact.images.filter(({ evidence }) => evidence === "user");
    return images.length === 0 || fresh.some((each) => isSameFact(each, fact)) ? [] : [{ ...fact, images }];
  });
  const charts = [...fresh.map((fact) => withBefore(fact, before)), ...kept];
  const uses = outcomes.flatMap(usesOf);
  const named = new Set(uses.flatMap(({ files }) => files));
  const others = options.isWhole
    ? before.uses.filter(({ chart, source }) =>
        outcomes.some(
          ({ used, learnt }) =>
            !learnt && isSameChart(used, { chart, ...(source === undefined ? {} : { source }) }),
        ),
      )
    : before.uses;
  return {
    uses: [...uses, ...others.filter(({ files }) => !files.some((file) => named.has(file)))].sort(
      byKey(useKey),
    ),
    charts: charts.sort(byKey(chartKey)),
  };
}

type Named = Pick<ChartFact, "chart" | "source"> | UsedChart;

function isSameChart(one: Named, other: Named): boolean {
  return one.chart === other.chart && one.source === other.source;
}

function isSameFact(one: ChartFact, other: ChartFact): boolean {
  return isSameChart(one, other) && one.versions === other.versions;
}

function factOf({ used, version, learnt }: ChartOutcome, by: string): readonly ChartFact[] {
  if (!learnt) return [];
  const { chart, source } = used;
  return [
    {
      chart,
      ...(source === undefined ? {} : { source }),
      ...(version === undefined || version === "" ? {} : { versions: version }),
      images: withoutIndices(learnt.images),
      by,
    },
  ];
}

/**
 * Facts of images in lists: `[*]` for all items of a list, where the same is known of each of them. The
 * place of an item says nothing.
 */
export function withoutIndices(images: readonly ImageFact[]): readonly ImageFact[] {
  const byPath = new Map<string, ImageFact | undefined>();
  for (const image of images) {
    const fact = { ...image, path: image.path.replace(/\[\d+\]/g, "[*]") };
    const known = byPath.get(fact.path);
    const isFirst = !byPath.has(fact.path);
    byPath.set(fact.path, isFirst || JSON.stringify(known) === JSON.stringify(fact) ? fact : undefined);
  }
  return [...byPath.values()].filter((fact) => fact !== undefined);
}

/** Joins the facts of several versions of one chart that say the same. */
function joinVersions(facts: readonly ChartFact[]): readonly ChartFact[] {
  const joined = new Map<string, ChartFact>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.chart, fact.source, fact.images]);
    const known = joined.get(key);
    joined.set(key, known ? { ...known, ...rangeOf(known, fact) } : fact);
  }
  return [...joined.values()];
}

function rangeOf(one: ChartFact, other: ChartFact): Pick<ChartFact, "versions"> {
  const ends = [one, other].flatMap(({ versions = "" }) => versions.split(" - "));
  const sorted = ends.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const [low = "", high = low] = [sorted[0], sorted.at(-1)];
  return { versions: low === high ? low : `${low} - ${high}` };
}

/** What a user said of an image stays, and so does who made a fact that has not changed. */
function withBefore(fact: ChartFact, before: ChartFacts): ChartFact {
  const old = before.charts.find((each) => isSameFact(each, fact));
  const said = old?.images.filter(({ evidence }) => evidence === "user") ?? [];
  const images = [
    ...said,
    ...fact.images.filter(({ path }) => !said.some((each) => each.path === path)),
  ].sort(byKey(({ path }) => path));
  const now = { ...fact, images };
  return old && JSON.stringify({ ...old, by: "" }) === JSON.stringify({ ...now, by: "" }) ? old : now;
}

/**
 * Which files hold values for a chart: a resource that names its chart beside its values needs no entry. The
 * chart's own values count below those of every other use, so they have an entry of their own.
 */
function usesOf({ used, version, learnt }: ChartOutcome): readonly FactUse[] {
  if (!learnt) return [];
  const isOwn = ({ namedBy }: ChartUse): boolean => namedBy.mechanism === "Chart.yaml";
  return [used.uses.filter(isOwn), used.uses.filter((use) => !isOwn(use))].flatMap((uses) => {
    const files = new Set(uses.flatMap(filesIn));
    if (files.size === 0) return [];
    const { chart, source } = used;
    return [
      {
        files: [...files].sort(),
        chart,
        ...(source === undefined ? {} : { source }),
        ...(version === undefined || version === "" ? {} : { version }),
        ...(uses.every(isWholeInFiles) ? { whole: true as const } : {}),
      },
    ];
  });
}

function filesIn({ values }: ChartUse): readonly string[] {
  return values.flatMap((place) =>
    place.kind === "inline" ? [] : place.kind === "file" ? place.file : place.glob,
  );
}

/** Whether a use gets no values but those in files, if it gets any. */
function isWholeInFiles({ values, isWhole }: ChartUse): boolean {
  return values.length === 0 || (isWhole && values.every(({ kind }) => kind !== "inline"));
}

/**
 * Why the facts do not cover a chart in use.
 *
 * @param used the chart
 * @param version the one in use, where it is known without a network
 * @param facts those that are there
 * @returns `no fact`, or the versions of which there are facts; `undefined` where they cover it
 */
export function uncovered(
  used: UsedChart,
  version: string | undefined,
  facts: ChartFacts,
): { readonly kind: "none" } | { readonly kind: "other version"; readonly versions: string } | undefined {
  const { chart: name, source } = used;
  const those = rowsOfFacts(facts, { name, source });
  if (those.length === 0) return { kind: "none" };
  if (those.some(({ versions }) => versionFits(versions, version))) return undefined;
  return { kind: "other version", versions: those.map(({ versions = "" }) => versions).join(", ") };
}

function byKey<T>(key: (each: T) => string): (one: T, other: T) => number {
  return (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
}

function chartKey({ chart, source = "", versions = "" }: ChartFact): string {
  return `${chart}\n${source}\n${versions}`;
}

function useKey({ files, chart }: FactUse): string {
  return `${files[0] ?? ""}\n${chart}`;
}
