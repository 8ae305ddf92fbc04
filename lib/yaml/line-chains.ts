// Repairs for chains of actions that begin and end on one line: `{{ if … }} a: {{ else }} b: {{ end }}`.
import type { Arm } from "../helm/blocks.js";
import { firstContent, island, lastAtOrBefore, type Repair, type Segment, type Template } from "./segment.js";
import { isEmpty, lineEnd, lineStart, spaces } from "./stretch.js";

/** How many lines before an error are searched for such chains. */
const LINES_BEFORE = 8;

interface Chain {
  readonly start: number;
  readonly end: number;
  readonly arms: readonly Arm[];
}

/**
 * Repairs chains of one line that choose a key or an item (`{{ if … }} stringData: {{ else }} data: {{ end
 * }}`): they keep only the first arm, in the chain's column or in its own, or no arm at all.
 */
export function lineChains(
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
  // Several items in their own columns would be nested, or read as one text of several lines.
  return chains.length === 1 ? alternatives : alternatives.slice(2);
}

/** The chains that fill a line, on the error's line and on the lines just before it. */
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
