// What a bill of materials is made of: image fields with the places they stand at.
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
  /** The image as it stands. */
  readonly written: string;
  readonly state: State;
  /** Normalised; absent where the state leaves none. */
  readonly reference?: Reference;
  /** Why it needs no digest. */
  readonly exempt?: string;
}

/** A field that names one image: what becomes a component. */
export type Named = Entry & { readonly reference: Reference };

/**
 * Whether a field names one image. What is incomplete or templated names one only together with a chart, and
 * what is invalid names none.
 */
export function isNamed(entry: Entry): entry is Named {
  return (
    entry.reference !== undefined &&
    (entry.state === "pinned" || entry.state === "unpinned" || entry.state === "local")
  );
}
