// Spaces and line feeds around what a line holds.
import { LF, SPACE } from "../helm/characters.js";

const SPACES = / */y;

/** Where the text ends that has nothing but spaces and line feeds behind it before an offset. */
export function endOfText(text: string, before: number): number {
  for (let end = before; ; end--) {
    const code = text.charCodeAt(end - 1);
    if (code !== SPACE && code !== LF) return end;
  }
}

/** Where the spaces end that begin at an offset. A loop would be slower as long as it is not compiled. */
export function skipSpaces(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

/** Whether all lines of a quoted scalar but the first are indented deeper than a column. */
export function isIndented(quoted: string, column: number): boolean {
  if (!quoted.includes("\n")) return true;
  for (const [, spaces = ""] of quoted.matchAll(/\n( *)(?=[^ \n])/g)) {
    if (spaces.length <= column) return false;
  }
  return true;
}
