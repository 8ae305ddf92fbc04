// A field that takes no digest, and why.
import type { PlanReason, Slot } from "./field.js";

/** Why a chart's row is only a guess where its name alone is known. */
export const NAMESAKES = "several publishers have a chart of this name; say which in `settings.charts`";

/**
 * A slot at which nothing may be written.
 *
 * @param reason for machines
 * @param message for people: why in a few words, and behind a semicolon what to do
 */
export function noSlot(reason: PlanReason, message: string): Slot {
  return { kind: "none", reason, message };
}
