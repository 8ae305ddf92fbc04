// How a chart composes a reference: made-up parts are put into the values, and what is printed shows it.
import type { FactDigest } from "../settings/chart-facts.js";
import type { ChartImage } from "./chart-images.js";
import type { Documents } from "./compare.js";
import { fromBase64, leavesOf } from "./leaves.js";
import { override, valueAt, type Values } from "./values.js";

const registryOf = (id: number): string => `r${String(id)}.example`;
/** What stands for an image's repository. */
const repositoryOf = (id: number): string => `p${String(id)}q/x${String(id)}q`;
/** A version, for charts that compare it. */
const tagOf = (id: number): string => `9.9.${String(1000 + id)}`;
const globalOf = (index: number): string => `g${String(index)}.example`;

/**
 * Values with made-up parts for all images.
 *
 * @param images of the chart
 * @param under the values that they override
 */
export function markedValues(images: readonly ChartImage[], under: Values): Values {
  const over: Values = {};
  for (const { id, path, keys } of images) {
    if (!keys) {
      override(over, under, path, `${registryOf(id)}/${repositoryOf(id)}:${tagOf(id)}`);
      continue;
    }
    if (keys.registry !== undefined) override(over, under, [...path, keys.registry], registryOf(id));
    override(over, under, [...path, keys.repository], repositoryOf(id));
    override(over, under, [...path, keys.tag], tagOf(id));
    // The chart's own digest is no part of what it composes of others' values.
    if (keys.digest !== undefined) override(over, under, [...path, keys.digest], "");
  }
  return over;
}

/** Whether a text may hold a made-up repository. */
export function markedIn(text: string): boolean {
  return /p\d+q\/x/.test(text);
}

/** Whether a text holds a made-up part of an image, and perhaps more. */
export function isMarkerOf({ id }: ChartImage, part: "repository" | "tag", text: string): boolean {
  return text.includes(part === "tag" ? tagOf(id) : repositoryOf(id));
}

/** Values with a made-up registry at each of these paths. */
export function markedRegistries(paths: readonly string[], under: Values): Values {
  const over: Values = {};
  for (const [index, path] of paths.entries()) override(over, under, path.split("."), globalOf(index));
  return over;
}

/**
 * In how many scalars each image stands, by the images' ids: with something behind its repository, or in any
 * way where it is one string, which templates may take apart.
 */
export function countMarked(
  documents: Documents,
  images: readonly ChartImage[],
): ReadonlyMap<number, number> {
  const strings = new Set(images.flatMap(({ id, keys }) => (keys ? [] : [id])));
  const counts = new Map<number, number>();
  for (const text of textsIn(documents)) {
    const found = [...text.matchAll(/p(\d+)q\/x\1q((?:\/[\w.-]+)?[:@])?/g)];
    const ids = found
      .map(([, id, behind]) => ({ id: Number(id), behind }))
      .filter(({ id, behind }) => behind !== undefined || strings.has(id));
    for (const id of new Set(ids.map((each) => each.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return new Map(images.map(({ id }) => [id, counts.get(id) ?? 0]));
}

function* textsIn(documents: Documents): Generator<string> {
  for (const document of documents) {
    if (!document.includes("q/x") && !/[A-Za-z0-9+/]{16}/.test(document)) continue;
    for (const value of leavesOf(document).values())
      if (typeof value === "string") yield fromBase64(value) ?? value;
  }
}

/**
 * How a chart composes the references of its images.
 *
 * @param images of the chart
 * @param plain what was rendered with {@link markedValues}
 * @param global the same with {@link markedRegistries} at `keys`, where that could be rendered
 * @returns by the image's id, the reference without its digest, as `[{registry}/]{repository}:{tag}`
 */
export function compositions(
  images: readonly ChartImage[],
  values: Values,
  plain: Documents,
  global: Documents | undefined,
  keys: readonly string[],
): ReadonlyMap<number, string> {
  const [tokens, globals] = [tokensIn(plain), tokensIn(global ?? [])];
  const found = new Map<number, string>();
  for (const image of images) {
    const own = tokens.get(image.id) ?? [];
    // Where an operator gets the parts, its repository stands alone, and says nothing of the rest.
    const isWhole = (each: string): boolean => !image.keys || cut(each, image.id)[1] !== "";
    const token = own.find((each) => each.includes(tagOf(image.id))) ?? own.find(isWhole);
    if (token === undefined) continue;
    const [before, behind] = cut(token, image.id);
    const others = (globals.get(image.id) ?? []).map((each) => cut(each, image.id));
    const [prefix] = others.find(([, rest]) => rest === behind) ?? others[0] ?? [before];
    const registry = registryPart(before, prefix, image, keys);
    // What is made up is no part of a fact, and neither is a digest that the chart has of its own.
    const version = behindPart(behind, image, values).replace(/@(?:sha256:[0-9a-f]{64})?$/, "");
    if (isMadeUp(registry) || isMadeUp(version)) continue;
    found.set(
      image.id,
      image.keys
        ? `${registry}{${image.keys.repository}}${version}`
        : `${registry.replace(/\[?\{registry\}\/\]?/, "")}{${String(image.path.at(-1))}}`,
    );
  }
  return found;
}

/** Whether a part of a composition still holds something that {@link markedValues} or its like put there. */
function isMadeUp(text: string): boolean {
  return /[rg]\d+\.example|p\d+q|9\.9\.1\d{3}/.test(text);
}

const TOKEN = /[A-Za-z0-9][\w.\-/:@]*/g;

function tokensIn(documents: Documents): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const text of textsIn(documents))
    for (const [token] of text.matchAll(TOKEN)) {
      const [, id] = /p(\d+)q\/x\1q/.exec(token) ?? [];
      if (id === undefined) continue;
      const tokens = found.get(Number(id)) ?? [];
      if (!tokens.includes(token)) tokens.push(token);
      found.set(Number(id), tokens);
    }
  return found;
}

/** What stands before an image's repository, and what behind it. */
function cut(token: string, id: number): readonly [string, string] {
  const marker = repositoryOf(id);
  const at = token.indexOf(marker);
  return [token.slice(0, at), token.slice(at + marker.length)];
}

/** What stands before the repository: with and without a registry for all images. */
function registryPart(before: string, prefix: string, image: ChartImage, keys: readonly string[]): string {
  const own = registryOf(image.id);
  const key = image.keys?.registry ?? "registry";
  const index = keys.findIndex((_, at) => prefix.includes(globalOf(at)));
  const global = index < 0 ? undefined : String(keys[index]);
  // Some values hold the slash themselves.
  const named = before.replace(`${own}/`, `[{${key}}/]`).replace(own, `[{${key}}]`);
  if (global === undefined) return named;
  if (prefix.includes(own)) return `[{${global}}/]${named}`;
  if (before.includes(own)) return `[{${global}|${key}}/]`;
  return before === "" ? `[{${global}}/]` : `[{${global}}/|${before}]`;
}

/** What stands behind the repository: the tag, and parts that come from other keys beside it. */
function behindPart(behind: string, image: ChartImage, values: Values): string {
  let text = behind.replaceAll(tagOf(image.id), `{${image.keys?.tag ?? "tag"}}`);
  for (const key of ["image", "name"]) {
    const value = valueAt(values, [...image.path, key]);
    if (typeof value === "string" && value !== "" && text.startsWith(`/${value}:`))
      text = `/{${key}}${text.slice(value.length + 1)}`;
  }
  return text;
}

/**
 * A composed reference with its digest.
 *
 * @param composition without a digest
 * @param digest where it goes
 * @param form whether the digest takes the tag's place
 */
export function withDigest(composition: string, digest: FactDigest, form: "tag" | "no-tag"): string {
  if (digest.to !== "key") return composition;
  const part = `@${digest.style === "bare" ? "sha256:" : ""}{${digest.key}}`;
  const tag = /:\{[^}]+\}$/.exec(composition)?.[0];
  return form === "no-tag" && tag !== undefined
    ? `${composition.slice(0, -tag.length)}[${part}|${tag}]`
    : `${composition}[${part}]`;
}
