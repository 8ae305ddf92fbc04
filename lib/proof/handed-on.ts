// Images that a chart hands on in parts to an operator whose resources the vocabulary knows.
import { inspect } from "../images/inspect.js";
import type { FactDigest } from "../settings/chart-facts.js";
import { DEFAULTS } from "../settings/table.js";
import type { ChartImage } from "./chart-images.js";
import type { Documents } from "./compare.js";
import { leavesOf } from "./leaves.js";
import { isMarkerOf, markedIn } from "./markers.js";

/** An image that only resources of operators hold. */
export interface HandedOn {
  /** In how many places. */
  readonly count: number;
  /** Set where the operator takes no digest. */
  readonly none?: FactDigest & { readonly to: "none" };
}

/** What a rendered document is called: its name must say nothing. */
const FILENAME = "rendered.yaml";

/**
 * Finds images that are handed on in parts.
 *
 * @param documents rendered with made-up images ({@link markedValues})
 * @param images those of which no whole reference is rendered
 * @returns by the image's id; none of which a part stands anywhere else
 */
export function handedOn(documents: Documents, images: readonly ChartImage[]): ReadonlyMap<number, HandedOn> {
  const found = new Map<number, HandedOn>();
  if (images.length === 0) return found;
  const marked = documents.filter((text) => markedIn(text));
  const fields = marked.flatMap((text) => inspect(text, { filename: FILENAME, settings: DEFAULTS }).fields);
  const leaves = marked.flatMap((text) => [...leavesOf(text).values()]);
  for (const image of images) {
    const own = fields.filter(
      ({ parts: { repository, tag }, evidence }) =>
        evidence === "place" &&
        repository !== undefined &&
        isMarkerOf(image, "repository", repository.value) &&
        tag !== undefined &&
        isMarkerOf(image, "tag", tag.value),
    );
    const isElsewhere = (["repository", "tag"] as const).some(
      (part) =>
        leaves.filter((value) => typeof value === "string" && isMarkerOf(image, part, value)).length !==
        own.length,
    );
    const slots = new Map(own.map(({ slot }) => [JSON.stringify(slot), slot]));
    const [slot] = slots.values();
    if (!slot || slots.size > 1 || isElsewhere) continue;
    if (slot.kind === "tag") found.set(image.id, { count: own.length });
    else if (slot.kind === "none" && slot.reason === "no-digest-slot") {
      const { reason, message } = slot;
      found.set(image.id, { count: own.length, none: { to: "none", reason, message } });
    }
  }
  return found;
}
