// Keys that hold a tag without saying anything of an image: a tag alone, or a version alone.

/** Keys that hold a tag in the references that charts compose. */
export const TAG_KEYS: ReadonlySet<string> = new Set([
  "tag",
  "version",
  "imageTag",
  "image_tag",
  "imageVersion",
]);

/** One of them before its colon, with or without quotes. */
const TAG_KEY = `(?<![\\w/.-])(?:${[...TAG_KEYS].join("|")})["']?\\s*:`;
const ANY = new RegExp(TAG_KEY);
const EVERY = new RegExp(TAG_KEY, "g");

/** Whether such a key stands in a text. */
export function holdsTagKey(text: string): boolean {
  return ANY.test(text);
}

/** Where such keys stand in a text, in order. */
export function tagKeysIn(text: string): readonly number[] {
  return Array.from(text.matchAll(EVERY), ({ index }) => index);
}
