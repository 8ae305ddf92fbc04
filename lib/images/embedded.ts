// YAML and JSON inside a YAML string, read where they stand: every offset stays the file's own.
import { EVENT_ID, SCALAR_STYLE } from "js-yaml";
import { parseEvents } from "../yaml/events.js";
import type { Reading, Tree } from "../yaml/reading.js";
import { isMapping, isSequence } from "./node.js";
import { holdsVocabulary } from "./vocabulary.js";

/** A stretch of a file that is a document of its own. */
export interface Embedded {
  readonly tree: Tree;
  /** Whether an edit in it is an edit of the file: in a literal block, where lines are lines. */
  readonly writable: boolean;
}

/**
 * Reads what a string holds, where it is a mapping or a sequence.
 *
 * A literal block keeps its lines and their indentation, and a quoted text without escapes its characters: blanked all
 * around, they are read in their place. Folded and escaped texts are not read, for their offsets are not the file's.
 *
 * @param reading the file
 * @param tree the tree that holds the string
 * @param index the index of its event
 * @returns its documents; none where it is plain text
 */
export function embeddedIn(reading: Reading, tree: Tree, index: number): readonly Embedded[] {
  const event = tree.events[index];
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0 || event.valueEnd - event.valueStart < 8) return [];
  const content = tree.source.slice(event.valueStart, event.valueEnd);
  if (!holdsVocabulary(content)) return [];
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK) return documents(tree.source, event.valueStart, content, Math.max(event.indent, 0));
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  const escaped = event.style === SCALAR_STYLE.SINGLE_QUOTED ? content.includes("'") : content.includes("\\");
  if (!(quoted || event.style === SCALAR_STYLE.PLAIN) || escaped || content.includes("\n") || !/^\s*[{[]/.test(content)) return [];
  return document(tree.source, event.valueStart, content, false);
}

/** Marks between documents stand at the block's own indentation, where they would be text to a parser. */
function documents(source: string, start: number, content: string, indent: number): readonly Embedded[] {
  const mark = new RegExp(`^ {${String(indent)}}---(?=\\s|$)`, "gm");
  const found: Embedded[] = [];
  let from = 0;
  for (const match of content.matchAll(mark)) {
    found.push(...document(source, start + from, content.slice(from, match.index), true));
    from = match.index + match[0].length;
  }
  found.push(...document(source, start + from, content.slice(from), true));
  return found;
}

function document(source: string, start: number, content: string, writable: boolean): readonly Embedded[] {
  if (!holdsVocabulary(content)) return [];
  const blanked = blank(source.slice(0, start)) + content + blank(source.slice(start + content.length));
  const result = parseEvents(blanked);
  if (!result.ok) return [];
  const root = result.events[1];
  if (!isMapping(root) && !isSequence(root)) return [];
  return [{ tree: { source: blanked, events: result.events, after: result.after, path: [] }, writable }];
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
