// One file's tree for other plugins' rules: not there until one of them asks, never there for a template.
import type { File, TraversalStep } from "@eslint/core";
import type { AST } from "yaml-eslint-parser";
import { tooDeep } from "../yaml/depth.js";
import type { FirstStep } from "../yaml/first-steps.js";
import { stepsOfEvents } from "../yaml/steps-of-events.js";
import { stepsOfLines } from "../yaml/steps-of-lines.js";
import { keepTreeProblem, type TreeProblem } from "../yaml/tree-problem.js";
import type { Reading } from "../yaml/reading.js";
import { graft, settle, type OpenNode } from "./early-node.js";
import type { ForeignLanguage, ForeignSourceCode } from "./foreign.js";
import { fill, lazyProgram, type Contents } from "./program.js";
import { EMPTY_NODES } from "./syntax.js";

/** What a file is read and parsed with; tests look here to see whether anybody did. */
export interface Readers {
  readonly read: (text: string) => Reading;
  readonly loadYml: () => ForeignLanguage;
}

const NOTHING: Contents = { body: [], comments: [], tokens: [] };

export class LazyTree {
  readonly text: string;
  /** The root that every rule sees. Asking what it holds builds the tree. */
  readonly program: AST.YAMLProgram;
  /** The early nodes that the walk has entered and not left, outermost first. */
  readonly open: OpenNode[] = [];
  /** Whether somebody asked for the tree by now. */
  asked = false;
  /** The steps of the walk through the tree, once it is built; undefined where there is none. */
  steps: readonly TraversalStep[] | undefined;
  /** Why no tree could be built. */
  problem: TreeProblem | undefined;
  readonly #file: File;
  readonly #languageOptions: Readonly<Record<string, unknown>>;
  readonly #readers: Readers;
  #sourceCode: object | undefined;
  #wasRead = false;
  #code: ForeignSourceCode | undefined;

  /**
   * @param file what ESLint hands to a language; its body is text without a byte order mark
   * @param languageOptions handed on to eslint-plugin-yml (`parserOptions.defaultYAMLVersion`)
   */
  constructor(file: File, languageOptions: Readonly<Record<string, unknown>>, readers: Readers) {
    this.#file = file;
    this.text = typeof file.body === "string" ? file.body : new TextDecoder().decode(file.body);
    this.#languageOptions = languageOptions;
    this.#readers = readers;
    this.program = lazyProgram(this.text, () => this.code());
  }

  /** Our own reading of the text. It is not kept here: ESLint keeps this longer than anybody needs it. */
  reading(): Reading {
    this.#wasRead = true;
    return this.#readers.read(this.text);
  }

  get wasRead(): boolean {
    return this.#wasRead;
  }

  /** Whether this is a Go template. Reads the text only where it holds `{{`. */
  get template(): boolean {
    return this.text.includes("{{") && this.reading().template;
  }

  /** Whether there is a tree for other plugins' rules. Builds it. */
  get built(): boolean {
    this.code();
    return this.steps !== undefined;
  }

  /**
   * eslint-plugin-yml's source code over {@link program}. Builds the tree; where there can be none, it
   * stands over an empty one, so that whoever asks finds nothing and nothing throws.
   */
  code(): ForeignSourceCode {
    const code = this.#build();
    this.asked = true;
    this.#tell();
    return code;
  }

  /**
   * The first steps of each kind in the walk. None where other plugins' rules are not to be called, nor
   * where our own reading cannot tell them: the tree is built then.
   */
  firstSteps(): readonly FirstStep[] {
    if (this.template) return [];
    const steps = (this.wasRead ? undefined : stepsOfLines(this.text)) ?? stepsOfEvents(this.reading());
    if (!steps && !this.reading().error) this.#build();
    return steps ?? [];
  }

  /** Names the source code under which a problem is kept for `parsable`. */
  attach(sourceCode: object): void {
    this.#sourceCode = sourceCode;
    this.#tell();
  }

  #build(): ForeignSourceCode {
    if (this.#code) return this.#code;
    const yml = this.#readers.loadYml();
    const ast = this.template ? undefined : this.#parse(yml);
    fill(this.program, ast ?? NOTHING);
    this.#code = yml.createSourceCode(this.#file, { ok: true, ast: this.program });
    if (ast) this.steps = Array.from(this.#code.traverse());
    return this.#code;
  }

  #parse(yml: ForeignLanguage): AST.YAMLProgram | undefined {
    const reading = this.reading();
    const deep = tooDeep(reading);
    const refused =
      reading.error ?? (deep === undefined ? undefined : { message: "nested too deeply", offset: deep });
    const result = refused ? undefined : yml.parse(this.#file, { languageOptions: this.#languageOptions });
    if (result?.ok && graft(result.ast, this.open)) return result.ast;
    const [error = { message: "it is read in two ways", line: 1, column: 0 }] =
      result?.ok === false ? result.errors : [];
    const { message, line, column } = error;
    this.problem = refused
      ? { message: refused.message, position: reading.positionOf(refused.offset) }
      : { message, position: { line, column } };
    this.#settleEmpty();
    return undefined;
  }

  /** There will be no tree. Whoever listens already gets empty nodes where such nodes stand. */
  #settleEmpty(): void {
    for (const { node, first } of this.open) {
      const { type, start } = first;
      const at = this.reading().positionOf(start);
      const place = { range: [start, start], loc: { start: at, end: at }, parent: this.program };
      settle(node, { type, ...EMPTY_NODES[type], ...place });
    }
  }

  #tell(): void {
    if (this.asked && this.problem && this.#sourceCode) keepTreeProblem(this.#sourceCode, this.problem);
  }
}
