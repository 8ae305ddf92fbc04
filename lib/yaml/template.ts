// Reads a Go template: masks and parses it, repairs it where the parser stops, and reads the rest line by
// line.
import { armFinder, arms } from "../helm/blocks.js";
import type { Arm } from "../helm/blocks.js";
import type { Action } from "../helm/action.js";
import { CR, LF, SPACE } from "../helm/characters.js";
import { mask } from "../helm/mask.js";
import { scan } from "../helm/scan.js";
import { endBlocks } from "./block-ends.js";
import { parseEvents } from "./events.js";
import type { Events, ParseResult, Problem } from "./events.js";
import { scanLines } from "./outline.js";
import type { Note, ScannedLine, Tree } from "./reading.js";
import { certainRepair, possibleRepairs, swallowedArm } from "./repairs.js";
import type { Repair, Segment, Template } from "./segment.js";
import { blank, documentAround, isEmpty } from "./stretch.js";

/** How many parses a file may take, and how many characters they may read: a limit for hostile files. */
const MOST_PARSES = 60;
const MOST_CHARACTERS = 24_000_000;
/** How many parses even the longest file may take. */
const LEAST_PARSES = 2;
/** How many parses are left for errors, when arms that a scalar has swallowed are cut out. */
const PARSES_FOR_ERRORS = 20;

export interface TemplateReading {
  readonly actions: readonly Action[];
  readonly armsAt: (offset: number) => readonly Arm[];
  /** The whole text, masked. */
  readonly masked: string;
  readonly trees: readonly Tree[];
  readonly lines: readonly ScannedLine[];
  readonly notes: readonly Note[];
}

/**
 * Reads a text that holds `{{` and is not valid YAML.
 *
 * @param text the file's text without a byte order mark
 * @returns trees for all text that could be parsed, `key: value` lines for the rest, and a note for each such
 *   rest; never throws
 */
export function readTemplate(text: string): TemplateReading {
  const { actions, unclosed } = scan(text);
  const masked = mask(text, actions);
  const chains = arms(actions, text.length);
  const reader = new Reader({ text, masked, actions, arms: chains });
  for (const segment of topLevel(masked, actions, chains)) reader.read(segment);
  const notes = [...reader.notes];
  if (unclosed !== undefined)
    notes.push({ kind: "unclosed-action", offset: unclosed, reason: "an action `{{` has no end" });
  return { actions, armsAt: armFinder(chains), masked, trees: reader.trees, lines: reader.lines, notes };
}

/**
 * Splits the file into the text outside of `define`, and the bodies of `define` as one stream of documents.
 */
function topLevel(masked: string, actions: readonly Action[], chains: readonly Arm[]): readonly Segment[] {
  const bodies = chains.filter((arm) => arm.keyword === "define");
  const whole = { start: 0, end: masked.length, path: [] };
  if (bodies.length === 0) return [{ ...whole, source: masked }];
  const heads = new Map(actions.map((action) => [action.end, action.start]));
  const rest: string[] = [];
  const streams: string[] = [];
  let at = 0;
  for (const body of bodies) {
    const head = heads.get(body.start) ?? body.start;
    // A body inside another one is not a valid template: it stays where it is.
    if (head < at) continue;
    rest.push(masked.slice(at, head), "\n".repeat(body.end - head));
    // The shortest head, `{{define ""}}`, has room for the mark and its line's end.
    streams.push(
      "\n".repeat(head - at),
      "---",
      "\n".repeat(body.start - head - 3),
      masked.slice(body.start, body.end),
    );
    at = body.end;
  }
  rest.push(masked.slice(at));
  streams.push("\n".repeat(masked.length - at));
  return [rest, streams].map((pieces) => ({ ...whole, source: pieces.join("") }));
}

/** The source, with the line breaks again that repairs have removed in one part of it. */
function withLines(source: string, masked: string, start: number, end: number): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = start; at < end; at++) {
    const original = masked.charCodeAt(at);
    if ((original !== LF && original !== CR) || source.charCodeAt(at) !== SPACE) continue;
    pieces.push(source.slice(from, at), masked.charAt(at));
    from = at + 1;
  }
  return from === 0 ? source : pieces.join("") + source.slice(from);
}

class Reader {
  readonly trees: Tree[] = [];
  readonly lines: ScannedLine[] = [];
  readonly notes: Note[] = [];
  private parses: number;

  constructor(private readonly template: Template) {
    this.parses = Math.min(
      MOST_PARSES,
      Math.max(LEAST_PARSES, Math.floor(MOST_CHARACTERS / Math.max(1, template.text.length))),
    );
  }

  /** Reads a segment, and every island that its repairs cut out of it. */
  read(first: Segment): void {
    const waiting: Segment[] = [first];
    for (let segment = waiting.shift(); segment; segment = waiting.shift()) {
      let source = segment.source;
      let result: ParseResult | undefined;
      while (!isEmpty(source, segment.start, segment.end)) {
        result ??= this.parse(source);
        if (!result) {
          this.scan(
            source,
            segment.start,
            segment.end,
            segment.start,
            "its parts do not fit together, in too many places",
          );
          break;
        }
        if (result.ok) {
          const apart = this.apart(source, result);
          if (apart) {
            ({ source } = apart.repair);
            ({ result } = apart);
            waiting.push(...apart.repair.islands);
            continue;
          }
          this.trees.push({
            source,
            events: endBlocks(result.events, source, this.template),
            after: result.after,
            path: segment.path,
          });
          break;
        }
        const repaired = this.repair(source, segment, result.problem);
        if (repaired) {
          ({ source } = repaired.repair);
          ({ result } = repaired);
          waiting.push(...repaired.repair.islands);
          continue;
        }
        const [start, end] = documentAround(source, result.problem.offset);
        const from = Math.max(start, segment.start);
        const to = Math.min(end, segment.end);
        this.scan(source, from, to, result.problem.offset, this.reasonOf(result.problem));
        if (from >= to) break;
        source = blank(source, from, to);
        result = undefined;
      }
    }
  }

  /**
   * Cuts out an arm that a scalar has swallowed, if the arm alone is YAML and enough parses are left for
   * errors.
   */
  private apart(source: string, { events }: Events): { repair: Repair; result: ParseResult } | undefined {
    if (this.parses <= PARSES_FOR_ERRORS) return undefined;
    const repair = swallowedArm(this.template, source, events);
    if (!repair) return undefined;
    const results = [repair.source, ...repair.islands.map((island) => island.source)].map((each) =>
      this.parse(each),
    );
    return results[0] && results.every((each) => each?.ok) ? { repair, result: results[0] } : undefined;
  }

  /** `undefined` where the file has used up its parses. */
  private parse(source: string): ParseResult | undefined {
    return this.parses-- > 0 ? parseEvents(source) : undefined;
  }

  private scan(source: string, start: number, end: number, offset: number, reason: string): void {
    for (const line of scanLines(withLines(source, this.template.masked, start, end), start, end))
      this.lines.push(line);
    this.notes.push({ kind: "scanned", offset, reason });
  }

  private reasonOf(problem: Problem): string {
    if (/\{%|<%/.test(this.template.text)) return "it holds `{%` or `<%`, which are not Go template syntax";
    return `the text around its actions is not YAML (${problem.message})`;
  }

  /** The repair that follows from the reason, or the possible one with which the parser gets furthest. */
  private repair(
    source: string,
    segment: Segment,
    problem: Problem,
  ): { repair: Repair; result: ParseResult | undefined } | undefined {
    if (problem.deep) return undefined;
    const certain = certainRepair(this.template, source, segment, problem);
    if (certain) return { repair: certain, result: undefined };
    let best: { repair: Repair; result: ParseResult } | undefined;
    let furthest = problem.offset;
    for (const repair of possibleRepairs(this.template, source, segment, problem)) {
      const result = this.parse(repair.source);
      if (!result) break;
      if (result.ok) return { repair, result };
      if (result.problem.offset > furthest || (!best && repair.step && result.problem.offset === furthest)) {
        best = { repair, result };
        furthest = result.problem.offset;
      }
    }
    return best;
  }
}
