// Finds the images that have neither a digest nor an exemption, and that no baseline puts up with.
import type { State } from "../images/field.js";
import type { Entry } from "./entry.js";

const DIGESTS: ReadonlySet<State> = new Set(["unpinned", "invalid"]);
const STRICT: ReadonlySet<State> = new Set([...DIGESTS, "incomplete"]);

/**
 * Finds the images that a release must not contain.
 *
 * @param entries every image field
 * @param strict whether incomplete references count too
 * @returns the fields that are `unpinned` or `invalid` (under `strict` `incomplete` too) and neither
 *   exempt nor suppressed, in their order
 */
export function withoutDigest(entries: readonly Entry[], strict: boolean): readonly Entry[] {
  const states = strict ? STRICT : DIGESTS;
  return entries.filter(
    ({ state, exempt, suppressed = false }) => states.has(state) && exempt === undefined && !suppressed,
  );
}
