// Why a field takes no digest: the slot that says so, and what a `values.schema.json` refuses.
import type { ValuesFacts } from "../charts/values-facts.js";
import type { Segment } from "../vocabulary/path.js";
import type { PlanReason, Slot } from "./field.js";

/** Why a known chart's row is only a guess: the chart's name is known, and its publisher is not. */
export const NAMESAKES = "several publishers have a chart of this name; say which in `settings.charts`";

/** The digits of an example digest. A schema is asked before the real one is known. */
export const HEX_DIGEST = "a".repeat(64);

/**
 * A slot at which nothing may be written.
 *
 * @param reason for machines
 * @param message for people: why in a few words, and behind a semicolon what to do
 */
export function noSlot(reason: PlanReason, message: string): Slot {
  return { kind: "none", reason, message };
}

/**
 * Whether the `values.schema.json` beside some values refuses a digest at a key.
 *
 * @param values what is known of the values
 * @param path of the mapping that holds the key, from the values' root
 * @param key where the digest would be written
 * @param text what would stand there
 * @returns a slot that says why nothing is written; `undefined` where the schema allows the text, or says
 *   nothing of its place
 */
export function slotIfRefused(
  values: ValuesFacts,
  path: readonly Segment[],
  key: string,
  text: string,
): Slot | undefined {
  return values.schema(path, key, text) === "refused"
    ? noSlot("chart-breaks", `the chart's values.schema.json refuses a digest in \`${key}\`; pin it by hand`)
    : undefined;
}
