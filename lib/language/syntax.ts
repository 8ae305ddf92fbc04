// The node types of yaml-eslint-parser as data, so that the parser is loaded only for those who want its
// tree.

/**
 * The children of each node type, in the order in which they are walked.
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
 * What a node of each type has beside its type, range, location and parent, where it holds nothing.
 *
 * @see yaml-eslint-parser, `AST`
 */
export const EMPTY_NODES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  YAMLAlias: { name: "" },
  YAMLAnchor: { name: "" },
  YAMLDirective: { kind: null, value: "", version: undefined, handle: undefined, prefix: undefined },
  YAMLDocument: { directives: [], content: null, anchors: {}, version: "1.2" },
  YAMLMapping: { style: "block", pairs: [] },
  YAMLPair: { key: null, value: null },
  YAMLScalar: { style: "plain", value: null, strValue: "", raw: "", chomping: undefined, indent: undefined },
  YAMLSequence: { style: "block", entries: [] },
  YAMLTag: { tag: "", raw: "" },
  YAMLWithMeta: { anchor: null, tag: null, value: null },
};

/** Every property in which two nodes of one type can differ. */
export const NODE_PROPERTIES: ReadonlySet<string> = new Set([
  "range",
  "loc",
  "parent",
  ...Object.values(EMPTY_NODES).flatMap((properties) => Object.keys(properties)),
]);
