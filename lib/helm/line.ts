// One line of a text, in which stretches can be overwritten.
import { charactersOf, textOf } from "./characters.js";

/** Most lines of a text stay as they are, so a line takes memory only once it is written to. */
export class Line {
  #characters: Uint16Array | undefined;

  /**
   * @param text any string, lone surrogates included
   * @param start where the line begins
   * @param end where it ends, before its line break
   */
  constructor(
    readonly text: string,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The UTF-16 unit at an offset of the text, as it is now; not a number outside of the text. */
  at(offset: number): number {
    return this.#characters?.[offset - this.start] ?? this.text.charCodeAt(offset);
  }

  /** Overwrites the part of a stretch that is in the line. */
  fill(unit: number, from: number, to: number): void {
    const { text, start, end } = this;
    this.#characters ??= charactersOf(text.slice(start, end));
    this.#characters.fill(unit, Math.max(from - start, 0), Math.max(to - start, 0));
  }

  /** The line, if it was written to. */
  get written(): string | undefined {
    return this.#characters && textOf(this.#characters);
  }
}
