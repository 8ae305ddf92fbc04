// Turns a text into an array of UTF-16 units, in which many places can be overwritten, and back.

/** How many units become a string at a time: more would exceed the engine's limit for arguments. */
const CHUNK = 8192;

export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const TAB = 0x09;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const DASH = 0x2d;

/**
 * @param text any string, lone surrogates included
 * @returns its UTF-16 units
 */
export function charactersOf(text: string): Uint16Array {
  const characters = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) characters[at] = text.charCodeAt(at);
  return characters;
}

/**
 * @param characters UTF-16 units
 * @returns the string of exactly these units (a decoder would replace lone surrogates)
 */
export function textOf(characters: Uint16Array): string {
  let text = "";
  for (let at = 0; at < characters.length; at += CHUNK) {
    // Five times as fast as to spread them, which goes through an iterator.
    const units: ArrayLike<number> = characters.subarray(at, at + CHUNK);
    text += Reflect.apply(String.fromCharCode, undefined, units as readonly number[]);
  }
  return text;
}
