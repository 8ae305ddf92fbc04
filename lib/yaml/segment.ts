// The parts that a template is cut into while it is repaired, and how a part is cut out.
import type { Action } from "../helm/action.js";
import type { Arm } from "../helm/blocks.js";
import { pathAbove } from "./outline.js";
import { alone, documentAround, isEmpty } from "./stretch.js";

/** A part that is parsed alone: its source is as long as the file, and blank outside `[start, end)`. */
export interface Segment {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
}

export interface Repair {
  readonly source: string;
  /** The parts that the repair cut out of the source, to be read alone. */
  readonly islands: readonly Segment[];
  /**
   * Set where the repair may be one of several steps: it is kept also if the next error is at the same place.
   */
  readonly step?: true;
}

export interface Template {
  readonly text: string;
  readonly masked: string;
  readonly actions: readonly Action[];
  readonly arms: readonly Arm[];
}

/**
 * Cuts a stretch out of a source, to be read alone. Most repairs are not used, so its source and its path,
 * for which all text before it is read, are made when they are asked for.
 */
export function island({ masked }: Template, source: string, start: number, end: number): Segment {
  let path: readonly string[] | undefined;
  return {
    start,
    end,
    get source() {
      return alone(source, start, end);
    },
    get path() {
      return (path ??= pathTo(masked, firstContent(source, start, end)));
    },
  };
}

function pathTo(masked: string, node: number): readonly string[] {
  const [document] = documentAround(masked, node);
  return pathAbove(masked, document, node);
}

/** The offset of the first character of a stretch that is not white space, or the stretch's end. */
export function firstContent(source: string, start: number, end: number): number {
  let at = start;
  while (at < end && isEmpty(source, at, at + 1)) at++;
  return at;
}

/** The offset of the last character before an offset that is not white space, or -1. */
export function lastContent(source: string, offset: number): number {
  let at = offset - 1;
  while (at >= 0 && isEmpty(source, at, at + 1)) at--;
  return at;
}

/** The index of the last item that begins at or before an offset, or -1. */
export function lastAtOrBefore(sorted: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
