// The root of a file's tree, which every rule sees: there before the tree is built, and the same afterwards.
import type { AST } from "yaml-eslint-parser";
import { NODE_PROPERTIES } from "./syntax.js";

/** What the root holds, known once the tree is built. */
export type Contents = Pick<AST.YAMLProgram, "body" | "comments" | "tokens">;

/** A selector that looks in a root for a property of other nodes will look for it in them, too. */
const ROOT: object = {};
for (const name of NODE_PROPERTIES) {
  Object.defineProperty(ROOT, name, {
    get(this: AST.YAMLProgram): undefined {
      Reflect.get(this, "body");
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
  let loc: AST.SourceLocation | undefined;
  const held = <Part extends keyof Contents>(part: Part): Contents[Part] => (ask(), program[part]);
  // Accessors of a literal, for to define them is slow, and each file has such a root.
  const program = {
    __proto__: ROOT,
    type: "Program",
    sourceType: "module",
    parent: null,
    range: [0, text.length],
    get loc() {
      return (loc ??= { start: { line: 1, column: 0 }, end: endOf(text) });
    },
    get body() {
      return held("body");
    },
    get comments() {
      return held("comments");
    },
    get tokens() {
      return held("tokens");
    },
  } as unknown as AST.YAMLProgram;
  return program;
}

/** Lines end where yaml-eslint-parser and ESLint's plugin kit end them: at LF. */
function endOf(text: string): { line: number; column: number } {
  const lines = text.split("\n");
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
}

/** Makes what a built tree holds the root's own. */
export function fill(program: AST.YAMLProgram, { body, comments, tokens }: Contents): void {
  for (const document of body) document.parent = program;
  Object.defineProperties(program, Object.getOwnPropertyDescriptors({ body, comments, tokens }));
}
