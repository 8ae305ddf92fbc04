// A file in another encoding than UTF-8, which ESLint reads all files as: known by what is left of it.
import { holdsVocabulary } from "../vocabulary/holds-vocabulary.js";

/** What a byte order mark of UTF-16 becomes, before the other bytes of which each second one is zero. */
const UTF16_MARK = "\ufffd\ufffd";

/**
 * Why a text that may hold an image can not be read at all. YAML may be UTF-16, and Kubernetes reads it.
 *
 * @param text as ESLint decoded it
 * @returns the reason, behind "Parsing error: "
 * @see YAML 1.2.2, 5.2 Character Encodings
 */
export function wrongEncoding(text: string): string | undefined {
  if (!text.startsWith(UTF16_MARK) || !text.includes("\0")) return undefined;
  return holdsVocabulary(text.replaceAll("\0", ""))
    ? "this file is UTF-16, and ESLint reads UTF-8; save it as UTF-8"
    : undefined;
}
