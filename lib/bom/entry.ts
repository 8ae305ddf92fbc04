// The input of a bill of materials: image fields, and where each of them is.
import type { State } from "../images/field.js";
import type { Reference } from "../reference/reference.js";

/** One image field. */
export interface Entry {
  /** Relative to where the command ran, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Its YAML path. */
  readonly field: string;
  /** The image as the file spells it. */
  readonly written: string;
  readonly state: State;
  /** Normalised; absent where the field has no complete reference. */
  readonly reference?: Reference;
  /** Why it needs no digest. */
  readonly exempt?: string;
  /** Whether a baseline of ESLint puts up with it for now. It needs a digest nevertheless. */
  readonly suppressed?: boolean;
}

/** A field that names exactly one image: it becomes a component. */
export type Named = Entry & { readonly reference: Reference };

/**
 * Whether a field names exactly one image. An incomplete or templated reference does so only together with a
 * chart, and an invalid one never.
 */
export function isNamed(entry: Entry): entry is Named {
  return (
    entry.reference !== undefined &&
    (entry.state === "pinned" || entry.state === "unpinned" || entry.state === "local")
  );
}
