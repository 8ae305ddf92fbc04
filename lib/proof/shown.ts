// Turns on the switches of images that a chart does not render by default.
import { switchesOf } from "./candidates.js";
import { markedWith, type Looked } from "./marked.js";
import { joinValues, type Values } from "./values.js";

/** How many switches are turned on one by one. */
const MAX_SWITCHES = 16;

/**
 * The switches of images that are not rendered, as far as the chart renders with them.
 *
 * @param looked the chart
 * @param needed what it needs to be rendered
 * @param places in how many places each image stands without switches, by its id
 * @param hopeless see {@link markedWith}
 * @returns the switches with what the chart needs; `undefined` where none shows more
 */
export async function shown(
  looked: Looked,
  needed: Values,
  places: ReadonlyMap<number, number>,
  hopeless: Set<string>,
): Promise<Values | undefined> {
  const { images, values } = looked;
  let missing = images.filter(({ id }) => (places.get(id) ?? 0) === 0);
  const countOf = (counts: ReadonlyMap<number, number>): number =>
    [...counts.values()].filter((count) => count > 0).length;
  let best = { switches: needed, count: countOf(places), isBetter: false };
  const attempt = async (switches: Values): Promise<boolean> => {
    const marked = await markedWith(looked, switches, hopeless);
    const isBetter =
      marked !== undefined && countOf(marked.places) > best.count && keepsAll(marked.places, places);
    if (isBetter) {
      best = { switches: joinValues(switches, marked.needed), count: countOf(marked.places), isBetter };
      missing = missing.filter(({ id }) => (marked.places.get(id) ?? 0) === 0);
    }
    return isBetter;
  };
  const all = missing.map((image) => switchesOf(image, values)).filter((each) => each !== undefined);
  if (all.length === 0) return undefined;
  const together = all.reduce<Values>((one, other) => joinValues(one, other), needed);
  if (await attempt(together)) return best.switches;
  const tried = new Set<string>();
  for (const image of missing) {
    const own = switchesOf(image, values);
    const key = JSON.stringify(own);
    if (!own || tried.has(key) || !missing.includes(image)) continue;
    if (tried.add(key).size > MAX_SWITCHES) break;
    await attempt(joinValues(best.switches, own));
  }
  return best.isBetter ? best.switches : undefined;
}

function keepsAll(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): boolean {
  return [...before].every(([id, count]) => count === 0 || (now.get(id) ?? 0) > 0);
}
