// The first question to a text in its place: can it hold an image at all?
import { mayCompleteTags } from "../charts/may-complete.js";
import { holdsVocabulary } from "../vocabulary/holds-vocabulary.js";
import type { FindOptions } from "./find.js";

/**
 * Whether a text may hold an image: by its keys, or by what is known of the chart that it holds values for.
 *
 * @param text a file's text
 * @param options where it stands, and the user's settings
 * @returns false only where the finder would find nothing
 */
export function mayHoldImages(
  text: string,
  { filename, settings, neighbour }: Pick<FindOptions, "filename" | "settings" | "neighbour">,
): boolean {
  return holdsVocabulary(text, settings) || mayCompleteTags(text, filename, settings, neighbour);
}
