// Makes a field of a mapping whose keys together hold a reference.
import type { ImageField } from "../field.js";
import { completionDoubt, imageDoubt } from "./doubt.js";
import { partsOf, type RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import { mappingState } from "./mapping-state.js";
import { mappingText } from "./mapping-text.js";
import { slotOf } from "./slot.js";

/**
 * Makes a field of a mapping, if it is an image.
 *
 * @param mapping the mapping, as its row reads it
 * @param place what else is known of it
 * @returns the field, or `undefined` where what its parts hold is no image
 */
export function mappingField(mapping: RowMapping, place: MappingPlace): ImageField | undefined {
  const text = mappingText(mapping, place);
  const decision = mappingState(mapping, text, place);
  if (!decision) return undefined;
  const parts = partsOf(mapping);
  const placed = slotOf(mapping, place);
  const { registry, repository, tag } = parts;
  const digest = text.digest?.part;
  const isInTag = placed.slot.kind === "tag" && decision.state !== "incomplete";
  const anchor = (isInTag ? (tag ?? repository) : (repository ?? tag ?? digest)) ?? registry ?? parts.digest;
  if (!anchor) return undefined;
  return {
    shape: mapping.row.shape,
    field: place.field,
    written: text.written,
    parts,
    ...placed,
    ...decision,
    at: anchor.range,
    ...(mapping.row.when === "chart" ? completionDoubt(place) : {}),
    ...(placed.evidence === "none" ? imageDoubt(mapping, place, placed.slot, decision.reference) : {}),
  };
}
