// Finds repairs for a parse error in a masked template, by where and why the parser stopped.
import { SCALAR_STYLE } from "js-yaml";
import type { Event } from "js-yaml";
import type { Action } from "../helm/action.js";
import type { Arm } from "../helm/blocks.js";
import type { Problem } from "./events.js";
import { lineChains } from "./line-chains.js";
import { isScalar } from "./scalar.js";
import {
  firstContent,
  island,
  lastAtOrBefore,
  lastContent,
  type Repair,
  type Segment,
  type Template,
} from "./segment.js";
import { blank, isEmpty, joinBefore, lineEnd, lineStart, spaces } from "./stretch.js";

/** How many lines before an error are searched for text that trim markers join to the line before. */
const LINES_BEFORE = 8;
/** An entry or item of a block collection: trim markers do not join it to the line before. */
const STRUCTURE = /^-(?:[ \t]|$)|:(?:[ \t]|$)/;
const TRIMMED_BEFORE = /[ \t\r\n]-\}\}\s*$/;
/** How many characters before a line are searched for a trim marker. */
const TRIM_LENGTH = 200;

/**
 * The repair that follows from the reason of the error.
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
 * Repairs that may help, those that change least first. The caller tries them with the parser.
 *
 * @param template the template that is read
 * @param source the text that the parser refused
 * @param segment the part of the source that is not blank
 * @param problem where and why the parser stopped
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
    ...lineChains(template, source, segment, problem.offset),
    ...suspects(template, source, segment, problem.offset).map((arm) => ({
      source: blank(source, arm.start, arm.end),
      islands: [island(template, source, arm.start, arm.end)],
    })),
  ];
  return found.filter((repair) => repair !== undefined);
}

/**
 * The repair for a plain scalar that has swallowed an arm: with `image: a` in one arm and a deeper `{}` in
 * the next, YAML reads both as one text of two lines. The arm is cut out and read alone.
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
      // On the scalar's first line, the arm is part of the value.
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
 * Blanks an action where YAML allows no text (`"a" {{ … }}`), or whose value continues below.
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

/** Joins lines to the line before, as their trim markers do (`-}}` before them, `{{-` at their start). */
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

/**
 * The arms that may cause an error: the one around it and the one just before it, if they are inside the
 * segment and smaller than it.
 */
function suspects(template: Template, source: string, segment: Segment, offset: number): readonly Arm[] {
  const first = firstContent(source, segment.start, segment.end);
  const last = lastContent(source, segment.end);
  let around: Arm | undefined;
  let before: Arm | undefined;
  // Where the first content at or behind an arm's start is. Arms are sorted, so it only moves on.
  let next = first;
  for (const arm of template.arms) {
    if (arm.start > offset) break;
    if (arm.start < segment.start || arm.end > segment.end) continue;
    if (next < arm.start) next = firstContent(source, arm.start, segment.end);
    const isAll = first >= arm.start && last < arm.end;
    if (next >= arm.end || isAll) continue;
    if (arm.end > offset) around = arm;
    else if (!before || arm.start >= before.end || arm.end >= before.end) before = arm;
  }
  const nested = around && before && before.start >= around.start;
  return [nested ? before : around, nested ? around : before].filter((arm) => arm !== undefined);
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

function actionAt(actions: readonly Action[], offset: number): Action | undefined {
  const action = actions[lastAtOrBefore(actions, offset)];
  return action && action.end > offset ? action : undefined;
}
