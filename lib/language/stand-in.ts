// A node in the place of one that could not be parsed: for a rule that already listens, where the tree then cannot be built.
import type { Location, Program, SyntaxNode } from "./syntax.js";
import type { Range } from "../yaml/reading.js";

/** What a rule may read without looking first; everything that holds children holds none. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  YAMLAlias: { name: "" },
  YAMLAnchor: { name: "" },
  YAMLDirective: { kind: null, value: "" },
  YAMLDocument: { directives: [], content: null, anchors: {}, version: "1.2" },
  YAMLMapping: { style: "block", pairs: [] },
  YAMLPair: { key: null, value: null },
  YAMLScalar: { style: "plain", value: null, strValue: "", raw: "" },
  YAMLSequence: { style: "block", entries: [] },
  YAMLTag: { tag: "", raw: "" },
  YAMLWithMeta: { anchor: null, tag: null, value: null },
};

/**
 * Makes a node of a type, at the place where such a node stands in the text.
 *
 * @param type one of yaml-eslint-parser's node types
 * @param parent the root: what lies between is not known
 */
export function standIn(type: string, range: Range, loc: Location, parent: Program): SyntaxNode {
  return { type, range, loc, parent, ...(Object.hasOwn(FIELDS, type) ? FIELDS[type] : {}) } as SyntaxNode;
}
