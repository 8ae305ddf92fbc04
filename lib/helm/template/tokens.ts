// Splits a Go template into its texts and the tokens of its actions.
import { TemplateSyntaxError } from "./syntax-error.js";

export type TokenType =
  | "text"
  | "left"
  | "right"
  | "space"
  | "keyword"
  | "function"
  | "field"
  | "variable"
  | "dot"
  | "nil"
  | "boolean"
  | "number"
  | "character"
  | "string"
  | "("
  | ")"
  | "|"
  | ":="
  | "="
  | ","
  | "end";

export interface Token {
  readonly type: TokenType;
  /** As it is written; of a text, what trim markers leave of it. */
  readonly text: string;
  /** In UTF-16 units. */
  readonly at: number;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "block break continue define else end if range template with".split(" "),
);

const LEFT = "{{";
const WHITE = "[ \\t\\r\\n]";
const LEFT_MARKER = new RegExp(`-${WHITE}`, "y");
const RIGHT = new RegExp(`(?:${WHITE}-)?\\}\\}`, "y");
const COMMENT = /\/\*[^]*?\*\//y;
const WHITE_SPACE = new RegExp(`${WHITE}+`, "y");
/** Up to the white space that belongs to a trim marker. */
const WHITE_SPACE_BEFORE_MARKER = new RegExp(`${WHITE}+?(?=${WHITE}-\\}\\})`, "y");
const WORD = /[\p{L}\p{Nd}_]+/uy;
const FIELD_OR_VARIABLE = /[.$][\p{L}\p{Nd}_]*/uy;
/** What must follow a word, a field or a variable. */
const TERMINATOR = new RegExp(`${WHITE}|[.,|:)(]|\\}\\}|$`, "y");
const DIGITS = [
  "0[xX][\\da-fA-F_]*(?:\\.[\\da-fA-F_]*)?(?:[pP][-+]?[\\d_]*)?",
  "0[oO][0-7_]*(?:\\.[0-7_]*)?",
  "0[bB][01_]*(?:\\.[01_]*)?",
  "[\\d_]*(?:\\.[\\d_]*)?(?:[eE][-+]?[\\d_]*)?",
].join("|");
/** A number, or two, of which the second is imaginary. More than is valid: `literals.ts` decides. */
const NUMBER = new RegExp(`[-+]?(?:${DIGITS})i?(?:[-+](?:${DIGITS})i)?`, "y");
const NUMBER_START = /^(?:[-+\d]|\.\d)/;
const NUMBER_GOES_ON = /[-+\p{L}\p{Nd}_]/uy;

/**
 * Splits a template whose delimiters are `{{` and `}}`.
 *
 * @param text the template
 * @returns its tokens, of which the last one is `end`
 * @throws {TemplateSyntaxError} where what stands in an action is no token
 * @see Go, `text/template/parse/lex.go`
 */
export function tokensOf(text: string): readonly Token[] {
  return new Lexer(text).run();
}

/** The tokens of one kind each, tried in this order. */
const KINDS: readonly (readonly [type: TokenType, pattern: RegExp])[] = [
  ["space", WHITE_SPACE_BEFORE_MARKER],
  ["space", WHITE_SPACE],
  ["(", /\(/y],
  [")", /\)/y],
  ["|", /\|/y],
  [",", /,/y],
  [":=", /:=/y],
  ["=", /=/y],
];

class Lexer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** Where the last action starts. */
  #left = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly Token[] {
    while (this.#toAction()) if (!this.#comment()) this.#action();
    this.#add("end", "");
    return this.#tokens;
  }

  /** Takes a text, and the left delimiter behind it; false where there is none. */
  #toAction(): boolean {
    const start = this.#at;
    const left = this.#text.indexOf(LEFT, start);
    const end = left < 0 ? this.#text.length : left;
    this.#at = left < 0 ? end : left + LEFT.length;
    const isTrimmed = left >= 0 && this.#match(LEFT_MARKER) !== undefined;
    const text = this.#text.slice(start, end);
    const kept = isTrimmed ? trimmedEnd(text) : text;
    if (kept !== "") this.#tokens.push({ type: "text", text: kept, at: start });
    this.#left = left;
    return left >= 0;
  }

  #comment(): boolean {
    if (!this.#text.startsWith("/*", this.#at)) return false;
    if (this.#match(COMMENT) === undefined) throw this.#problem("the comment is not closed");
    if (!this.#right()) throw this.#problem("the comment ends before its action");
    return true;
  }

  #action(): void {
    this.#tokens.push({ type: "left", text: LEFT, at: this.#left });
    let open = 0;
    while (!this.#right()) {
      const type = this.#token();
      if (type === "(") open++;
      if (type === ")" && --open < 0) throw this.#problem("a parenthesis closes that was not opened");
    }
    if (open > 0) throw this.#problem("a parenthesis is not closed");
    this.#add("right", "}}");
  }

  /** Takes a right delimiter, and the white space that its marker trims. */
  #right(): boolean {
    const right = this.#match(RIGHT);
    if (right !== undefined && right !== "}}") this.#match(WHITE_SPACE);
    return right !== undefined;
  }

  #token(): TokenType {
    if (this.#at >= this.#text.length) throw this.#problem("the action is not closed");
    for (const [type, pattern] of KINDS) {
      const text = this.#match(pattern);
      if (text !== undefined) return this.#add(type, text);
    }
    const type = this.#quoted() ?? this.#number() ?? this.#name();
    if (type === undefined) throw this.#problem("this character does not belong here");
    return type;
  }

  /** A string or a character. A pattern would overflow its stack on a long one. */
  #quoted(): TokenType | undefined {
    const text = this.#text;
    const quote = text.charAt(this.#at);
    if (quote !== '"' && quote !== "'" && quote !== "`") return undefined;
    const isRaw = quote === "`";
    let end = this.#at + 1;
    while (end < text.length && text[end] !== quote && (isRaw || text[end] !== "\n")) {
      end += !isRaw && text[end] === "\\" && text[end + 1] !== "\n" ? 2 : 1;
    }
    if (text[end] !== quote) throw this.#problem("a quote is not closed");
    const literal = text.slice(this.#at, end + 1);
    this.#at = end + 1;
    return this.#add(quote === "'" ? "character" : "string", literal);
  }

  #number(): TokenType | undefined {
    if (!NUMBER_START.test(this.#text.slice(this.#at, this.#at + 2))) return undefined;
    const text = this.#match(NUMBER) ?? "";
    if (this.#isAt(NUMBER_GOES_ON)) throw this.#problem("this is no number");
    return this.#add("number", text);
  }

  #name(): TokenType | undefined {
    const text = this.#match(FIELD_OR_VARIABLE) ?? this.#match(WORD);
    if (text === undefined) return undefined;
    if (!this.#isAt(TERMINATOR)) throw this.#problem("this character does not belong here");
    if (text === ".") return this.#add("dot", text);
    if (text.startsWith(".")) return this.#add("field", text);
    if (text.startsWith("$")) return this.#add("variable", text);
    if (text === "true" || text === "false") return this.#add("boolean", text);
    if (text === "nil") return this.#add("nil", text);
    return this.#add(KEYWORDS.has(text) ? "keyword" : "function", text);
  }

  #isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #match(pattern: RegExp): string | undefined {
    const start = this.#at;
    if (!this.#isAt(pattern)) return undefined;
    this.#at = pattern.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  #add(type: TokenType, text: string): TokenType {
    this.#tokens.push({ type, text, at: Math.max(0, this.#at - text.length) });
    return type;
  }

  #problem(message: string): TemplateSyntaxError {
    return new TemplateSyntaxError(message, this.#at);
  }
}

/** A text without the white space at its end. A pattern would try each white space, so be slow on many. */
function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
