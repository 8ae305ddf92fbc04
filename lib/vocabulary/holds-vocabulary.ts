// The first question to any text: can it hold an image at all? Most YAML files end here and are never parsed.
import type { Settings } from "../settings/settings.js";
import { keysOf } from "./user-rows.js";
import { VOCABULARY_KEYS, VOCABULARY_TEXTS } from "./keys.js";

/**
 * The YAML escape of a character that the vocabulary is made of: a letter, `-`, `_`, `/` or `:`. Escapes of
 * other characters cannot hide a key.
 */
const ESCAPED = "\\\\(?:x|u00|U000000)(?:2[dDfF]|3[aA]|[457][\\dA-Fa-f]|6[1-9A-Fa-f])";

/**
 * A key's end before its colon, with or without quotes, or before a comment, which may stand between the two.
 * What comes behind the comment is not asked: each word of a long comment would be a try of its own.
 */
const KEY_AND_COLON = `(?:${VOCABULARY_KEYS.join("|")})["']?(?:\\s*:|\\s+#)`;

/** A key, a text that shows an image, or an escape, which may hide a key. */
const ANY_SIGN = new RegExp(`${KEY_AND_COLON}|${VOCABULARY_TEXTS.join("|")}|${ESCAPED}`);

/** The same, to find each of them. */
const EVERY_SIGN = new RegExp(ANY_SIGN, "g");

/** A text's first sign, -1 where it has none, and all of them once they are asked for. */
interface Known {
  readonly text: string;
  readonly first: number;
  all?: readonly number[];
}

/** The last text: the language and every rule ask about the same text, one after the other. */
let last: Known = { text: "", first: -1 };

function known(text: string): Known {
  if (last.text !== text) last = { text, first: text.search(ANY_SIGN) };
  return last;
}

/**
 * Whether a text may hold a key of the vocabulary. Where it is not sure, it says yes.
 *
 * @param text a file's text
 * @param settings the user's, who may name keys of their own
 * @returns false only where the finder would find nothing
 */
export function holdsVocabulary(text: string, settings?: Pick<Settings, "fields">): boolean {
  return (
    known(text).first >= 0 ||
    settings?.fields.some((rule) => keysOf(rule).some((key) => text.includes(key))) === true
  );
}

/**
 * Where the vocabulary occurs in a text: at a key, in a text that shows an image, or at an escape.
 *
 * @param text YAML
 * @returns offsets in their order. A key that the user's settings name is not among them
 */
export function signsIn(text: string): readonly number[] {
  const its = known(text);
  return (its.all ??= its.first < 0 ? [] : signsFrom(text, its.first));
}

function signsFrom(text: string, first: number): readonly number[] {
  const found: number[] = [];
  EVERY_SIGN.lastIndex = first;
  for (let sign = EVERY_SIGN.exec(text); sign; sign = EVERY_SIGN.exec(text)) found.push(sign.index);
  return found;
}
