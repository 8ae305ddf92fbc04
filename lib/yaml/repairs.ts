// What can be done about an error in a masked template, by where and why the parser stopped.
import { SCALAR_STYLE } from "js-yaml";
import type { Event } from "js-yaml";
import type { Action } from "../helm/action.js";
import type { Arm } from "../helm/blocks.js";
import type { Problem } from "./events.js";
import { pathAbove } from "./outline.js";
import { isScalar } from "./scalar.js";
import {
  alone,
  blank,
  contentBefore,
  documentAround,
  isEmpty,
  joinBefore,
  lineEnd,
  lineStart,
  spaces,
} from "./stretch.js";

/** A stretch that is parsed alone: `source` is as long as the file, and blank outside `[start, end)`. */
export interface Segment {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
}

export interface Repair {
  readonly source: string;
  /** What the repair took out of the source, to be read alone. */
  readonly islands: readonly Segment[];
  /** Set where it may be one of several steps: it is kept where the next error stands no further on. */
  readonly step?: true;
}

export interface Template {
  readonly text: string;
  readonly masked: string;
  readonly actions: readonly Action[];
  readonly arms: readonly Arm[];
}

/** How many lines before an error a text that trim markers join, or chains of one line, are looked for. */
const LINES_BEFORE = 8;
/** An entry or item of a block collection: no text that trim markers join to the line before. */
const STRUCTURE = /^-(?:[ \t]|$)|:(?:[ \t]|$)/;
const TRIMMED_BEFORE = /[ \t\r\n]-\}\}\s*$/;
/** How much of the text before a line is looked at for a trim marker. */
const TRIM_LENGTH = 200;

/**
 * A repair that the error's reason itself asks for.
 *
 * - join: a flow collection or quoted scalar goes on too far left; its line moves behind the one before it
 * - split: documents without `---` between them, as a `range` over documents makes them; the rest is read
 *   alone
 */
export function certainRepair(
  template: Template,
  source: string,
  segment: Segment,
  problem: Problem,
): Repair | undefined {
  if (problem.message === "deficient indentation") {
    const joined = joinBefore(source, problem.offset);
    return joined === undefined ? undefined : { source: joined, islands: [] };
  }
  if (!problem.message.startsWith("end of the stream")) return undefined;
  const start = lineStart(source, problem.offset);
  if (start <= segment.start || !isEmpty(source, start, problem.offset)) return undefined;
  return {
    source: blank(source, start, segment.end),
    islands: [island(template, source, start, segment.end)],
  };
}

/**
 * Repairs that may help, in the order of how little they change; which one does is for the parser to say.
 *
 * @param template what is read
 * @param source the text that the parser refused
 * @param segment the part of it that is not blank
 * @param problem where and why
 */
export function possibleRepairs(
  template: Template,
  source: string,
  segment: Segment,
  problem: Problem,
): readonly Repair[] {
  const found = [
    spaced(template, source, problem.offset),
    spaced(template, source, lastContent(source, lineStart(source, problem.offset))),
    glued(template, source, segment, problem.offset),
    ...linesOfChains(template, source, segment, problem.offset),
    ...suspects(template, source, segment, problem.offset).map((arm) => ({
      source: blank(source, arm.start, arm.end),
      islands: [island(template, source, arm.start, arm.end)],
    })),
  ];
  return found.filter((repair) => repair !== undefined);
}

/**
 * A plain scalar that has swallowed an arm: `image: a` in one arm, a deeper `{}` in the next, and YAML takes
 * both for one text of two lines. The arm is taken out and read alone.
 *
 * @param events what was read from the source, without an error
 */
export function swallowedArm(
  template: Template,
  source: string,
  events: readonly Event[],
): Repair | undefined {
  const { actions, arms, text } = template;
  let next = 0;
  for (const event of events) {
    if (!isScalar(event) || event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) continue;
    while (next < actions.length && (actions[next]?.start ?? 0) < event.valueStart) next++;
    for (; next < actions.length && (actions[next]?.start ?? 0) < event.valueEnd; next++) {
      const action = actions[next];
      if (action?.kind !== "open" && action?.kind !== "else") continue;
      // On the scalar's own first line the arm is a part of the value.
      if (lineStart(text, action.start) <= event.valueStart) continue;
      const place = lastAtOrBefore(arms, action.end);
      const arm = arms[place];
      if (arm?.start !== action.end || isInline(template, place) || isEmpty(source, arm.start, arm.end))
        continue;
      return {
        source: blank(source, arm.start, arm.end),
        islands: [island(template, source, arm.start, arm.end)],
      };
    }
  }
  return undefined;
}

/**
 * An action where no text may stand (`"a" {{ … }}`), or whose value goes on below, prints nothing that YAML
 * can see.
 */
function spaced(template: Template, source: string, offset: number): Repair | undefined {
  if (source[offset] !== "_") return undefined;
  let result: string | undefined;
  let at = offset;
  for (
    let action = actionAt(template.actions, at);
    action && source[at] === "_";
    action = actionAt(template.actions, at)
  ) {
    result = spaces(result ?? source, action.start, Math.min(action.end, lineEnd(source, at)));
    at = lastContent(source, action.start);
  }
  return result === undefined ? undefined : { source: result, islands: [] };
}

/** Lines that trim markers (`-}}` before them, `{{-` at their start) join to the line before. */
function glued(template: Template, source: string, segment: Segment, offset: number): Repair | undefined {
  let result = source;
  let line = lineStart(source, offset);
  for (let count = 0; count < LINES_BEFORE && line > segment.start; count++) {
    const end = lineEnd(source, line);
    let text = line;
    while (text < end && isEmpty(source, text, text + 1)) text++;
    if (text < end) {
      const trimmed =
        template.text.startsWith("{{-", text) ||
        TRIMMED_BEFORE.test(template.text.slice(Math.max(0, text - TRIM_LENGTH), text));
      if (trimmed && !STRUCTURE.test(source.slice(text, end))) result = joinBefore(result, text) ?? result;
      else if (result !== source) break;
    } else count--;
    line = lineStart(source, line - 1);
  }
  return result === source ? undefined : { source: result, islands: [], step: true };
}

interface Chain {
  readonly start: number;
  readonly end: number;
  readonly arms: readonly Arm[];
}

/**
 * Chains of one line that choose a key or an item (`{{ if … }} stringData: {{ else }} data: {{ end }}`): with
 * the first arm alone, its column that of the chain or its own, or without any.
 */
function linesOfChains(
  template: Template,
  source: string,
  segment: Segment,
  offset: number,
): readonly Repair[] {
  const chains = chainsBefore(template, source, segment, offset);
  if (chains.length === 0) return [];
  let keyed = source;
  let indented = source;
  let without = source;
  for (const { start, end, arms } of chains) {
    const first = arms[0];
    if (!first) continue;
    keyed = spaces(keyed, first.end, end);
    indented = spaces(spaces(indented, start, first.start), first.end, end);
    without = spaces(without, start, end);
  }
  const islands = (from: number): readonly Segment[] =>
    chains
      .flatMap((chain) => chain.arms.slice(from))
      .flatMap((arm) =>
        isEmpty(source, arm.start, arm.end) ? [] : [island(template, source, arm.start, arm.end)],
      );
  const alternatives = [
    { source: keyed, islands: islands(1) },
    { source: indented, islands: islands(1) },
    { source: without, islands: islands(0) },
  ];
  // Several items at columns of their own would nest, or be one text of several lines.
  return chains.length === 1 ? alternatives : alternatives.slice(2);
}

/** The chains that begin a line and end on it, on the error's line and those right before it. */
function chainsBefore(
  template: Template,
  source: string,
  segment: Segment,
  offset: number,
): readonly Chain[] {
  const found: Chain[] = [];
  let line = lineStart(source, offset);
  for (let count = 0; count < LINES_BEFORE && line >= segment.start; count++) {
    const end = lineEnd(source, line);
    const text = firstContent(source, line, end);
    if (text < end) {
      const chain = chainAt(template, text, end);
      if (chain) found.push(chain);
      else if (found.length > 0 || count > 0) break;
    }
    if (line === 0) break;
    line = lineStart(source, line - 1);
  }
  return found;
}

function chainAt({ actions, arms }: Template, start: number, end: number): Chain | undefined {
  const index = lastAtOrBefore(actions, start);
  const open = actions[index];
  if (open?.start !== start || open.kind !== "open") return undefined;
  const first = lastAtOrBefore(arms, open.end);
  if (arms[first]?.start !== open.end) return undefined;
  const { chain } = arms[first];
  const own: Arm[] = [];
  for (let at = first; at < arms.length && (arms[at]?.start ?? end) < end; at++) {
    const arm = arms[at];
    if (arm?.chain === chain) own.push(arm);
  }
  const close = actions[lastAtOrBefore(actions, own.at(-1)?.end ?? 0)];
  return close?.kind === "end" && close.end <= end ? { start, end: close.end, arms: own } : undefined;
}

/**
 * The arms that may be to blame for an error: around it and just before it, inside the segment and smaller
 * than it.
 */
function suspects(template: Template, source: string, segment: Segment, offset: number): readonly Arm[] {
  const content = contentBefore(source);
  const held = (start: number, end: number): number => (content[end] ?? 0) - (content[start] ?? 0);
  const all = held(segment.start, segment.end);
  let around: Arm | undefined;
  let before: Arm | undefined;
  for (const arm of template.arms) {
    if (arm.start > offset) break;
    if (arm.start < segment.start || arm.end > segment.end) continue;
    const here = held(arm.start, arm.end);
    if (here === 0 || here === all) continue;
    if (arm.end > offset) around = arm;
    else if (!before || arm.start >= before.end || arm.end >= before.end) before = arm;
  }
  const nested = around && before && before.start >= around.start;
  return [nested ? before : around, nested ? around : before].filter((arm) => arm !== undefined);
}

function island({ masked }: Template, source: string, start: number, end: number): Segment {
  const node = firstContent(source, start, end);
  const [document] = documentAround(masked, node);
  return { source: alone(source, start, end), start, end, path: pathAbove(masked, document, node) };
}

function firstContent(source: string, start: number, end: number): number {
  let at = start;
  while (at < end && isEmpty(source, at, at + 1)) at++;
  return at;
}

/** The offset of the last character before an offset that is no white space, or -1. */
function lastContent(source: string, offset: number): number {
  let at = offset - 1;
  while (at >= 0 && isEmpty(source, at, at + 1)) at--;
  return at;
}

/** Whether an arm's chain begins on the line on which the arm ends. */
function isInline({ text, arms }: Template, place: number): boolean {
  const arm = arms[place];
  if (!arm) return false;
  const line = lineStart(text, arm.end);
  for (let at = place; at >= 0; at--) {
    const each = arms[at];
    if (!each || each.start < line) return false;
    if (each.chain === arm.chain && each.index === 0) return true;
  }
  return false;
}

/** The index of the last of them that begins at or before an offset, or -1. */
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

function actionAt(actions: readonly Action[], offset: number): Action | undefined {
  const action = actions[lastAtOrBefore(actions, offset)];
  return action && action.end > offset ? action : undefined;
}
