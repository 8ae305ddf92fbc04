// ESLint's view of a file: the user's own text, its directives, and a tree that is built only for rules that ask for it.
import { createRequire } from "node:module";
import type * as PluginKit from "@eslint/plugin-kit";
import {
  disableDirectives,
  inlineConfiguration,
  type DisableDirectives,
  type InlineConfiguration,
} from "./directives.js";
import { commentsOf } from "../yaml/comments.js";
import { directiveComments } from "./comments.js";
import { emptyScope, emptyScopeManager, type EmptyScope, type EmptyScopeManager } from "./scope.js";
import type { Step } from "./foreign.js";
import { stepsOf } from "./steps.js";
import { VISITOR_KEYS, type Comment, type Program, type SyntaxNode } from "./syntax.js";
import type { LazyTree } from "./tree.js";

/** What `sourceCode.parserServices` says. */
export interface ParserServices {
  /** Whether there is a YAML tree; false in a template, which no other plugin's rule could read rightly. */
  readonly isYAML: boolean;
  /** Set in a Go template. */
  readonly isContainerImagesTemplate?: true;
}

// As ESLint loads it, so that where npm installed one copy for both, it is loaded already; as a module it would be loaded twice.
const { TextSourceCodeBase } = createRequire(import.meta.url)("@eslint/plugin-kit") as typeof PluginKit;

export class LazySourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>;
  RootNode: Program;
  SyntaxElementWithLoc: SyntaxNode;
  ConfigNode: Comment;
}> {
  readonly hasBOM: boolean;
  readonly visitorKeys = VISITOR_KEYS;
  /** Whether images are looked for in this file (`languageOptions.images`). That it is there at all tells a rule that the language is ours. */
  readonly looksForImages: boolean;
  readonly #tree: LazyTree;
  #services: ParserServices | undefined;
  #inForce = false;
  #comments: Comment[] | undefined;

  constructor(tree: LazyTree, hasBOM: boolean, looksForImages: boolean) {
    super({ text: tree.text, ast: tree.program });
    this.#tree = tree;
    this.hasBOM = hasBOM;
    this.looksForImages = looksForImages;
    tree.attach(this);
  }

  /** Every rule of eslint-plugin-yml reads this first: whoever asks wants the tree, so asking builds it. */
  get parserServices(): ParserServices {
    return (this.#services ??= this.#tree.template
      ? { isYAML: false, isContainerImagesTemplate: true }
      : { isYAML: this.#tree.built });
  }

  /** The steps of the walk; computed while they are taken, when every rule has said what it listens to. */
  override traverse(): Iterable<Step> {
    return stepsOf(this.#tree, (offset) => this.getLocFromIndex(offset));
  }

  getLines(): string[] {
    return this.lines;
  }

  override getParent(node: SyntaxNode & { readonly parent?: SyntaxNode | null }): SyntaxNode | undefined {
    return node.parent ?? undefined;
  }

  /** The comments that begin with an `eslint…` word. */
  getInlineConfigNodes(): Comment[] {
    return (this.#comments ??= this.text.includes("eslint") ? this.#readComments() : []);
  }

  getDisableDirectives(): DisableDirectives {
    return disableDirectives(this.getInlineConfigNodes());
  }

  /** Whether comments count: under `noInlineConfig` ESLint never applies them, and a rule can see it nowhere else. */
  get inlineConfigInForce(): boolean {
    return this.#inForce;
  }

  applyInlineConfig(): InlineConfiguration {
    this.#inForce = true;
    return inlineConfiguration(this.getInlineConfigNodes());
  }

  /** For rules written for JavaScript. */
  getScope(node?: SyntaxNode): EmptyScope | null {
    return node?.type === "Program" ? emptyScope(this.ast) : null;
  }

  /** For rules written for JavaScript. */
  get scopeManager(): EmptyScopeManager {
    return emptyScopeManager(emptyScope(this.ast));
  }

  get tokensAndComments(): unknown {
    return this.#tree.code()["tokensAndComments"];
  }

  get tokenStore(): unknown {
    return this.#tree.code()["tokenStore"];
  }

  /** Hands a call on to eslint-plugin-yml's source code. */
  static forward(sourceCode: LazySourceCode, method: string, args: readonly unknown[]): unknown {
    const code = sourceCode.#tree.code();
    const target = code[method];
    return typeof target === "function" ? Reflect.apply(target, code, args) : undefined;
  }

  #readComments(): Comment[] {
    if (!this.#tree.wasRead)
      return directiveComments(this.text, commentsOf(this.text), (offset) => this.getLocFromIndex(offset));
    const reading = this.#tree.reading();
    return directiveComments(this.text, reading.comments(), (offset) => reading.positionOf(offset));
  }
}

/** The methods of yml/yaml's source code that need the tree, and so build it. */
const FORWARDED = [
  "commentsExistBetween",
  "getAllComments",
  "getCommentsAfter",
  "getCommentsBefore",
  "getCommentsInside",
  "getFirstToken",
  "getFirstTokenBetween",
  "getFirstTokens",
  "getFirstTokensBetween",
  "getLastToken",
  "getLastTokenBetween",
  "getLastTokens",
  "getLastTokensBetween",
  "getNodeByRangeIndex",
  "getTokenAfter",
  "getTokenBefore",
  "getTokens",
  "getTokensAfter",
  "getTokensBefore",
  "getTokensBetween",
  "isSpaceBetween",
  "isSpaceBetweenTokens",
] as const;

for (const method of FORWARDED) {
  Object.defineProperty(LazySourceCode.prototype, method, {
    configurable: true,
    writable: true,
    value(this: LazySourceCode, ...args: unknown[]): unknown {
      return LazySourceCode.forward(this, method, args);
    },
  });
}
