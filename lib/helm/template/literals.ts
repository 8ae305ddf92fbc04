// Go's literals: what a string or a character in quotes means, and whether a number is one.

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
]);

/** An escape: a byte or a character by its number, or one of the letters above, or a quote. */
const ESCAPE = /\\(?:x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gsu;

/**
 * Reads a string literal.
 *
 * @param literal in double quotes or backquotes, as the lexer found it
 * @returns its text; `undefined` where an escape is none. Bytes above 0x7F become the characters with these
 *   numbers, for JavaScript's strings hold no bytes
 * @see Go, `strconv.Unquote`
 */
export function unquoted(literal: string): string | undefined {
  const inside = literal.slice(1, -1);
  return literal.startsWith("`") ? inside.replaceAll("\r", "") : unescaped(inside, '"');
}

/** The same for a character in single quotes: it must be one. */
export function isCharacter(literal: string): boolean {
  const text = unescaped(literal.slice(1, -1), "'");
  return text !== undefined && Array.from(text).length === 1;
}

function unescaped(text: string, quote: string): string | undefined {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const meant = meantBy(match, quote);
    if (meant === undefined) return undefined;
    parts.push(text.slice(end, match.index), meant);
    end = match.index + match[0].length;
  }
  return parts.join("") + text.slice(end);
}

/** What an escape means; `undefined` where it is none. */
function meantBy(escape: RegExpExecArray, quote: string): string | undefined {
  const [, hex, octal, short, long, letter = ""] = escape;
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
  if (octal !== undefined) return octal < "400" ? String.fromCharCode(parseInt(octal, 8)) : undefined;
  const digits = short ?? long;
  if (digits === undefined) return letter === quote ? quote : SIMPLE_ESCAPES.get(letter);
  const code = parseInt(digits, 16);
  const isCodePoint = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCodePoint ? String.fromCodePoint(code) : undefined;
}

/** Digits, with single underscores between them and behind a prefix. */
const INTEGER = /^[-+]?(?:0[xX](?:_?[\da-fA-F])+|0[oO]?(?:_?[0-7])+|0[bB](?:_?[01])+|0|[1-9](?:_?\d)*)$/;
const DIGITS = "\\d(?:_?\\d)*";
const DECIMAL_FLOAT = new RegExp(
  `^[-+]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][-+]?${DIGITS})?$`,
);
const HEX_DIGITS = "[\\da-fA-F](?:_?[\\da-fA-F])*";
const HEX_FLOAT = new RegExp(
  `^[-+]?0[xX](?:_?(${HEX_DIGITS})(?:\\.(${HEX_DIGITS})?)?|\\.(${HEX_DIGITS}))[pP]([-+]?${DIGITS})$`,
);

/** Between the two numbers of a complex one. */
const COMPLEX = /(?<=[\d.])(?=[-+])/;

const LARGEST = 2n ** 64n;
const LARGEST_SIGNED = 2n ** 63n;

/** How many characters a number may have. Go has no limit, but long ones take long to read. */
const LONGEST = 1000;

/**
 * Whether Go takes a number.
 *
 * @param text as the lexer found it
 * @see Go, `text/template/parse/node.go`, `newNumber`
 */
export function isNumber(text: string): boolean {
  if (text.length > LONGEST) return false;
  if (text.endsWith("i")) return text.slice(0, -1).split(COMPLEX).every(isFloat);
  return INTEGER.test(text) ? isInRange(text) : /[.eEpP]/.test(text) && isFloat(text);
}

/** Whether `strconv.ParseFloat` takes a number, which may be an integer. */
function isFloat(text: string): boolean {
  if (DECIMAL_FLOAT.test(text)) return Number.isFinite(Number(digitsOf(text)));
  const parts = HEX_FLOAT.exec(text);
  if (parts === null) return false;
  const [whole, fraction] = [digitsOf(parts[1]), digitsOf(parts[2] ?? parts[3])];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  // A double has 53 bits, which is fewer than 16 digits have.
  const leading = digits.slice(0, 16);
  const exponent = Number(digitsOf(parts[4])) + 4 * (digits.length - leading.length - fraction.length);
  return leading === "" || Number.isFinite(parseInt(leading, 16) * 2 ** exponent);
}

function digitsOf(text = ""): string {
  return text.replaceAll("_", "");
}

function isInRange(text: string): boolean {
  const digits = digitsOf(text)
    .replace(/^[-+]/, "")
    .replace(/^0(?=[0-7])/, "0o");
  const size = BigInt(digits);
  if (text.startsWith("-")) return size <= LARGEST_SIGNED;
  // `+` is not of an unsigned number.
  return size < (text.startsWith("+") ? LARGEST_SIGNED : LARGEST);
}
