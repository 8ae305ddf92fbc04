// Reads YAML and JSON in a string by themselves: their offsets count from the beginning of that text.
import { EVENT_ID, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { parseEvents } from "../yaml/events.js";
import { read } from "../yaml/read.js";
import type { Range, Reading, Tree } from "../yaml/reading.js";
import { actionsWithin } from "./actions.js";
import type { ImageField, Part, Slot } from "./field.js";
import { isMapping, isSequence } from "../yaml/node.js";

/** A part of a string that is a document of its own. */
export interface Embedded {
  /** Of this part alone. */
  readonly reading: Reading;
  readonly trees: readonly Tree[];
  /** Where it begins in the file. */
  readonly start: number;
  /** Whether an edit in it is an edit of the file: in a literal block, whose lines stay as they are. */
  readonly writable: boolean;
}

/**
 * Reads what a string holds, where it is a mapping or a sequence.
 *
 * A literal block keeps its lines and their indentation, and JSON without escapes its characters. Other
 * folded and escaped texts are not read, for their offsets are not the file's. Each string is read alone, so
 * that a file with thousands of them costs no more than its own length.
 *
 * @param reading the file
 * @param tree the tree that holds the string
 * @param index the index of its event
 * @param mayHold whether a text may hold an image
 * @returns its documents; none where it is plain text
 */
export function embeddedIn(
  reading: Reading,
  tree: Tree,
  index: number,
  mayHold: (text: string) => boolean,
): readonly Embedded[] {
  const event = tree.events[index];
  if (event?.type !== EVENT_ID.SCALAR || event.valueEnd - event.valueStart < 8) return [];
  const content = tree.source.slice(event.valueStart, event.valueEnd);
  if (event.style === SCALAR_STYLE.LITERAL_BLOCK) {
    if (!mayHold(content)) return [];
    return documents(content, Math.max(event.indent, 0)).flatMap(([from, to]) => {
      const text = content.slice(from, to);
      return mayHold(text) ? document(reading, text, event.valueStart + from, true) : [];
    });
  }
  return isVerbatim(event, content) && mayHold(content)
    ? document(reading, content, event.valueStart, false)
    : [];
}

/** A flow collection whose characters are those of the file: line breaks mean nothing in it. */
function isVerbatim(event: ScalarEvent, content: string): boolean {
  if (!/^\s*[{[]/.test(content)) return false;
  if (event.style === SCALAR_STYLE.SINGLE_QUOTED) return !content.includes("'");
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) return !content.includes("\\");
  if (event.style === SCALAR_STYLE.FOLDED_BLOCK) return true;
  return event.style === SCALAR_STYLE.PLAIN && !content.includes("\n");
}

/** Marks between documents stand at the block's own indentation, where they would be text to a parser. */
function documents(content: string, indent: number): readonly Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const match of content.matchAll(new RegExp(`^ {${String(indent)}}---(?=\\s|$)`, "gm"))) {
    found.push([from, match.index]);
    from = match.index + match[0].length;
  }
  return [...found, [from, content.length]];
}

function document(file: Reading, content: string, start: number, writable: boolean): readonly Embedded[] {
  const result = parseEvents(content);
  if (result.ok) {
    const root = result.events[1];
    const reading = partOf(file, content, start);
    // YAML reads an action at the beginning as a mapping. If the file is no template, the string is one.
    if (!file.template && isMapping(root) && content.trimStart().startsWith("{{"))
      return template(content, start, writable);
    return isMapping(root) || isSequence(root)
      ? [
          {
            reading,
            trees: [{ source: content, events: result.events, after: result.after, path: [] }],
            start,
            writable,
          },
        ]
      : [];
  }
  return file.template || !content.includes("{{") ? [] : template(content, start, writable);
}

/** A template that a string holds (istio's injection, Argo's manifests) in a file that is no template. */
function template(content: string, start: number, writable: boolean): readonly Embedded[] {
  const reading = read(content);
  return reading.template && reading.trees.length > 0
    ? [{ reading, trees: reading.trees, start, writable }]
    : [];
}

/** The file's own reading, as it is known of a part of it. */
function partOf(file: Reading, content: string, start: number): Reading {
  const end = start + content.length;
  const actions = file.template
    ? actionsWithin(file, [start, end]).map((action) => ({
        ...action,
        start: action.start - start,
        end: action.end - start,
      }))
    : [];
  return {
    ...file,
    text: file.template ? file.text.slice(start, end) : content,
    actions,
    armsAt: (offset) => file.armsAt(offset + start),
    positionOf: (offset) => file.positionOf(offset + start),
  };
}

/**
 * A field of an embedded document, with the file's own offsets.
 *
 * @param field as found in the document alone
 * @param by where the document begins in the file
 */
export function shifted(field: ImageField, by: number): ImageField {
  const range = ([start, end]: Range): Range => [start + by, end + by];
  const parts = Object.fromEntries(
    Object.entries(field.parts).map(([name, part]: [string, Part]) => [
      name,
      { ...part, range: range(part.range), valueRange: range(part.valueRange) },
    ]),
  );
  const slot = ((): Slot => {
    if (field.slot.kind === "key") return { ...field.slot, range: range(field.slot.range) };
    return field.slot.kind === "new-key" ? { ...field.slot, offset: field.slot.offset + by } : field.slot;
  })();
  return {
    ...field,
    parts,
    slot,
    at: range(field.at),
    ...(field.also ? { also: field.also.map((each) => ({ ...each, range: range(each.range) })) } : {}),
  };
}
