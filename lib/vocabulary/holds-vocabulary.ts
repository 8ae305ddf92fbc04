// The first question to any text: can it hold an image at all? Most YAML files are answered here and never read.
import type { Settings } from "../settings/settings.js";
import { keysOf } from "./own-rows.js";
import { VOCABULARY_KEYS, VOCABULARY_TEXTS } from "./fields.js";

/** The escape of a character that the vocabulary is made of: a letter, `-`, `_`, `/` or `:`. No other hides any of it. */
const ESCAPED = "\\\\(?:x|u00|U000000)(?:2[dDfF]|3[aA]|[457][\\dA-Fa-f]|6[1-9A-Fa-f])";

/** A key's end before its colon, quoted or not, a comment between; or an escape, behind which a key might hide. */
const ANY_KEY = new RegExp(
  `(?:${VOCABULARY_KEYS.join("|")})["']?\\s*(?:#.{0,200}\\s*)?:|${VOCABULARY_TEXTS.join("|")}|${ESCAPED}`,
);

/** The last text and what was found: the language and every rule ask for the same one, one after the other. */
let last = { text: "", holds: false };

function holdsAnyKey(text: string): boolean {
  if (last.text !== text) last = { text, holds: ANY_KEY.test(text) };
  return last.holds;
}

/**
 * Whether a text holds a key of the vocabulary. Says yes too often rather than too seldom.
 *
 * @param text a file's text
 * @param settings the user's, who may name keys of their own
 * @returns false only where the finder would find nothing
 */
export function holdsVocabulary(text: string, settings?: Pick<Settings, "fields">): boolean {
  return (
    holdsAnyKey(text) ||
    settings?.fields.some((rule) => keysOf(rule).some((key) => text.includes(key))) === true
  );
}
