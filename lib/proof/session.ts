// A chart that is rendered again and again with one user's values, each time with other digests.
import type { Rendering } from "./render.js";
import { writeImage, type Candidate } from "./candidates.js";
import type { ChartImage } from "./chart-images.js";
import { compare, countDigests, type Difference, type Documents, type Place } from "./compare.js";
import { markedWith, renderNeeding, type Looked, type Marked, type RenderWith } from "./marked.js";
import { compositions, markedRegistries, markedValues } from "./markers.js";
import { registryPaths } from "./registry-keys.js";
import { shown } from "./shown.js";
import { joinValues, type Values } from "./values.js";

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

/** A chart with one user's values. */
export class Session {
  private constructor(
    private readonly render: RenderWith,
    /** The chart's default values with the user's. */
    private readonly values: Values,
    readonly images: readonly ChartImage[],
    /** Switches that are turned on to show images, and what the chart needs besides. */
    private readonly switches: Values,
    private readonly before: Documents,
    private noise: Documents | undefined,
    /** In how many places each image stands; `undefined` where made-up images cannot be rendered. */
    private readonly places: ReadonlyMap<number, number> | undefined,
    /** How the references are composed, by the image's id. */
    readonly compositions: ReadonlyMap<number, string>,
    /** Images for which an operator takes no digest, by their ids. */
    readonly closed: Marked["closed"],
  ) {}

  /**
   * Renders a chart for the first time.
   *
   * @param looked the chart
   * @param isSearched whether switches of images are turned on
   * @returns the session, or why the chart cannot be rendered, in one line
   */
  static async open(looked: Looked, isSearched = true): Promise<Session | string> {
    const { render, values, images } = looked;
    const { rendering: first, needed } = await renderNeeding(looked, tagged(images, values));
    if (!first.ok) return first.message;
    const hopeless = new Set<string>();
    let marked = await markedWith(looked, needed, hopeless);
    let switches = joinValues(needed, marked?.needed ?? {});
    const more = marked && isSearched ? await shown(looked, switches, marked.places, hopeless) : undefined;
    if (marked && more) {
      switches = more;
      marked = (await markedWith(looked, switches, hopeless)) ?? marked;
    }
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
      marked ? await composed(looked, switches, marked) : new Map(),
      marked?.closed ?? new Map(),
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

async function composed(
  { render, values, images }: Looked,
  switches: Values,
  { documents, extra }: Marked,
): Promise<ReadonlyMap<number, string>> {
  const paths = registryPaths(values);
  const over = joinValues(joinValues(markedValues(images, values), switches), extra);
  const global = await render(joinValues(over, markedRegistries(paths, values)));
  return compositions(images, values, documents, global.ok ? global.documents : undefined, paths);
}
