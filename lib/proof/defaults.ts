// What a chart's own values hold for the parts of a reference that a user may leave out.
import type { ImageFact } from "../settings/chart-facts.js";
import { segmentsOf } from "./chart-images.js";
import { isMapping, valueAt, type Values } from "./values.js";

/** Keys in braces, and whether a digest or a tag stands there. */
const GROUP = /(@(?:sha256:)?|:)?\{([^{}]+)\}/g;
const MAX_LENGTH = 1000;

/**
 * Completes a fact with the chart's own values for all that it composes, but for the tag. A list of the
 * user's takes the place of the chart's, so that the items of one have no repository of the chart's.
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

function keysOf({ path, reference, digest }: ImageFact): readonly string[] {
  const groups = [...reference.matchAll(GROUP)].filter(([, at]) => at !== ":");
  const isBefore = ({ 0: all, index }: RegExpExecArray): boolean =>
    /^(?:\/|\]?\{)/.test(reference.slice(index + all.length));
  const counting = path.includes("[")
    ? groups.filter((each) => each[1] !== undefined || isBefore(each))
    : groups;
  const named = counting.flatMap(([, , keys = ""]) => keys.split("|"));
  return [...new Set([...named, ...(digest.to === "key" ? [digest.key] : [])])];
}
