// What is told of a YAML text, node by node.
import type { CollectionStyle } from "js-yaml";

/** Is told of one node after the other, in the order of the text. All offsets are offsets in it. */
export interface NodeListener {
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
  /** A plain scalar on one line, or one in quotes, with them. */
  scalar(start: number, end: number): void;
  /** A block scalar: its lines, the indicators of its header, and the column of its content, or -1. */
  block(start: number, end: number, indicators: string, indent: number): void;
}
