// The first question to any text: can it hold an image at all? Most YAML files are answered here and never read.
import { VOCABULARY_KEYS, VOCABULARY_TEXTS } from "./fields.js";

/** The escape of a character that the vocabulary is made of: a letter, `-`, `_`, `/` or `:`. No other hides any of it. */
const ESCAPED = "\\\\(?:x|u00|U000000)(?:2[dDfF]|3[aA]|[457][\\dA-Fa-f]|6[1-9A-Fa-f])";

/** A key's end before its colon, quoted or not; or an escape, behind which a key might hide. */
const ANY_KEY = new RegExp(`(?:${VOCABULARY_KEYS.join("|")})["']?\\s*:|${VOCABULARY_TEXTS.join("|")}|${ESCAPED}`);

/**
 * Whether a text holds a key of the vocabulary. Says yes too often rather than too seldom.
 *
 * @param text a file's text
 * @returns false only where the finder would find nothing
 */
export function holdsVocabulary(text: string): boolean {
  return ANY_KEY.test(text);
}
