// What template actions do to a field: stand in it, or among the keys of its mapping.
import { EVENT_ID, type Event } from "js-yaml";
import { partAt } from "../yaml/node.js";
import type { Range, Reading, Tree } from "../yaml/reading.js";
import type { WrittenScalar } from "../yaml/scalar.js";

type Action = Reading["actions"][number];

/** How many actions end at or before an offset. */
function actionsBefore(actions: readonly Action[], offset: number): number {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((actions[middle]?.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Finds the actions that overlap a stretch of the text.
 *
 * @param reading the file
 * @param range a stretch of it
 * @returns the actions in the order of the text
 */
export function actionsWithin({ actions }: Reading, [start, end]: Range): readonly Action[] {
  const from = actionsBefore(actions, start);
  let to = from;
  while ((actions[to]?.start ?? Infinity) < end) to++;
  return actions.slice(from, to);
}

/**
 * Whether an action overlaps a stretch of the text.
 *
 * @param reading the file
 * @param range a stretch of it; an empty one is overlapped by an action that it stands in
 */
export function touchesAction(reading: Reading, [start, end]: Range): boolean {
  const action = reading.actions[actionsBefore(reading.actions, start)];
  return action !== undefined && action.start < Math.max(end, start + 1);
}

/**
 * A scalar as the user wrote it: where an action stands in it, the tree's own text is a mask.
 *
 * @param reading the file
 * @param tree the tree that holds the scalar
 * @param index of its event
 * @returns the part; `undefined` for a null, an empty text, or a node of another kind
 */
export function partAsWritten(reading: Reading, tree: Tree, index: number): WrittenScalar | undefined {
  const part = partAt(tree, index);
  return part && touchesAction(reading, part.range)
    ? { ...part, value: reading.text.slice(...part.valueRange).trim() }
    : part;
}

/**
 * The text of a scalar that no action stands in.
 *
 * @param reading the file
 * @param tree the tree that holds the scalar
 * @param index of its event
 * @returns `undefined` where an action stands in it, or where nothing is written
 */
export function textWithoutAction(reading: Reading, tree: Tree, index: number): string | undefined {
  const part = partAt(tree, index);
  return part && !touchesAction(reading, part.range) ? part.value : undefined;
}

/**
 * Whether an action may add keys to a mapping that the file does not show: an output action, alone on its
 * line, at the level of the mapping's keys. Its level is the argument of `nindent` or `indent`, else its own
 * column in the file.
 *
 * @param reading the file
 * @param tree the tree that holds the mapping
 * @param mapping the index of its event
 */
export function outputAmongKeys(reading: Reading, tree: Tree, mapping: number): boolean {
  const { actions, text } = reading;
  const event = tree.events[mapping];
  if (actions.length === 0 || event?.type !== EVENT_ID.MAPPING) return false;
  const level = reading.positionOf(event.start).column;
  const end = endOf(tree, mapping, text.length);
  for (let index = actionsBefore(actions, beginsAt(text, event.start)); index < actions.length; index++) {
    const action = actions[index];
    if (!action || action.start >= end) return false;
    if (action.kind !== "output" || !standsAlone(text, action)) continue;
    const written = /\bn?indent\s+(\d+)/.exec(text.slice(action.start, action.end))?.[1];
    if ((written === undefined ? reading.positionOf(action.start).column : Number(written)) === level)
      return true;
  }
  return false;
}

function endOf(tree: Tree, mapping: number, fallback: number): number {
  const { events, after } = tree;
  for (let index = after[mapping] ?? events.length; index < events.length; index++) {
    const offset = startOf(events[index]);
    if (offset >= 0) return offset;
  }
  return fallback;
}

function startOf(event: Event | undefined): number {
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return -1;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
}

/**
 * Where the actions of a mapping begin: one on a line of its own before the first key belongs to the mapping,
 * one on the line of that key does not.
 */
function beginsAt(text: string, start: number): number {
  let line = start;
  while (isBlank(text[line - 1]) || text[line - 1] === "-" || text[line - 1] === "?") line--;
  return line === 0 || text[line - 1] === "\n" ? line - 1 : start;
}

/** Looks only at the blanks around an action, because a line may hold thousands of actions. */
function standsAlone(text: string, { start, end }: Action): boolean {
  let before = start - 1;
  while (isBlank(text[before])) before--;
  let behind = end;
  while (isBlank(text[behind])) behind++;
  return (before < 0 || text[before] === "\n") && (behind >= text.length || text[behind] === "\n");
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\r";
}
