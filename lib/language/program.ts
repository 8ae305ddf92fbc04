// The root of a file's tree, which every rule sees: there before the tree is built, and the same afterwards.
import type { AST } from "yaml-eslint-parser";
import { NODE_PROPERTIES } from "./syntax.js";

/** What the root holds, known once the tree is built. */
export type Contents = Pick<AST.YAMLProgram, "body" | "comments" | "tokens">;

/**
 * A root without contents. Its accessors are those of the class. Accessors of its own would be a hidden class
 * of its own, and V8 keeps those, with all that they refer to, until it collects the old generation.
 */
class LazyProgram {
  readonly type = "Program";
  readonly sourceType = "module";
  readonly parent = null;
  readonly range: [number, number];
  readonly #text: string;
  readonly #ask: () => void;
  #loc: AST.SourceLocation | undefined;

  constructor(text: string, ask: () => void) {
    this.range = [0, text.length];
    this.#text = text;
    this.#ask = ask;
  }

  get loc(): AST.SourceLocation {
    return (this.#loc ??= { start: { line: 1, column: 0 }, end: endOf(this.#text) });
  }

  get body(): Contents["body"] {
    return LazyProgram.held(this, "body");
  }

  get comments(): Contents["comments"] {
    return LazyProgram.held(this, "comments");
  }

  get tokens(): Contents["tokens"] {
    return LazyProgram.held(this, "tokens");
  }

  /** What {@link fill} has made the root's own. */
  static held<Part extends keyof Contents>(program: LazyProgram, part: Part): Contents[Part] {
    program.#ask();
    return Object.getOwnPropertyDescriptor(program, part)?.value as Contents[Part];
  }
}

// A selector that looks in a root for a property of other nodes will look for it in them, too.
for (const name of NODE_PROPERTIES) {
  if (name in LazyProgram.prototype || name === "parent" || name === "range") continue;
  Object.defineProperty(LazyProgram.prototype, name, {
    get(this: LazyProgram): undefined {
      LazyProgram.held(this, "body");
    },
  });
}

/**
 * Makes a root that spans a text.
 *
 * @param text the file's text
 * @param ask called where a rule asks what the root holds; must {@link fill} it
 * @returns a node as yaml-eslint-parser makes it
 */
export function lazyProgram(text: string, ask: () => void): AST.YAMLProgram {
  return new LazyProgram(text, ask);
}

/** Lines end where yaml-eslint-parser and ESLint's plugin kit end them: at LF. */
function endOf(text: string): { line: number; column: number } {
  const lines = text.split("\n");
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
}

/** Makes what a built tree holds the root's own. */
export function fill(program: AST.YAMLProgram, { body, comments, tokens }: Contents): void {
  for (const document of body) document.parent = program;
  const { loc } = program;
  Object.defineProperties(program, Object.getOwnPropertyDescriptors({ loc, body, comments, tokens }));
}
