// The ESLint language `container-images/yaml`: what ESLint asks of it, in ESLint's order.
import type { File, Language, ParseResult } from "@eslint/core";
import type { AST } from "yaml-eslint-parser";
import { holdsVocabulary } from "../vocabulary/holds-vocabulary.js";
import { asciiOfUtf16 } from "../yaml/decoded.js";
import { read } from "../yaml/read.js";
import type { Position } from "../yaml/reading.js";
import { loadYml } from "./foreign.js";
import { normalizeOptions, validateOptions } from "./options.js";
import { LazySourceCode } from "./source-code.js";
import { LazyTree, type Readers } from "./tree.js";

/** A file that was parsed, as `parse` hands it to `createSourceCode`. */
interface Parsed {
  readonly ok: true;
  readonly ast: AST.YAMLProgram;
  readonly tree: LazyTree;
  /** `languageOptions.images`. */
  readonly looksForImages: boolean;
}

export interface YamlLanguage extends Language {
  parse(
    file: File,
    context: { readonly languageOptions: Record<string, unknown> },
  ): ParseResult<AST.YAMLProgram>;
  createSourceCode(file: File, result: { readonly ok: true; readonly ast: AST.YAMLProgram }): LazySourceCode;
}

/**
 * Makes the language. A text is read once, for the rules and for the walk; a broken one is an error only
 * where it may hold an image. eslint-plugin-yml's tree is built when another plugin's rule asks for it.
 *
 * @param readers what to read and parse with; tests put spies here
 * @returns an ESLint language; its `parse` never throws, what is no YAML comes back as ESLint's parsing error
 */
export function createLanguage(readers: Partial<Readers> = {}): YamlLanguage {
  const used: Readers = { read, loadYml, ...readers };
  return {
    fileType: "text",
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: "type",
    validateLanguageOptions: validateOptions,
    normalizeLanguageOptions: normalizeOptions,
    parse: (file, { languageOptions }) => parse(new LazyTree(file, languageOptions, used), languageOptions),
    createSourceCode(file, result) {
      const { tree, looksForImages } = result as Parsed;
      return new LazySourceCode(tree, file.bom, looksForImages);
    },
  };
}

function parse(tree: LazyTree, options: Readonly<Record<string, unknown>>): ParseResult<AST.YAMLProgram> {
  const looksForImages = options["images"] !== false;
  const ascii = looksForImages ? asciiOfUtf16(tree.text) : undefined;
  if (ascii !== undefined && holdsVocabulary(ascii)) {
    return failure("this file is UTF-16, and ESLint reads UTF-8; save it as UTF-8", { line: 1, column: 0 });
  }
  const mayHoldImages = looksForImages && holdsVocabulary(tree.text);
  const error = mayHoldImages ? tree.reading().error : undefined;
  if (error) return failure(error.message, tree.reading().positionOf(error.offset));
  // Under `full` a broken file is as fatal as under yml/yaml, but not one that was scanned line by line
  // because nothing parses it.
  const isBroken = options["tree"] === "full" && !tree.built && tree.reading().notes.length === 0;
  if (isBroken && tree.problem) return failure(tree.problem.message, tree.problem.position);
  return { ok: true, ast: tree.program, tree, looksForImages } satisfies Parsed;
}

function failure(message: string, position: Position): ParseResult<AST.YAMLProgram> {
  return { ok: false, errors: [{ message, ...position }] };
}
