// A chart that is rendered again and again with one user's values, each time with other digests.
import type { Rendering } from "./render.js";
import { switchesOf, writeImage, type Candidate } from "./candidates.js";
import type { ChartImage } from "./chart-images.js";
import { compare, countDigests, type Difference, type Documents, type Place } from "./compare.js";
import { compositions, countMarked, markedRegistries, markedValues } from "./markers.js";
import { registryPaths } from "./registry-keys.js";
import { joinValues, type Values } from "./values.js";

/** Renders the chart with values on top of those of the user. */
export type RenderWith = (over: Values) => Promise<Rendering>;

/** What a digest at one place does. */
export type Verdict =
  | { readonly kind: "right"; readonly form: "tag" | "no-tag" }
  | { readonly kind: "breaks"; readonly how: string; readonly place: Place }
  /** The image is rendered, and not all of its places have the digest. */
  | { readonly kind: "ignored" }
  /** A limit ended the rendering. */
  | { readonly kind: "unknown" };

/** How often a rendering is repeated to find what is random in it. */
const MORE_NOISE = 3;
/** How many switches are turned on one by one. */
const MAX_SWITCHES = 16;
/** Some charts refuse images that are not their publisher's. */
const UNKNOWN_IMAGES: Values = { global: { security: { allowInsecureImages: true } } };

/** A chart with one user's values. */
export class Session {
  private constructor(
    private readonly render: RenderWith,
    /** The chart's default values with the user's. */
    private readonly values: Values,
    readonly images: readonly ChartImage[],
    /** Switches that are turned on to show images. */
    private readonly switches: Values,
    private readonly before: Documents,
    private noise: Documents | undefined,
    /** In how many places each image stands; `undefined` where made-up images cannot be rendered. */
    private readonly places: ReadonlyMap<number, number> | undefined,
    /** How the references are composed, by the image's id. */
    readonly compositions: ReadonlyMap<number, string>,
  ) {}

  /**
   * Renders a chart for the first time.
   *
   * @param render renders it
   * @param values its default values with the user's
   * @param images in these values
   * @returns the session, or why the chart cannot be rendered, in one line
   */
  static async open(
    render: RenderWith,
    values: Values,
    images: readonly ChartImage[],
  ): Promise<Session | string> {
    const first = await render(tagged(images, values));
    if (!first.ok) return first.message;
    const hopeless = new Set<string>();
    let marked = await markedWith(render, values, images, {}, hopeless);
    const switches = marked ? await shown(render, values, images, marked.places, hopeless) : {};
    if (marked && Object.keys(switches).length > 0)
      marked = (await markedWith(render, values, images, switches, hopeless)) ?? marked;
    const before =
      Object.keys(switches).length > 0 ? await render(joinValues(tagged(images, values), switches)) : first;
    if (!before.ok) return before.message;
    return new Session(
      render,
      values,
      images,
      switches,
      before.documents,
      undefined,
      marked?.places,
      marked ? await composed(render, values, images, switches, marked) : new Map(),
    );
  }

  /** Whether an image is rendered, as far as that is known. */
  isShown(image: ChartImage): boolean {
    if (this.places) return (this.places.get(image.id) ?? 0) > 0;
    const { name, tag } = image;
    return this.before.some((text) => text.includes(`${name}:${tag}`));
  }

  /**
   * Finds out what digests at some places do, with as few renderings as that takes.
   *
   * @param wanted a place for each image
   * @param found is told each verdict
   */
  async try(
    wanted: ReadonlyMap<ChartImage, Candidate>,
    found: (image: ChartImage, verdict: Verdict) => void,
  ): Promise<void> {
    if (wanted.size === 0) return;
    const over = joinValues(tagged(this.images, this.values), {});
    for (const [image, candidate] of wanted) writeImage(over, this.values, image, candidate);
    const images = [...wanted.keys()];
    const after = await this.render(joinValues(over, this.switches));
    if (!after.ok && after.gaveUp) {
      for (const image of images) found(image, { kind: "unknown" });
      return;
    }
    let differences: readonly Difference[] = after.ok
      ? compare(this.before, this.before, after.documents, images)
      : [{ ids: [], ok: false, how: `Helm fails: ${after.message}`, kind: "failed" }];
    if (after.ok && differences.some(({ ok }) => !ok))
      differences = compare(this.before, await this.secondRendering(), after.documents, images);
    const isUnclear = differences.some(({ ok, ids }) => !ok && ids.length !== 1);
    if (isUnclear && images.length > 1) {
      const half = Math.ceil(images.length / 2);
      for (const part of [images.slice(0, half), images.slice(half)])
        await this.try(new Map([...wanted].filter(([image]) => part.includes(image))), found);
      return;
    }
    if (isUnclear && after.ok) differences = await this.withoutChance(differences);
    const counts = after.ok ? countDigests(after.documents, images) : new Map<number, number>();
    for (const image of images)
      found(image, this.verdictOf(image, differences, counts.get(image.id) ?? 0, images.length === 1));
  }

  private verdictOf(
    image: ChartImage,
    differences: readonly Difference[],
    count: number,
    isAlone: boolean,
  ): Verdict {
    const own = differences.filter(
      ({ ids, ok }) => ids.includes(image.id) || (isAlone && !ok && ids.length === 0),
    );
    const broken = own.find(({ ok }) => !ok);
    if (broken) return { kind: "breaks", how: broken.how, place: broken.kind ?? "other" };
    const enough = this.places?.get(image.id) ?? 1;
    if (own.length === 0 || count < enough) return { kind: "ignored" };
    return { kind: "right", form: own.some(({ form }) => form === "no-tag") ? "no-tag" : "tag" };
  }

  private async secondRendering(): Promise<Documents> {
    if (!this.noise) {
      const again = await this.again();
      this.noise = again.ok ? again.documents : this.before;
    }
    return this.noise;
  }

  private again(): Promise<Rendering> {
    return this.render(joinValues(tagged(this.images, this.values), this.switches));
  }

  /** Drops differences that are random: some charts render the same values in another order each time. */
  private async withoutChance(differences: readonly Difference[]): Promise<readonly Difference[]> {
    const chance = new Set<string>();
    for (let count = 0; count < MORE_NOISE; count++) {
      const again = await this.again();
      if (again.ok)
        for (const { how } of compare(this.before, this.before, again.documents, [])) chance.add(how);
    }
    return differences.filter(({ ids, ok, how }) => ok || ids.length > 0 || !chance.has(how));
  }
}

/** Values in which every image has the tag that a digest goes behind. */
function tagged(images: readonly ChartImage[], values: Values): Values {
  const over: Values = {};
  for (const image of images) writeImage(over, values, image);
  return over;
}

/** What was rendered with made-up images. */
interface Marked {
  readonly documents: Documents;
  readonly places: ReadonlyMap<number, number>;
  /** What the chart needed to render them. */
  readonly extra: Values;
}

/** `hopeless`: messages of renderings that failed in the same way with {@link UNKNOWN_IMAGES}. */
async function markedWith(
  render: RenderWith,
  values: Values,
  images: readonly ChartImage[],
  switches: Values,
  hopeless: Set<string>,
): Promise<Marked | undefined> {
  const over = joinValues(markedValues(images, values), switches);
  const messages: string[] = [];
  for (const extra of [{}, UNKNOWN_IMAGES]) {
    const rendered = await render(joinValues(over, extra));
    if (rendered.ok) {
      const { documents } = rendered;
      return { documents, places: countMarked(documents, images), extra };
    }
    if (hopeless.has(rendered.message)) return undefined;
    messages.push(rendered.message);
  }
  if (messages[0] === messages[1]) hopeless.add(messages[0] ?? "");
  return undefined;
}

/** The switches of images that are not rendered, as far as the chart renders with them. */
async function shown(
  render: RenderWith,
  values: Values,
  images: readonly ChartImage[],
  places: ReadonlyMap<number, number>,
  hopeless: Set<string>,
): Promise<Values> {
  let missing = images.filter(({ id }) => (places.get(id) ?? 0) === 0);
  const countOf = (counts: ReadonlyMap<number, number>): number =>
    [...counts.values()].filter((count) => count > 0).length;
  let best = { switches: {} as Values, count: countOf(places) };
  const attempt = async (switches: Values): Promise<boolean> => {
    const marked = await markedWith(render, values, images, switches, hopeless);
    const isBetter =
      marked !== undefined && countOf(marked.places) > best.count && keepsAll(marked.places, places);
    if (isBetter) {
      best = { switches, count: countOf(marked.places) };
      missing = missing.filter(({ id }) => (marked.places.get(id) ?? 0) === 0);
    }
    return isBetter;
  };
  const all = missing.map((image) => switchesOf(image, values)).filter((each) => each !== undefined);
  if (all.length === 0) return {};
  const together = all.reduce<Values>((one, other) => joinValues(one, other), {});
  if (await attempt(together)) return best.switches;
  const tried = new Set<string>();
  for (const image of missing) {
    const own = switchesOf(image, values);
    const key = JSON.stringify(own);
    if (!own || tried.has(key) || !missing.includes(image)) continue;
    if (tried.add(key).size > MAX_SWITCHES) break;
    await attempt(joinValues(best.switches, own));
  }
  return best.switches;
}

function keepsAll(now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): boolean {
  return [...before].every(([id, count]) => count === 0 || (now.get(id) ?? 0) > 0);
}

async function composed(
  render: RenderWith,
  values: Values,
  images: readonly ChartImage[],
  switches: Values,
  { documents, extra }: Marked,
): Promise<ReadonlyMap<number, string>> {
  const paths = registryPaths(values);
  const over = joinValues(joinValues(markedValues(images, values), switches), extra);
  const global = await render(joinValues(over, markedRegistries(paths, values)));
  return compositions(images, values, documents, global.ok ? global.documents : undefined, paths);
}
