// What is told of a YAML text, node by node.
import type { CollectionStyle } from "js-yaml";

/** Is told of one node after the other, in the order of the text. All offsets are offsets in it. */
export interface NodeListener {
  /**
   * A line begins at which a parser may go on by itself: one that begins a document, or an entry of its
   * outermost collection that is not the first. All before it was told.
   */
  restart(start: number, isInDocument: boolean): void;
  /** A document begins, with `---` or without. Of a text without a node, no document is told. */
  document(isMarked: boolean): void;
  /** A collection begins. */
  collection(start: number, isMapping: boolean, style: CollectionStyle): void;
  /** The innermost collection or document ends. */
  pop(): void;
  /** A node without content. */
  empty(): void;
  /** A plain scalar; `isLong`: of more than one line. */
  plain(start: number, end: number, isLong: boolean): void;
  /** What stands between quotes: double ones, or single ones. */
  quoted(start: number, end: number, isDouble: boolean): void;
  /** A block scalar: its lines, the indicators of its header, and the column of its content, or -1. */
  block(start: number, end: number, indicators: string, indent: number): void;
}
