// Adds a field to those that the walk found, with what its place says of it: generated, or not editable.
import type { Segment } from "../vocabulary/path.js";
import { deployedField } from "./deployed-field.js";
import type { ImageField } from "./field.js";
import { isGeneratedPath, type Surroundings } from "./surroundings/surroundings.js";
import type { TreeContext } from "./tree-context.js";

/**
 * Adds a field that the walk found.
 *
 * @param context the walk's, its path being that of the field
 * @param at the surroundings of the field
 * @param field the field, as its row made it
 */
export function addField(context: TreeContext, at: Surroundings, field: ImageField): void {
  const marked = markGenerated(deployedField(context, at, field), at, context.path);
  context.fields.push(context.embedded === "read-only" ? withoutSlot(marked) : marked);
}

/**
 * Marks a field at a place where a cluster or a tool writes.
 *
 * @param field the field
 * @param at the surroundings of the field
 * @param path of the field
 * @returns the same field, or one that is `generated`
 */
export function markGenerated(field: ImageField, at: Surroundings, path: readonly Segment[]): ImageField {
  return isGeneratedPath(at, path) ? { ...field, generated: true } : field;
}

function withoutSlot(field: ImageField): ImageField {
  if (field.slot.kind === "none") return field;
  return {
    ...field,
    slot: {
      kind: "none",
      reason: "embedded",
      message: "it stands in a string whose text is not the file's; pin it by hand",
    },
  };
}
