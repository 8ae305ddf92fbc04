// An image of which a consumer's values name no repository: its chart's own values do, as a fact says.
import type { ChartFacts, ImageFact } from "../settings/chart-facts.js";
import type { Segment } from "../vocabulary/path.js";
import type { Chart } from "./chart.js";
import { builtInFacts } from "./facts/built-in.js";
import { partKeys, type PartKeys } from "./facts/part-keys.js";
import { namesSource, rowsOfFacts, type FactRow } from "./facts/rows-of-facts.js";
import { isLookedAt, isSameMajor, versionFits } from "./facts/version-fits.js";
import { placesOf } from "./verdict.js";

/** What completes a tag to a reference. */
export interface Completion {
  /** The reference that the chart composes ({@link ImageFact.reference}). */
  readonly reference: string;
  /** What the chart's own values hold ({@link ImageFact.defaults}). */
  readonly defaults: Readonly<Record<string, string>>;
  readonly keys: PartKeys;
  /** Why the chart in use may compose another reference; `undefined` where the fact is of its version. */
  readonly doubt?: string;
}

/**
 * What completes a tag in a consumer's values, where they name no repository. The user's facts decide before
 * those that ship, which count for the exact version that was looked at: other versions of a chart may have
 * another repository.
 *
 * @param values the chart that the values are for
 * @param path of the mapping that holds the tag, from the values' root
 * @param facts the user's
 * @returns `undefined` where no fact says which repository the chart's own values name
 */
export function completionAt(
  values: Chart,
  path: readonly Segment[],
  facts: ChartFacts,
): Completion | undefined {
  // A list of the user's takes the place of the chart's, as a whole.
  if (path.some((step) => typeof step === "number")) return undefined;
  const places = placesOf(values, path);
  for (const [chart, below] of places) {
    const found = factsOf(rowsOfFacts(facts, chart), below);
    const [fact] = found.filter(({ row }) => versionFits(row.versions, chart.version));
    if (fact) return completionOf(fact, isOfOneSource(found) ? undefined : NAMESAKES);
    // What the user knows of another version is not asked further: a report says what to do.
    if (found.length > 0) return undefined;
  }
  for (const [chart, below] of places) {
    if (!namesSource(chart)) continue;
    const found = factsOf(rowsOfFacts(builtInFacts(), chart), below);
    const [fact] = found.filter(({ row }) => isSameMajor(row.versions, chart.version));
    if (fact) return completionOf(fact, isOfOneSource(found) ? doubtOf(fact, chart) : NAMESAKES);
  }
  return undefined;
}

interface Found {
  readonly row: FactRow;
  readonly image: ImageFact;
}

const NAMESAKES = "several publishers have a chart of this name, and each its own image";

function factsOf(rows: readonly FactRow[], path: readonly Segment[]): readonly Found[] {
  const plain = path.join("\n");
  return rows.flatMap((row) => {
    const image = imagesOf(row).get(plain);
    return image ? [{ row, image }] : [];
  });
}

/** The images of each row by their paths. */
const byPath = new WeakMap<FactRow, ReadonlyMap<string, ImageFact>>();

function imagesOf(row: FactRow): ReadonlyMap<string, ImageFact> {
  const known = byPath.get(row);
  if (known) return known;
  // A pattern says how images are composed, and not what is in one place of the chart's values.
  const plain = row.images.filter(({ pattern }) => !pattern.some((step) => /^(?:\*|#$)/.test(step)));
  const images = new Map(plain.map(({ pattern, fact }) => [pattern.join("\n"), fact]));
  byPath.set(row, images);
  return images;
}

function isOfOneSource(found: readonly Found[]): boolean {
  return new Set(found.map(({ row }) => row.source)).size === 1;
}

function completionOf({ image }: Found, doubt: string | undefined): Completion | undefined {
  const { reference, defaults } = image;
  const keys = partKeys(reference);
  if (!keys || !defaults) return undefined;
  return { reference, defaults, keys, ...(doubt === undefined ? {} : { doubt }) };
}

function doubtOf({ row }: Found, { name, version }: Chart): string | undefined {
  if (isLookedAt(row.versions, version)) return undefined;
  const used = version === undefined ? "and nothing says which version this is" : `not ${version}`;
  const known = `known is the repository of ${name} ${row.versions ?? ""}, ${used}`;
  return `${known}; run \`npx eslint-plugin-container-images charts --write\``;
}

/** For each file of facts, its charts by name, and whether a tag alone is an image of one of that name. */
const completing = new WeakMap<ChartFacts, ReadonlyMap<string, boolean>>();

/**
 * Whether facts complete tags of a chart. Those that ship are read only for a chart that the user's do not
 * know.
 *
 * @param name the chart's
 * @param facts the user's
 */
export function completesTagsOf(name: string, facts: ChartFacts): boolean {
  return namesIn(facts).get(name) ?? namesIn(builtInFacts()).get(name) === true;
}

function namesIn(facts: ChartFacts): ReadonlyMap<string, boolean> {
  const known = completing.get(facts);
  if (known) return known;
  const names = new Map<string, boolean>();
  for (const { chart, images } of facts.charts)
    names.set(chart, names.get(chart) === true || images.some(completes));
  completing.set(facts, names);
  return names;
}

function completes({ reference, defaults = {} }: ImageFact): boolean {
  const keys = partKeys(reference);
  return keys !== undefined && Object.hasOwn(defaults, keys.repository);
}
