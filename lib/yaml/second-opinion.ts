// Asks yaml-eslint-parser about a text that js-yaml refuses: whether it reads the text, and if not, why.
import type { SyntaxProblem } from "./reading.js";

/** yaml-eslint-parser is recursive: deep nesting ends the process, and that cannot be caught. */
const DEEPEST = 100;
/**
 * The longest text that the parser is asked about. It makes an error with a stack for each token that it does
 * not expect: 1 MB of `}` took ten seconds and 1.5 GB. Of 16,730 real files, 12 came this far, and none had
 * 2,000 characters.
 */
const MOST_CHARACTERS = 10_000;
/** yaml-eslint-parser compares each key of a mapping with all earlier ones: its time is quadratic. */
const MOST_ENTRIES = 10_000;

export type Opinion =
  | { readonly kind: "reads" }
  | { readonly kind: "refuses"; readonly problem: SyntaxProblem }
  /** The text is too deep or too long for the parser, or the parser is not installed. */
  | { readonly kind: "unasked" };

interface Parser {
  parseYAML(text: string): unknown;
}

let loaded: Parser | null | undefined;

/**
 * Parses a text with yaml-eslint-parser, which is loaded when it is first needed.
 *
 * @param text a text that js-yaml does not read
 * @returns whether the parser reads it, and if not, its error; never throws
 */
export function secondOpinion(text: string): Opinion {
  if (text.length > MOST_CHARACTERS || !isSafe(text)) return { kind: "unasked" };
  loaded ??= load();
  if (!loaded) return { kind: "unasked" };
  try {
    loaded.parseYAML(text);
    return { kind: "reads" };
  } catch (error) {
    const problem = problemOf(error, text.length);
    return problem ? { kind: "refuses", problem } : { kind: "unasked" };
  }
}

/**
 * Synchronous, and without an import of Node's modules, so that this room also loads where they do not exist.
 */
function load(): Parser | null {
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    const parser: unknown = createRequire(import.meta.url)("yaml-eslint-parser");
    return isParser(parser) ? parser : null;
  } catch {
    return null;
  }
}

function isParser(value: unknown): value is Parser {
  return (
    typeof value === "object" &&
    value !== null &&
    "parseYAML" in value &&
    typeof value.parseYAML === "function"
  );
}

function problemOf(error: unknown, length: number): SyntaxProblem | undefined {
  if (!(error instanceof Error) || !("index" in error) || typeof error.index !== "number") return undefined;
  return {
    message: error.message.split("\n", 1)[0] ?? "",
    offset: Math.min(Math.max(error.index, 0), length),
  };
}

/**
 * Whether a text is shallow and short enough to be given to a recursive parser. Brackets in strings count
 * too: being too careful only makes the message less clear.
 */
export function isSafe(text: string): boolean {
  let brackets = 0;
  let entries = 0;
  const columns: number[] = [];
  let lineStart = 0;
  let leading = true;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\n" || character === "\r") {
      lineStart = at + 1;
      leading = true;
      if (++entries > MOST_ENTRIES) return false;
      continue;
    }
    if (character === "[" || character === "{") {
      if (++brackets > DEEPEST) return false;
    } else if (character === "]" || character === "}") brackets = Math.max(0, brackets - 1);
    else if (character === "," && ++entries > MOST_ENTRIES) return false;
    if (!leading || character === " " || character === "\t") continue;
    const column = at - lineStart;
    while ((columns.at(-1) ?? -1) >= column) columns.pop();
    columns.push(column);
    if (columns.length > DEEPEST) return false;
    // `- - -` and `? ? ?` open one level each; any other text ends the line's indentation.
    leading = "-?:".includes(character) && /[ \t]/.test(text.charAt(at + 1));
  }
  return true;
}
