// Reads a text and finds its image fields once, for all rules of a file.
import { read } from "../yaml/read.js";
import type { Reading } from "../yaml/reading.js";
import { find, type FindOptions, type FindResult } from "./find.js";
import { mayHoldImages } from "./may-hold-images.js";

/** What was found in a text. */
export interface Inspection extends FindResult {
  /** Absent where the text can hold no image and was not read. */
  readonly reading?: Reading;
}

/**
 * The last inspection with a key: the rules of a file run one after the other, and nothing else between them.
 * It is forgotten afterwards, because a large file takes a hundred megabytes.
 */
let last: { readonly key: object; readonly inspection: Inspection } | undefined;

/**
 * Reads a text and finds its image fields.
 *
 * @param text the text, without byte order mark
 * @param options where it stands, and the user's settings
 * @param key what the text belongs to (ESLint's source code); the key of the last call gets the same result
 * @returns the fields, what could not be read, and the reading
 */
export function inspect(text: string, options: FindOptions, key?: object): Inspection {
  if (key && last?.key === key) return last.inspection;
  const inspection = inspectNow(text, options);
  if (key) {
    last = { key, inspection };
    queueMicrotask(() => {
      last = undefined;
    });
  }
  return inspection;
}

function inspectNow(text: string, options: FindOptions): Inspection {
  if (!mayHoldImages(text, options)) return { fields: [], notes: [] };
  const reading = read(text);
  return { reading, ...find(reading, options) };
}
