// Looks for values with which a chart renders images that it does not render otherwise.
import type { ChartImage } from "./chart-images.js";
import { markedWith, type Looked } from "./marked.js";
import { joinValues, type Values } from "./values.js";

/** Values with which images are rendered. */
export interface Shown {
  readonly values: Values;
  readonly images: readonly ChartImage[];
}

/** How many renderings are made for one chart. */
const MAX_TRIES = 24;

/**
 * Shows images that are hidden.
 *
 * @param looked the chart, with these images alone
 * @param waysOf values to try for an image
 * @param mayGoOn whether there is time for another rendering
 * @returns sets of values, with the images that each shows; each image at most once
 */
export async function showHidden(
  looked: Looked,
  waysOf: (image: ChartImage) => readonly Values[],
  mayGoOn: () => boolean,
): Promise<readonly Shown[]> {
  const found: Shown[] = [];
  const hopeless = new Set<string>();
  const tried = new Set<string>();
  let hidden = looked.images;
  const attempt = async (way: Values): Promise<void> => {
    const key = JSON.stringify(way);
    if (tried.has(key) || tried.size >= MAX_TRIES || !mayGoOn()) return;
    tried.add(key);
    const marked = await markedWith({ ...looked, images: hidden }, way, hopeless);
    const images = marked ? hidden.filter(({ id }) => (marked.places.get(id) ?? 0) > 0) : [];
    if (!marked || images.length === 0) return;
    found.push({ values: joinValues(way, marked.needed), images });
    hidden = hidden.filter((image) => !images.includes(image));
  };
  const ways = new Map(hidden.map((image) => [image, waysOf(image)]));
  // Most switches can be on together.
  const first = [...ways.values()].flatMap((each) => each.slice(0, 1));
  if (first.length > 1) await attempt(first.reduce(joinValues));
  for (const [image, its] of ways) for (const way of its) if (hidden.includes(image)) await attempt(way);
  return found;
}
