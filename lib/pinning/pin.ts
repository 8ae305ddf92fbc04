// A field and a digest become text edits.
import type { ImageField } from "../images/field.js";
import type { Digest } from "../reference/digest.js";
import { join, type Edit } from "./edit.js";
import type { Plan } from "./plan.js";
import { writings } from "./writing.js";

/**
 * Makes the edits that pin a field.
 *
 * @param text the file's text, without byte order mark, in which the field was found
 * @param field the field
 * @param plan what `plan` said of the field
 * @param digest what its tag points to
 * @returns one edit for a fix, one or more to choose from for a suggestion, none where nothing may be
 *   written. An edit covers every part that it was computed from; what stands between them is copied.
 */
export function pin(text: string, field: ImageField, plan: Plan, digest: Digest): readonly Edit[] {
  if (plan.kind === "none") return [];
  return writings(text, field, digest).map(({ pieces, title }) => join(text, field, pieces, title));
}
