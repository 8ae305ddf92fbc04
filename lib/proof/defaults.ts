// What a chart's own values hold for the parts of a reference that a user may leave out.
import type { ImageFact } from "../settings/chart-facts.js";
import { segmentsOf } from "./chart-images.js";
import { isMapping, valueAt, type Values } from "./values.js";

/** Keys in braces, and whether a digest stands there. */
const GROUP = /(@(?:sha256:)?)?\{([^{}]+)\}/g;
const MAX_LENGTH = 1000;

/**
 * Completes a fact with the chart's own values for what the chart puts before the repository, and for its
 * digest.
 *
 * @param fact of an image
 * @param values the chart's own
 */
export function withDefaults(fact: ImageFact, values: Values): ImageFact {
  const { path, reference, digest, tagIs, evidence } = fact;
  const beside = valueAt(values, segmentsOf(path));
  const defaults: Record<string, string> = {};
  for (const key of isMapping(beside) ? keysOf(fact) : []) {
    const value = key.includes(".") ? valueAt(values, key.split(".")) : valueAt(beside, [key]);
    if (typeof value === "string" && value !== "" && value.length <= MAX_LENGTH) defaults[key] = value;
  }
  return {
    path,
    reference,
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
    digest,
    ...(tagIs ? { tagIs } : {}),
    evidence,
  };
}

function keysOf({ reference, digest }: ImageFact): readonly string[] {
  const groups = [...reference.matchAll(GROUP)];
  const before = groups.filter(({ 0: all, index }) =>
    /^(?:\/|\]?\{)/.test(reference.slice(index + all.length)),
  );
  const digests = groups.filter(([, at]) => at !== undefined);
  const named = [...before, ...digests].flatMap(([, , keys = ""]) => keys.split("|"));
  return [...new Set([...named, ...(digest.to === "key" ? [digest.key] : [])])];
}
