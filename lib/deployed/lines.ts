// Goes through the lines of a YAML text that say something: no blank ones, and no comments.

const [SPACE, HASH, DASH, NEWLINE] = [0x20, 0x23, 0x2d, 0x0a];

/** A place in a text, which moves on line by line. */
export class Lines {
  /** How many characters stand before the line's first one, or before what follows a dash; -1 at the end. */
  column = -1;
  /** Where that character stands in the text. */
  at = 0;
  /** Where the line ends. */
  end = -1;

  /**
   * @param text whose lines end with `\n`
   * @param plain reads a scalar without quotes
   */
  constructor(
    readonly text: string,
    readonly plain: (text: string) => unknown,
  ) {
    this.next();
  }

  /** Whether no line is left. */
  isAtEnd(): boolean {
    return this.column < 0;
  }

  /** Goes to the next line that says something. */
  next(): void {
    const { text } = this;
    for (let start = this.end + 1; start < text.length; start = this.end + 1) {
      this.at = this.#afterSpaces(start);
      this.#endLine();
      const first = text.charCodeAt(this.at);
      this.column = this.at - start;
      if (this.at < this.end && first !== HASH) return;
    }
    this.column = -1;
  }

  /** What stands from here to the line's end, without spaces at both sides. */
  rest(): string {
    const { text } = this;
    const start = this.#afterSpaces(this.at);
    let { end } = this;
    while (end > start && text.charCodeAt(end - 1) === SPACE) end--;
    return text.slice(start, end);
  }

  /** Whether here begins an item of a list. */
  isDash(): boolean {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    return text.charCodeAt(at) === DASH && (next === SPACE || next === NEWLINE || at + 1 === text.length);
  }

  /** Goes to what follows a dash in its line. */
  skipDash(): void {
    const to = Math.min(this.#afterSpaces(this.at + 1), this.end);
    this.column += to - this.at;
    this.at = to;
  }

  /**
   * Takes the next line as it is, be it blank or a comment.
   *
   * @param least how many spaces it has at least before its text, if it has one
   * @returns the line without these spaces; `undefined` where it has fewer
   */
  take(least: number): string | undefined {
    const start = this.end + 1;
    const { text } = this;
    if (start >= text.length) return undefined;
    const at = this.#afterSpaces(start);
    if (at - start < least && at < text.length && text.charCodeAt(at) !== NEWLINE) return undefined;
    this.at = at;
    this.#endLine();
    return text.slice(Math.min(start + least, this.end), this.end);
  }

  /** How many spaces the next line begins with. */
  spacesBelow(): number {
    return this.#afterSpaces(this.end + 1) - this.end - 1;
  }

  #afterSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  #endLine(): void {
    const newline = this.text.indexOf("\n", this.at);
    this.end = newline < 0 ? this.text.length : newline;
  }
}
