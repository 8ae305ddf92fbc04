// What the lines tell of a text is what a parser tells, or they tell nothing.
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { parseEvents as parse, YAMLException } from "js-yaml";
import { eventsOfLines } from "../../lib/yaml/event-list.js";
import { MAX_DEPTH, parseEvents } from "../../lib/yaml/events.js";
import { read } from "../../lib/yaml/read.js";
import { stepsOfEvents } from "../../lib/yaml/steps-of-events.js";
import { stepsOfLines } from "../../lib/yaml/steps-of-lines.js";
import { corpus } from "../language/texts.js";
import { LINES, USUAL } from "./usual-yaml.js";

/**
 * Whether the lines told the whole text. In any case, with what a parser tells of the rest, it is what
 * js-yaml tells of the whole, and the steps are those of these events.
 */
function expectSame(text: string): boolean {
  const begun = eventsOfLines(text);
  const isTold = begun.from === text.length;
  const steps = stepsOfLines(text);
  expect(steps !== undefined).toBe(isTold);
  const ours = parseEvents(text);
  const shown = JSON.stringify(text);
  try {
    expect(ours.ok && ours.events, shown).toEqual(parse(text, { maxDepth: MAX_DEPTH }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    expect(!ours.ok && ours.problem, shown).toEqual({
      message: error.reason,
      offset: Math.min(error.mark?.position ?? 0, text.length),
    });
  }
  if (!isTold) return false;
  const kinds = (found: ReturnType<typeof stepsOfLines>): unknown =>
    found?.map(({ node: { type, child }, phase }) => [type, child, phase]);
  expect(kinds(steps), shown).toEqual(kinds(stepsOfEvents(read(text))));
  return true;
}

describe("lines of any form", () => {
  test("random texts", () => {
    fc.assert(
      fc.property(LINES, (text) => void expectSame(text)),
      { numRuns: 20_000 },
    );
  });

  test("as people write them: most are told", () => {
    let told = 0;
    let all = 0;
    fc.assert(
      fc.property(USUAL, (text) => {
        all++;
        if (expectSame(text)) told++;
      }),
      { numRuns: 5000 },
    );
    expect(told).toBeGreaterThan(all / 5);
  });

  test("as people write them, and then of any form: a parser goes on where the lines end", () => {
    let goesOn = 0;
    fc.assert(
      fc.property(USUAL, LINES, (usual, lines) => {
        const text = usual + lines;
        const { from } = eventsOfLines(text);
        if (from > 0 && from < text.length) goesOn++;
        expectSame(text);
      }),
      { numRuns: 5000 },
    );
    expect(goesOn).toBeGreaterThan(500);
  });

  test.skipIf(corpus().length === 0)("the user's tree, whole (skipped where it is absent)", () => {
    for (const { name, text } of corpus()) {
      if (!text.includes("{{")) expect([name, expectSame(text)]).toEqual([name, true]);
    }
  });
});

test.each([
  ["a key and a value", "a: b\n"],
  ["a comment alone", "# c\n"],
  ["nothing", ""],
  ["documents", "---\na: b\n---\n- c\n"],
  ["a list below its key", "a:\n- b\n- c: d\n  e:\n  - f\n"],
  ["lists in lists", "- - a\n  - b\n-\n  - c\n"],
  ["a value on the next line", "a:\n  --flag\n"],
  ["a plain scalar of two lines", "a: b\n  c\nd: e\n"],
  ["a block scalar that looks like YAML", "a: |\n  b: &c d\n  - {\ne: f\n"],
  ["a quoted scalar of two lines", 'a: "b\n  c"\nd: e\n'],
  ["flow collections of scalars", "a: [b, 'c']\nd: { e: f }\n"],
])("told: %s", (_, text) => {
  expect(expectSame(text)).toBe(true);
});

test.each([
  ["an anchor", "a: &b c\n"],
  ["an alias", "a: &b c\nd: *b\n"],
  ["a tag", "a: !b c\n"],
  ["a directive", "%YAML 1.2\n---\na: b\n"],
  ["a document's end", "a: b\n...\n"],
  ["a key that begins like it", "...a: b\n"],
  ["an empty document", "a: b\n---\n"],
  ["content behind a document's start", "--- a: b\n"],
  ["spaces at the end of the text", "a: |\n  b\n  "],
  ["a scalar as the document", "a\n"],
  ["a mapping deeper than its place", "a: b\n  c: d\n"],
  ["a key in the last line, where a plain scalar goes on", "- a\n b:"],
  ["a key between two columns", "a:\n    b: c\n  d: e\n"],
  ["a quoted scalar that goes on too far left", "a: 'b\nc'\n"],
  ["a tab", "a:\tb\n"],
  ["a carriage return", "a: b\r\nc: d\r\n"],
  ["a block scalar whose first line is empty but for spaces", "a: |\n    \n  b\n"],
  ["a block scalar's own indentation", "a: |2\n    b\n"],
])("left to a parser: %s", (_, text) => {
  expect(expectSame(text)).toBe(false);
});
