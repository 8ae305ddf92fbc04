// The gate: which images have no digest and no reason for that.
import type { State } from "../images/field.js";
import type { Entry } from "./entry.js";

const DIGESTS: ReadonlySet<State> = new Set(["unpinned", "invalid"]);
const STRICT: ReadonlySet<State> = new Set([...DIGESTS, "incomplete"]);

/**
 * Finds what a release must not contain.
 *
 * @param entries every image field
 * @param strict whether a reference that only a chart completes counts too
 * @returns the fields that are `unpinned` or `invalid` (under `strict` `incomplete` too) and not exempt, in
 *   their order
 */
export function withoutDigest(entries: readonly Entry[], strict: boolean): readonly Entry[] {
  const states = strict ? STRICT : DIGESTS;
  return entries.filter(({ state, exempt }) => states.has(state) && exempt === undefined);
}
