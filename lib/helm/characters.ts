// A text as an array of UTF-16 units, so that many places of it can be overwritten in one pass.

/** Units turned into a string at a time: more would overflow the engine's argument list. */
const CHUNK = 8192;

export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const TAB = 0x09;

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
  for (let at = 0; at < characters.length; at += CHUNK)
    text += String.fromCharCode(...characters.subarray(at, at + CHUNK));
  return text;
}
