// Renders a chart with made-up images, and with what it needs to be rendered at all.
import type { FactDigest } from "../settings/chart-facts.js";
import type { ChartImage } from "./chart-images.js";
import type { Documents } from "./compare.js";
import { countMarked, markedValues } from "./markers.js";
import { handedOn } from "./handed-on.js";
import type { Rendering } from "./render.js";
import { joinValues, type Values } from "./values.js";

/** Renders the chart with values on top of those of the user. */
export type RenderWith = (over: Values) => Promise<Rendering>;

/** Makes up what a chart needs, by the message with which it failed and the values; see `neededValues`. */
export type Needs = (message: string, values: Values) => Values | undefined;

/** A chart with one user's values. */
export interface Looked {
  readonly render: RenderWith;
  /** The chart's default values with the user's. */
  readonly values: Values;
  readonly images: readonly ChartImage[];
  readonly needs: Needs;
}

/** What was rendered with made-up images. */
export interface Marked {
  readonly documents: Documents;
  /** In how many places each image stands, by its id. */
  readonly places: ReadonlyMap<number, number>;
  /** Images that an operator gets in parts, and for which it takes no digest, by their ids. */
  readonly closed: ReadonlyMap<number, FactDigest & { readonly to: "none" }>;
  /** What the chart needed to take made-up images. */
  readonly extra: Values;
  /** What it needed besides. */
  readonly needed: Values;
}

/** How many values are made up for one rendering. */
const MAX_NEEDED = 12;
/** Some charts refuse images that are not their publisher's. */
const UNKNOWN_IMAGES: Values = { global: { security: { allowInsecureImages: true } } };

/**
 * Renders a chart with the values that it asks for, as far as it says which.
 *
 * @param looked the chart
 * @param over values on top of those of the user
 * @returns the last rendering, and what was made up for it
 */
export async function renderNeeding(
  { render, values, needs }: Looked,
  over: Values,
): Promise<{ readonly rendering: Rendering; readonly needed: Values }> {
  let needed: Values = {};
  for (let count = 0; ; count++) {
    const joined = joinValues(over, needed);
    const rendering = await render(joined);
    if (rendering.ok || rendering.gaveUp || count === MAX_NEEDED) return { rendering, needed };
    const more = needs(rendering.message, joinValues(values, joined));
    if (!more) return { rendering, needed };
    needed = joinValues(needed, more);
  }
}

/**
 * Renders a chart with made-up images.
 *
 * @param looked the chart
 * @param switches values that show more images
 * @param hopeless messages of renderings that failed in the same way with {@link UNKNOWN_IMAGES}
 * @returns what was rendered; `undefined` where that could not be
 */
export async function markedWith(
  looked: Looked,
  switches: Values,
  hopeless: Set<string>,
): Promise<Marked | undefined> {
  const { values, images } = looked;
  const over = joinValues(markedValues(images, values), switches);
  const messages: string[] = [];
  for (const extra of [{}, UNKNOWN_IMAGES]) {
    const { rendering, needed } = await renderNeeding(looked, joinValues(over, extra));
    if (rendering.ok) {
      const { documents } = rendering;
      return { documents, ...placesOf(documents, images), extra, needed };
    }
    if (hopeless.has(rendering.message)) return undefined;
    messages.push(rendering.message);
  }
  if (messages[0] === messages[1]) hopeless.add(messages[0] ?? "");
  return undefined;
}

/** Where images stand: in whole references, else in parts, for an operator. */
function placesOf(documents: Documents, images: readonly ChartImage[]): Pick<Marked, "places" | "closed"> {
  const places = new Map(countMarked(documents, images));
  const closed = new Map<number, FactDigest & { readonly to: "none" }>();
  const hidden = images.filter(({ id, keys }) => keys && (places.get(id) ?? 0) === 0);
  for (const [id, { count, none }] of handedOn(documents, hidden)) {
    places.set(id, count);
    if (none) closed.set(id, none);
  }
  return { places, closed };
}
