// Keeps apart what actions of a template print, and puts the actions back into the texts that YAML reads.
import type { Action } from "../../helm/action.js";
import { charactersOf, textOf } from "../../helm/characters.js";
import type { Range, Reading, Tree } from "../../yaml/reading.js";

/** What a template prints is masked as `_`; here each action gets a character of its own instead. */
const FILLER = 0x5f;
const FIRST_MARK = 0xe000;
const MARKS = 6_400;
const MARK_RUN = /([\ue000-\uf8ff])\1*/g;

/** A tree whose text has a mark in place of each action that prints text: offsets stay. */
export function marked(tree: Tree, actions: readonly Action[]): Tree {
  if (actions.length === 0) return tree;
  const characters = charactersOf(tree.source);
  for (const [number, { start, end }] of actions.entries())
    for (let offset = start; offset < end; offset++)
      if (characters[offset] === FILLER) characters[offset] = FIRST_MARK + (number % MARKS);
  return { ...tree, source: textOf(characters) };
}

/**
 * Puts the actions of a template back into a text of it.
 *
 * @param value the text, as YAML reads it from a marked tree
 * @param range where it stands in the file
 * @param reading the file's
 */
export function unmarked(value: string, [start, end]: Range, { text, actions }: Reading): string {
  if (actions.length === 0) return value;
  let next = firstEndingAfter(actions, start);
  return value.replaceAll(MARK_RUN, (run) => {
    const number = run.charCodeAt(0) - FIRST_MARK;
    while (next < actions.length && (actions[next]?.start ?? end) < end && next % MARKS !== number) next++;
    const action = actions[next];
    if (!action || action.start >= end) return run;
    next++;
    return text.slice(action.start, action.end);
  });
}

function firstEndingAfter(actions: readonly Action[], offset: number): number {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((actions[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
