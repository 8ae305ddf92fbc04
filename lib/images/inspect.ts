// Reads a text and finds its image fields once, for all rules of a file.
import { read } from "../yaml/read.js";
import type { Reading } from "../yaml/reading.js";
import { find, type FindOptions, type FindResult } from "./find.js";
import { holdsVocabulary } from "../vocabulary/holds-vocabulary.js";

/** What was found in a text. */
export interface Inspection extends FindResult {
  /** Absent where the text holds no key of the vocabulary and was not read. */
  readonly reading?: Reading;
}

const inspections = new WeakMap<object, Inspection>();

/**
 * Reads a text and finds its image fields, once for each key.
 *
 * @param text the text, without byte order mark
 * @param options where it stands, and the user's settings
 * @param key what the text belongs to (ESLint's source code); the same key gets the same result
 * @returns the fields, what could not be read, and the reading
 */
export function inspect(text: string, options: FindOptions, key?: object): Inspection {
  const known = key && inspections.get(key);
  if (known) return known;
  const inspection = inspectNow(text, options, key);
  if (key) inspections.set(key, inspection);
  return inspection;
}

function inspectNow(text: string, options: FindOptions, key: object | undefined): Inspection {
  if (!holdsVocabulary(text, options.settings)) return { fields: [], notes: [] };
  const reading = read(text, key);
  return { ...find(reading, options), reading };
}
