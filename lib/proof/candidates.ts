// The places where an image's digest may stand, in the order in which they are tried.
import type { FactDigest } from "../settings/chart-facts.js";
import type { ChartImage } from "./chart-images.js";
import { override, valueAt, type Values } from "./values.js";

/** A place for a digest. */
export type Candidate = Exclude<FactDigest, { readonly to: "none" }>;

/**
 * The places for the digest of an image.
 *
 * @param image the image
 * @returns its own digest key first, then behind the tag, then keys that other charts have
 */
export function candidatesOf({ keys, beside }: ChartImage): readonly Candidate[] {
  if (!keys) return [{ to: "reference" }];
  const more = beside.has("useDigest") ? { with: { useDigest: "true" } } : {};
  const inKey = (key: string, style: "prefixed" | "bare"): Candidate => ({ to: "key", key, style, ...more });
  const there =
    keys.digest === undefined ? [] : bothStyles(keys.digest).map(([key, style]) => inKey(key, style));
  const usual = keys.tag === "tag" || keys.tag === "version" ? ["digest", "sha"] : ["imageDigest", "digest"];
  const absent = usual
    .filter((key) => key !== keys.digest)
    .flatMap((key) => bothStyles(key).map(([name, style]) => inKey(name, style)));
  return [...there, { to: "tag" }, ...absent];
}

/** A key that is called after the hash holds its digits alone, more often than not. */
function bothStyles(key: string): readonly (readonly [string, "prefixed" | "bare"])[] {
  const styles = /sha/i.test(key) ? (["bare", "prefixed"] as const) : (["prefixed", "bare"] as const);
  return styles.map((style) => [key, style] as const);
}

/**
 * Sets an image as somebody writes it who has a digest for it.
 *
 * @param over the overriding values
 * @param under the values below them
 * @param image the image
 * @param candidate where its digest goes; without one, only its tag is written
 */
export function writeImage(over: Values, under: Values, image: ChartImage, candidate?: Candidate): void {
  const { path, keys, tag, written, reference, hex } = image;
  const put = (below: readonly string[], value: unknown): void => {
    override(over, under, [...path, ...below], value);
  };
  const digest = `sha256:${hex}`;
  if (!keys) {
    const whole = reference.tag === undefined ? `${written}:${tag}` : written;
    put([], candidate ? `${whole}@${digest}` : whole);
    return;
  }
  put([keys.tag], candidate?.to === "tag" ? `${tag}@${digest}` : tag);
  if (candidate?.to !== "key") return;
  put([candidate.key], candidate.style === "bare" ? hex : digest);
  for (const [key, value] of Object.entries(candidate.with ?? {}))
    put([key], value === "true" ? true : value);
}

/** The image's own switches that are off, turned on; `undefined` where there is none. */
export function switchesOf(image: ChartImage, values: Values): Values | undefined {
  const over: Values = {};
  let found = false;
  for (let length = 0; length <= image.path.length; length++) {
    const above = image.path.slice(0, length);
    if (above.some((step) => typeof step === "number")) break;
    for (const key of ["enabled", "create", "install", "enable", "deploy"]) {
      if (valueAt(values, [...above, key]) !== false) continue;
      override(over, values, [...above, key], true);
      found = true;
    }
  }
  return found ? over : undefined;
}
