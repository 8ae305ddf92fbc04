// The root of a file's tree, which every rule sees: there before the rest of the tree is, and the same afterwards.
import type { AST } from "yaml-eslint-parser";

/** What the root holds, known once the tree is built. */
const PARTS = ["body", "comments", "tokens"] as const;

export type Part = (typeof PARTS)[number];

/**
 * Makes a root that spans a text.
 *
 * @param text the file's text
 * @param ask called where a rule asks what the root holds; must {@link fill} it
 * @returns a node as yaml-eslint-parser makes it
 */
export function lazyProgram(text: string, ask: () => void): AST.YAMLProgram {
  let loc: AST.SourceLocation | undefined;
  const program = {
    type: "Program",
    sourceType: "module",
    parent: null,
    range: [0, text.length],
    // Lines end where yaml-eslint-parser and ESLint's plugin kit end them: at LF.
    get loc(): AST.SourceLocation {
      const lines = loc ? [] : text.split("\n");
      return (loc ??= {
        start: { line: 1, column: 0 },
        end: { line: lines.length, column: lines.at(-1)?.length ?? 0 },
      });
    },
  };
  for (const part of PARTS) {
    Object.defineProperty(program, part, {
      enumerable: true,
      configurable: true,
      get: () => {
        ask();
        return Reflect.get(program, part) as unknown;
      },
    });
  }
  return program as unknown as AST.YAMLProgram;
}

/** Makes what a built tree holds the root's own. */
export function fill(program: AST.YAMLProgram, tree: Pick<AST.YAMLProgram, Part>): void {
  for (const document of tree.body) document.parent = program;
  for (const part of PARTS) {
    Object.defineProperty(program, part, {
      value: tree[part],
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
}
