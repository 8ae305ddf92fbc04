// eslint-plugin-yml's language, which builds the tree that other plugins' rules walk. Loaded when one of them asks, not before.
import { createRequire } from "node:module";
import type { File } from "@eslint/core";
import type { Program, SyntaxNode } from "./syntax.js";

/** One step of a walk through a file, as ESLint's traverser takes it: a call, or a node entered (1) or left (2). */
export type Step =
  | {
      readonly kind: 1;
      readonly type: "visit";
      readonly target: object;
      readonly phase: 1 | 2;
      readonly args: unknown[];
    }
  | { readonly kind: 2; readonly type: "call"; readonly target: string; readonly args: unknown[] };

/** The source code of yml/yaml: beside these, the token methods that it shares with ESLint's own. */
export interface ForeignSourceCode {
  traverse(): Iterable<Step>;
  readonly [member: string]: unknown;
}

/** A tree as yaml-eslint-parser builds it, before it is adopted. */
export interface ForeignProgram {
  readonly body: (SyntaxNode & { parent: unknown })[];
  readonly comments: Program["comments"];
  readonly tokens: Program["tokens"];
}

/** A parse error, with yml/yaml's convention: lines from 1, columns from 0. */
export interface ForeignError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ForeignLanguage {
  parse(
    file: File,
    context: { readonly languageOptions: unknown },
  ):
    | { readonly ok: true; readonly ast: ForeignProgram }
    | { readonly ok: false; readonly errors: readonly ForeignError[] };
  createSourceCode(file: File, result: { readonly ok: true; readonly ast: unknown }): ForeignSourceCode;
}

/**
 * Loads eslint-plugin-yml's language, synchronously, since ESLint's languages are.
 *
 * @returns its language
 * @throws whatever Node throws where the package cannot be loaded
 */
export function loadYml(): ForeignLanguage {
  const plugin = createRequire(import.meta.url)("eslint-plugin-yml") as {
    readonly languages: { readonly yaml: ForeignLanguage };
  };
  return plugin.languages.yaml;
}
