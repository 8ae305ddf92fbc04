// Whether the `values.schema.json` beside some values refuses a digest at a key.
import type { ValuesFacts } from "../charts/values-facts.js";
import type { Segment } from "../vocabulary/path.js";
import type { Slot } from "./field.js";
import { noSlot } from "./no-slot.js";

/** What a schema is asked about: the digits of a digest, whichever it is. */
export const HEX_DIGEST = "a".repeat(64);

/**
 * Asks the schema.
 *
 * @param values what is known of the values
 * @param path of the mapping that holds the key, from the values' root
 * @param key where the digest would be written
 * @param text what would stand there
 * @returns a slot that says why not, where the schema refuses the text
 */
export function refusal(
  values: ValuesFacts,
  path: readonly Segment[],
  key: string,
  text: string,
): Slot | undefined {
  return values.schema(path, key, text) === "refused"
    ? noSlot("chart-breaks", `the chart's values.schema.json refuses a digest in \`${key}\`; pin it by hand`)
    : undefined;
}
