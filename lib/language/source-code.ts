// ESLint's view of a file: the user's own text, its directives, and a tree that is built only for rules
// that ask for it.
import { createRequire } from "node:module";
import type { TraversalStep } from "@eslint/core";
import type * as PluginKit from "@eslint/plugin-kit";
import type { AST } from "yaml-eslint-parser";
import { commentsOf } from "../yaml/comments.js";
import { disableDirectives, eslintComments, inlineConfiguration } from "./directives.js";
import { emptyScope, emptyScopeManager } from "./scope.js";
import { VISITOR_KEYS } from "./syntax.js";
import type { LazyTree } from "./tree.js";
import { walk } from "./walk.js";

// ESLint has loaded it with `require`, mostly this very copy; an `import` would load it a second time.
const { TextSourceCodeBase } = createRequire(import.meta.url)("@eslint/plugin-kit") as typeof PluginKit;

export class LazySourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>;
  RootNode: AST.YAMLProgram;
  SyntaxElementWithLoc: AST.YAMLNode | AST.Token | AST.Comment;
  ConfigNode: AST.Comment;
}> {
  readonly hasBOM: boolean;
  readonly visitorKeys = VISITOR_KEYS;
  /** `languageOptions.images`. That it is there at all tells a rule that the language is ours. */
  readonly looksForImages: boolean;
  readonly #tree: LazyTree;
  #inForce = false;
  #comments: AST.Comment[] | undefined;

  constructor(tree: LazyTree, hasBOM: boolean, looksForImages: boolean) {
    super({ text: tree.text, ast: tree.program });
    this.#tree = tree;
    this.hasBOM = hasBOM;
    this.looksForImages = looksForImages;
    tree.attach(this);
  }

  /** Rules of eslint-plugin-yml read this first, so it builds the tree. A template they would misread. */
  get parserServices(): { readonly isYAML: boolean; readonly isContainerImagesTemplate?: true } {
    return this.#tree.template
      ? { isYAML: false, isContainerImagesTemplate: true }
      : { isYAML: this.#tree.built };
  }

  /**
   * The steps are found while they are taken: by then every rule has said what it listens to. ESLint holds on
   * to what this returns long after the walk, so it is not the walk itself.
   */
  override traverse(): Iterable<TraversalStep> {
    const tree = this.#tree;
    return { [Symbol.iterator]: () => walk(tree) };
  }

  getLines(): string[] {
    return this.lines;
  }

  override getParent(node: AST.YAMLNode | AST.Token | AST.Comment): AST.YAMLNode | undefined {
    return ("parent" in node ? node.parent : null) ?? undefined;
  }

  /** The comments that begin with an `eslint…` word. */
  getInlineConfigNodes(): AST.Comment[] {
    return (this.#comments ??= this.text.includes("eslint") ? this.#readComments() : []);
  }

  getDisableDirectives(): ReturnType<typeof disableDirectives> {
    return disableDirectives(this.getInlineConfigNodes());
  }

  /**
   * Whether comments count: under `noInlineConfig` ESLint never applies them, and a rule can see it nowhere
   * else.
   */
  get inlineConfigInForce(): boolean {
    return this.#inForce;
  }

  applyInlineConfig(): ReturnType<typeof inlineConfiguration> {
    this.#inForce = true;
    return inlineConfiguration(this.getInlineConfigNodes());
  }

  /** For rules written for JavaScript. */
  getScope(node?: { readonly type: string }): object | null {
    return node?.type === "Program" ? emptyScope(this.ast) : null;
  }

  /** For rules written for JavaScript. */
  get scopeManager(): object {
    return emptyScopeManager(emptyScope(this.ast));
  }

  get tokensAndComments(): unknown {
    return this.#tree.code().tokensAndComments;
  }

  get tokenStore(): unknown {
    return Reflect.get(this.#tree.code(), "tokenStore") as unknown;
  }

  /** Calls a method of eslint-plugin-yml's source code, which needs the tree. */
  static forward(sourceCode: LazySourceCode, method: string, args: readonly unknown[]): unknown {
    const code = sourceCode.#tree.code();
    return Reflect.apply(Reflect.get(code, method) as (...all: unknown[]) => unknown, code, args);
  }

  #readComments(): AST.Comment[] {
    if (!this.#tree.wasRead) {
      return eslintComments(this.text, commentsOf(this.text), (offset) => this.getLocFromIndex(offset));
    }
    const reading = this.#tree.reading();
    return eslintComments(this.text, reading.comments(), (offset) => reading.positionOf(offset));
  }
}

/** Methods of yml/yaml's source code that need the tree; a test compares the two. */
const FOREIGN_METHODS = `
  commentsExistBetween getAllComments getCommentsAfter getCommentsBefore getCommentsInside getFirstToken
  getFirstTokenBetween getFirstTokens getFirstTokensBetween getLastToken getLastTokenBetween getLastTokens
  getLastTokensBetween getNodeByRangeIndex getTokenAfter getTokenBefore getTokens getTokensAfter
  getTokensBefore getTokensBetween isSpaceBetween isSpaceBetweenTokens`;

for (const method of FOREIGN_METHODS.trim().split(/\s+/)) {
  Object.defineProperty(LazySourceCode.prototype, method, {
    configurable: true,
    writable: true,
    value(this: LazySourceCode, ...args: unknown[]): unknown {
      return LazySourceCode.forward(this, method, args);
    },
  });
}
