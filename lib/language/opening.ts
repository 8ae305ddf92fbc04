// What a text's tree surely begins with, told from its first line alone: the nodes that a walk enters and leaves first.
import type { Range } from "../yaml/reading.js";

/** A node is entered (1) or left (2). */
export type Phase = 1 | 2;

export interface OpeningStep {
  readonly type: string;
  readonly phase: Phase;
  /** The index of the step that enters the node. */
  readonly entered: number;
  /** Where the node stands, as far as its first line tells. */
  readonly range: Range;
}

/** A longer line tells nothing; it need not be looked at. */
const MAX_LINE = 512;
const BLANK_OR_COMMENT = /^[ \t]*(?:#.*)?\r?$/;
/** An item's dash, a plain key, and its value where that is one plain word: each as far as it is there. */
const FIRST_LINE = /^(-[ \t]+(?=\S))?(?:([A-Za-z_][\w./-]*):(?:[ \t]+([A-Za-z][\w./-]*)?|(?=\r?$)))?/;
const LINE_END = /^[ \t]*\r?$/;

/**
 * The first steps of the walk through a text's tree, below `Program`, in the order in which yaml-eslint-parser's tree has them.
 * A tree always holds a document; what that begins with is known where the first line is `key:`, `- key:` or an item.
 *
 * @param text the whole text
 * @returns at least the document's entry; every step is certain, provided that the text parses at all
 */
export function openingSteps(text: string): readonly OpeningStep[] {
  const steps: OpeningStep[] = [];
  const enter = (type: string, range: Range): number =>
    steps.push({ type, phase: 1, entered: steps.length, range }) - 1;
  const leave = (entered: number): void => {
    const step = steps[entered];
    if (step) steps.push({ ...step, phase: 2 });
  };
  enter("YAMLDocument", [0, text.length]);
  const first = firstLine(text);
  const [, dash = "", key, value] = FIRST_LINE.exec(first.line) ?? [];
  const lineEnd = first.start + first.line.trimEnd().length;
  if (dash !== "") enter("YAMLSequence", [first.start, lineEnd]);
  if (key === undefined) return steps;
  const keyStart = first.start + dash.length;
  const keyRange: Range = [keyStart, keyStart + key.length];
  enter("YAMLMapping", [keyStart, lineEnd]);
  const pair = enter("YAMLPair", [keyStart, lineEnd]);
  leave(enter("YAMLScalar", keyRange));
  if (value === undefined) return steps;
  const valueEnd = first.line.indexOf(value, dash.length + key.length + 1) + value.length;
  if (!LINE_END.test(first.line.slice(valueEnd))) return steps;
  leave(enter("YAMLScalar", [first.start + valueEnd - value.length, first.start + valueEnd]));
  leave(pair);
  return steps;
}

/** The first line that is neither blank nor a comment nor the first `---`; empty where that is too long to tell anything. */
function firstLine(text: string): { readonly line: string; readonly start: number } {
  let marker = false;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, Math.min(end, start + MAX_LINE));
    const isMarker: boolean = !marker && /^---[ \t]*\r?$/.test(line);
    marker ||= isMarker;
    const skipped = isMarker || BLANK_OR_COMMENT.test(line) || /^[ \t]*#/.test(line);
    if (!skipped) return { line: end - start > MAX_LINE ? "" : line, start };
    start = end + 1;
  }
  return { line: "", start: text.length };
}
