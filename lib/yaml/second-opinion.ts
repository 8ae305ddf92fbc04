// Asks yaml-eslint-parser about a broken text: whether it reads it, and if not, its words for what is wrong.
import type { SyntaxProblem } from "./reading.js";

/** yaml-eslint-parser recurses, and on deep nesting it brings the process down, which nothing can catch. */
const DEEPEST = 100;
/** It compares each key of a mapping with all before it: time grows with the square of their number. */
const MOST_ENTRIES = 10_000;

export type Opinion =
  /** It reads the text. */
  | { readonly kind: "reads" }
  | { readonly kind: "refuses"; readonly problem: SyntaxProblem }
  /** It was not asked: the text is too deep or too long for it, or it is not there. */
  | { readonly kind: "unasked" };

interface Parser {
  parseYAML(text: string): unknown;
}

let loaded: Parser | null | undefined;

/**
 * @param text a text that js-yaml does not read
 * @returns what yaml-eslint-parser says of it; never throws. The parser is loaded when first asked
 */
export function secondOpinion(text: string): Opinion {
  if (!isSafe(text)) return { kind: "unasked" };
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

/** Synchronous, and without an import of Node's modules: this room also loads where there are none. */
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
 * Whether a text is shallow and short enough to be given to a recursive parser. Brackets in strings count as
 * well: too careful is only less well worded.
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
    // `- - -` and `? ? ?` open a level each; anything else ends the line's indentation.
    leading = "-?:".includes(character) && /[ \t]/.test(text.charAt(at + 1));
  }
  return true;
}
