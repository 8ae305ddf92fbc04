// The keys of a mapping, as the rows of the vocabulary look at them.
import type { Range } from "../../yaml/reading.js";
import type { Part } from "../field.js";

/** A key of a mapping: what it holds, and where a value would go if it holds nothing. */
export interface MappingKey {
  /** Absent where the value is null, an empty text, or no scalar. */
  readonly part?: Part;
  /** The value's scalar, quotes and all; where nothing is written, the place behind the colon. */
  readonly range: Range;
  readonly quote: Part["quote"];
}

/** The keys of one arm of a mapping, by name. */
export type MappingKeys = ReadonlyMap<string, MappingKey>;
