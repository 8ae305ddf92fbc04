// What ESLint and other plugins' rules see of a YAML file: the nodes of yaml-eslint-parser, as far as this room touches them.
import type { Position, Range } from "../yaml/reading.js";

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

/** A node, token or comment. */
export interface SyntaxNode {
  readonly type: string;
  readonly range: Range;
  readonly loc: Location;
}

export interface Comment extends SyntaxNode {
  readonly type: "Block";
  /** What stands behind `#`. */
  readonly value: string;
}

/** The root. It spans the whole text; what it holds is known only once the tree is built. */
export interface Program extends SyntaxNode {
  readonly type: "Program";
  readonly body: readonly SyntaxNode[];
  readonly comments: readonly Comment[];
  readonly tokens: readonly SyntaxNode[];
  readonly sourceType: "module";
  readonly parent: null;
}

/**
 * The children of each node type, in order: what selectors walk. The same as yaml-eslint-parser's, which is not loaded for it.
 *
 * @see yaml-eslint-parser, `VisitorKeys`
 */
export const VISITOR_KEYS: Record<string, string[]> = {
  Program: ["body"],
  YAMLAlias: [],
  YAMLAnchor: [],
  YAMLDirective: [],
  YAMLDocument: ["directives", "content"],
  YAMLMapping: ["pairs"],
  YAMLPair: ["key", "value"],
  YAMLScalar: [],
  YAMLSequence: ["entries"],
  YAMLTag: [],
  YAMLWithMeta: ["anchor", "tag", "value"],
};

/**
 * Every property that a node below the program can have. A selector written for JavaScript (`ForStatement > .test`) looks for
 * others, which no tree needs to be built for.
 *
 * @see yaml-eslint-parser, its `AST` types
 */
export const NODE_PROPERTIES: ReadonlySet<PropertyKey> = new Set([
  "anchor",
  "anchors",
  "chomping",
  "content",
  "directives",
  "entries",
  "handle",
  "indent",
  "key",
  "kind",
  "loc",
  "name",
  "pairs",
  "parent",
  "prefix",
  "range",
  "raw",
  "strValue",
  "style",
  "tag",
  "type",
  "value",
  "version",
]);
