// Reads a plain YAML file that js-yaml has refused: with one small repair, line by line, or as an error.
import { parseEvents } from "./events.js";
import type { Problem } from "./events.js";
import { scanLines } from "./outline.js";
import type { Note, ScannedLine, SyntaxProblem, Tree } from "./reading.js";
import { secondOpinion } from "./second-opinion.js";
import { joinBefore, joinQuoted } from "./stretch.js";

/**
 * How often text that is indented too little is joined to the line before, and how many characters are then
 * parsed again: a limit for hostile files.
 */
const MOST_JOINS = 20;
const MOST_CHARACTERS = 24_000_000;

export interface PlainReading {
  readonly trees: readonly Tree[];
  readonly lines: readonly ScannedLine[];
  readonly notes: readonly Note[];
  readonly error?: SyntaxProblem;
}

/**
 * Reads a text without Go actions that js-yaml has refused.
 *
 * @param text the file's text without a byte order mark
 * @param problem js-yaml's refusal
 * @returns a tree where only some indentation is too small, which other parsers accept; lines and a note
 *   where the file has Jinja or ERB tags, or where yaml-eslint-parser reads it; else the error, in the words
 *   of `eslint-plugin-yml`
 */
export function readBroken(text: string, problem: Problem): PlainReading {
  if (problem.deep)
    return { trees: [], lines: [], notes: [], error: { message: problem.message, offset: problem.offset } };
  const tree = joined(text, problem);
  if (tree) return { trees: [tree], lines: [], notes: [] };
  if (/\{%|<%/.test(text))
    return byLine(text, problem.offset, "it holds `{%` or `<%` and is not YAML as it stands");
  const opinion = secondOpinion(text);
  if (opinion.kind === "reads")
    return byLine(
      text,
      problem.offset,
      `js-yaml, which finds the images, does not read it (${problem.message})`,
    );
  return {
    trees: [],
    lines: [],
    notes: [],
    error:
      opinion.kind === "refuses" ? opinion.problem : { message: problem.message, offset: problem.offset },
  };
}

function byLine(text: string, offset: number, reason: string): PlainReading {
  return { trees: [], lines: scanLines(text, 0, text.length), notes: [{ kind: "scanned", offset, reason }] };
}

function joined(text: string, first: Problem): Tree | undefined {
  let source = text;
  let problem = first;
  const joins = Math.min(MOST_JOINS, Math.floor(MOST_CHARACTERS / Math.max(1, text.length)));
  for (let join = 0; join < joins; join++) {
    if (problem.message !== "deficient indentation") return undefined;
    const closing = source[problem.offset] === "]" || source[problem.offset] === "}";
    // All quoted texts at once, because a generated file has hundreds.
    const next = (closing ? undefined : joinQuoted(source)) ?? joinBefore(source, problem.offset);
    if (next === undefined) return undefined;
    source = next;
    const result = parseEvents(source);
    if (result.ok) return { source, events: result.events, after: result.after, path: [] };
    problem = result.problem;
  }
  return undefined;
}
