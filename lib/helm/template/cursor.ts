// Goes through the tokens of a template.
import { TemplateSyntaxError } from "./syntax-error.js";
import type { Token, TokenType } from "./tokens.js";

const END: Token = { type: "end", text: "", at: 0 };

/** Where a parser is among a template's tokens. White space is a token, for `.a .b` is not `.a.b`. */
export class Cursor {
  readonly #tokens: readonly Token[];
  /** The index of the next token; whoever looked too far ahead sets it back. */
  index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next token, which is not taken. */
  get next(): Token {
    return this.#tokens[this.index] ?? this.#tokens.at(-1) ?? END;
  }

  /** Takes white space. */
  skipSpace(): void {
    if (this.next.type === "space") this.index++;
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.next;
    this.index++;
    return token;
  }

  /** Takes white space and the next token. */
  takeAfterSpace(): Token {
    this.skipSpace();
    return this.take();
  }

  /** The next token behind white space; only the white space is taken. */
  get nextAfterSpace(): Token {
    this.skipSpace();
    return this.next;
  }

  /**
   * Takes white space and a token.
   *
   * @throws {TemplateSyntaxError} where the token is of another type
   */
  expect(type: TokenType, where: string): Token {
    const token = this.takeAfterSpace();
    if (token.type !== type) throw this.unexpected(token, where);
    return token;
  }

  /** Whether a keyword comes next, behind white space. */
  isAtKeyword(word: string): boolean {
    const { type, text } = this.nextAfterSpace;
    return type === "keyword" && text === word;
  }

  /** Makes the error for a token that cannot stand there. */
  unexpected({ type, text, at }: Token, where: string): TemplateSyntaxError {
    const what = type === "end" ? "the template ends" : `\`${text}\` cannot stand`;
    return new TemplateSyntaxError(`${what} ${where}`, at);
  }
}
