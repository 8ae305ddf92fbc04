// One file's tree for other plugins' rules: not there until one of them asks, never there for a template.
import type { File } from "@eslint/core";
import { keepTreeProblem, type TreeProblem } from "../yaml/notes.js";
import type { Position, Reading } from "../yaml/reading.js";
import { tooDeep } from "./depth.js";
import type { ForeignLanguage, ForeignProgram, ForeignSourceCode, Step } from "./foreign.js";
import type { Comment, Location, Program, SyntaxNode } from "./syntax.js";

/** What a file is read and parsed with; tests look here to see whether anybody did. */
export interface Readers {
  readonly read: (text: string) => Reading;
  readonly loadYml: () => ForeignLanguage;
}

const NOTHING: ForeignProgram = { body: [], comments: [], tokens: [] };

export class LazyTree {
  readonly text: string;
  /** The root that every rule sees, before and after the tree is built. Asking what it holds builds the tree. */
  readonly program: Program;
  /** Why there is no tree, once somebody asked for one. */
  problem: TreeProblem | undefined;
  readonly #file: File;
  readonly #languageOptions: unknown;
  readonly #readers: Readers;
  #sourceCode: object | undefined;
  #reading: Reading | undefined;
  #code: ForeignSourceCode | undefined;
  #steps: readonly Step[] | undefined;

  /**
   * @param file what ESLint hands to a language; its body is text without a byte order mark
   * @param languageOptions handed on to eslint-plugin-yml (`parserOptions.defaultYAMLVersion`)
   */
  constructor(file: File, languageOptions: unknown, readers: Readers) {
    this.#file = file;
    this.text = typeof file.body === "string" ? file.body : new TextDecoder().decode(file.body);
    this.#languageOptions = languageOptions;
    this.#readers = readers;
    this.program = lazyProgram(this.text, (part) => {
      this.code();
      return this.program[part];
    });
  }

  /** Our own reading of the text; made when first asked. */
  reading(): Reading {
    return (this.#reading ??= this.#readers.read(this.text));
  }

  /** Whether that was made already. */
  get wasRead(): boolean {
    return this.#reading !== undefined;
  }

  /** Whether this is a Go template. Reads the text only where it holds `{{`. */
  get template(): boolean {
    return this.text.includes("{{") && this.reading().template;
  }

  /** Whether somebody asked for the tree by now. */
  get asked(): boolean {
    return this.#code !== undefined;
  }

  /** Whether there is a tree for other plugins' rules. Builds it. */
  get built(): boolean {
    this.code();
    return this.#steps !== undefined;
  }

  /**
   * eslint-plugin-yml's source code over {@link program}. Builds the tree; where none may or can be built, it stands over an
   * empty one, so that whoever asks finds nothing and nothing throws.
   */
  code(): ForeignSourceCode {
    if (this.#code) return this.#code;
    const yml = this.#readers.loadYml();
    const parsed = this.template ? undefined : this.#parse(yml);
    adopt(this.program, parsed ?? NOTHING);
    this.#code = yml.createSourceCode(this.#file, { ok: true, ast: this.program });
    if (parsed) this.#steps = Array.from(this.#code.traverse());
    this.#tell();
    return this.#code;
  }

  /** Every step of the walk through the tree. Builds it; undefined where there is none. */
  steps(): readonly Step[] | undefined {
    this.code();
    return this.#steps;
  }

  /** Names the source code under which a problem is kept for `parsable`. */
  attach(sourceCode: object): void {
    this.#sourceCode = sourceCode;
    this.#tell();
  }

  #parse(yml: ForeignLanguage): ForeignProgram | undefined {
    const reading = this.reading();
    const deep = tooDeep(reading);
    const refused =
      reading.error ?? (deep === undefined ? undefined : { message: "nested too deeply", offset: deep });
    if (refused) {
      this.problem = { message: refused.message, position: reading.positionOf(refused.offset) };
      return undefined;
    }
    const result = yml.parse(this.#file, { languageOptions: this.#languageOptions });
    if (result.ok) return result.ast;
    const [error] = result.errors;
    this.problem = {
      message: error?.message ?? "not read",
      position: { line: error?.line ?? 1, column: error?.column ?? 0 },
    };
    return undefined;
  }

  #tell(): void {
    if (this.#sourceCode && this.problem) keepTreeProblem(this.#sourceCode, this.problem);
  }
}

type Part = "body" | "comments" | "tokens";

function lazyProgram(text: string, ask: (part: Part) => unknown): Program {
  let loc: Location | undefined;
  const end = text.length;
  return {
    type: "Program",
    get body() {
      return ask("body") as SyntaxNode[];
    },
    get comments() {
      return ask("comments") as Comment[];
    },
    sourceType: "module",
    get tokens() {
      return ask("tokens") as SyntaxNode[];
    },
    parent: null,
    range: [0, end],
    get loc() {
      return (loc ??= { start: { line: 1, column: 0 }, end: locate(text, end) });
    },
  };
}

/** Makes a built tree the program's own: its documents' parent is the root that rules have seen already. */
function adopt(program: Program, tree: ForeignProgram): void {
  for (const document of tree.body) document.parent = program;
  for (const part of ["body", "comments", "tokens"] as const) {
    Object.defineProperty(program, part, {
      value: tree[part],
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
}

/** Line and column of an offset, lines ending where yaml-eslint-parser and ESLint's plugin kit end them: at LF. */
function locate(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", start)) {
    line++;
    start = feed + 1;
  }
  return { line, column: offset - start };
}
