// Finds the chains of a template (`if … else … end`) and their arms, of which one is printed.
import type { Action } from "./action.js";

/** One way a chain can go: the text between two of its actions. */
export interface Arm {
  /** The chain's number in the file, from 0. Of two arms with the same number only one is printed. */
  readonly chain: number;
  /** Which arm of the chain, from 0. */
  readonly index: number;
  /** After the action that opens the arm. */
  readonly start: number;
  /** Where the action that closes the arm begins, or the text's end if there is none. */
  readonly end: number;
  /** The keyword of the chain: `if`, `with`, `range`, `block`, `define`. */
  readonly keyword: string;
}

/** Chains that are nested deeper get no arms of their own, so that lookups stay fast. */
const DEEPEST = 100;

/**
 * Finds the arms of a template. An `else` or `end` without a chain is ignored; a chain without `end` reaches
 * to the text's end.
 *
 * @param actions as `scan` returns them
 * @param textLength where unclosed arms end, in UTF-16 units
 * @returns all arms, sorted by their start; in linear time
 */
export function arms(actions: readonly Action[], textLength: number): readonly Arm[] {
  const found: { chain: number; index: number; start: number; end: number; keyword: string }[] = [];
  /** For each open chain the place of its open arm in `found`; -1 where it is too deep to have one. */
  const open: number[] = [];
  let chains = 0;
  for (const action of actions) {
    if (action.kind === "open") {
      if (open.length >= DEEPEST) {
        open.push(-1);
        continue;
      }
      open.push(found.length);
      found.push({ chain: chains++, index: 0, start: action.end, end: textLength, keyword: action.keyword });
    } else if (action.kind === "else" || action.kind === "end") {
      const place = open.pop();
      const arm = place === undefined ? undefined : found[place];
      if (arm) arm.end = action.start;
      if (action.kind === "end" || place === undefined) continue;
      open.push(arm ? found.length : -1);
      if (arm)
        found.push({
          chain: arm.chain,
          index: arm.index + 1,
          start: action.end,
          end: textLength,
          keyword: arm.keyword,
        });
    }
  }
  return found;
}

/**
 * Prepares to look up the arms around an offset.
 *
 * @param all as `arms` returns them
 * @returns a function from an offset to the arms around it, outermost first. It takes logarithmic time, and
 *   returns the same array for all offsets with the same innermost arm
 */
export function armFinder(all: readonly Arm[]): (offset: number) => readonly Arm[] {
  const parents = new Int32Array(all.length);
  const stack: number[] = [];
  for (const [index, arm] of all.entries()) {
    let top = stack.at(-1);
    while (top !== undefined && (all[top]?.end ?? 0) <= arm.start) {
      stack.pop();
      top = stack.at(-1);
    }
    parents[index] = top ?? -1;
    stack.push(index);
  }
  const none: readonly Arm[] = [];
  const known = new Map<number, readonly Arm[]>();
  return (offset) => {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((all[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    let inner = low - 1;
    while (inner >= 0 && (all[inner]?.end ?? 0) <= offset) inner = parents[inner] ?? -1;
    if (inner < 0) return none;
    const before = known.get(inner);
    if (before) return before;
    const around: Arm[] = [];
    for (let at = inner; at >= 0; at = parents[at] ?? -1) {
      const arm = all[at];
      if (arm) around.push(arm);
    }
    around.reverse();
    known.set(inner, around);
    return around;
  };
}
