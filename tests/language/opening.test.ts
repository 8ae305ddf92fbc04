// What the first line tells of a tree is what yaml-eslint-parser's tree begins with; what events tell for certain is in it.
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { parseYAML, traverseNodes } from "yaml-eslint-parser";
import type { Linter } from "eslint";
import { certainTypes } from "../../lib/language/certain.js";
import { openingSteps } from "../../lib/language/opening.js";
import { read } from "../../lib/yaml/read.js";
import { lint, VERSIONS } from "./lint.js";
import { corpus, PLAIN } from "./texts.js";

interface Walked {
  readonly type: string;
  readonly phase: 1 | 2;
  readonly range: readonly number[];
}

/** The real walk, below the program; undefined where yaml-eslint-parser does not read the text. */
function walkOf(text: string): readonly Walked[] | undefined {
  const steps: Walked[] = [];
  try {
    traverseNodes(parseYAML(text), {
      enterNode: (node) => void steps.push({ type: node.type, phase: 1, range: node.range }),
      leaveNode: (node) => void steps.push({ type: node.type, phase: 2, range: node.range }),
    });
  } catch {
    return undefined;
  }
  return steps.slice(1);
}

function expectTrue(text: string): void {
  const real = walkOf(text);
  if (!real) return;
  const opening = openingSteps(text);
  expect(opening.map(({ type, phase }) => `${type} ${String(phase)}`)).toEqual(
    real.slice(0, opening.length).map(({ type, phase }) => `${type} ${String(phase)}`),
  );
  for (const [index, step] of opening.entries()) {
    if (step.type !== "YAMLScalar") continue;
    const [start = -1, end = -1] = real[index]?.range ?? [];
    expect(start).toBe(step.range[0]);
    // A plain scalar may go on in the next line.
    expect(end).toBeGreaterThanOrEqual(step.range[1]);
  }
  const types = new Set(real.map(({ type }) => type));
  const reading = read(text);
  if (reading.template || reading.error) return;
  const certain = certainTypes({ text, wasRead: true, reading: () => reading }, opening);
  expect([...certain.keys()].filter((type) => !types.has(type))).toEqual([]);
  const unread = certainTypes({ text, wasRead: false, reading: () => reading }, opening);
  expect([...unread.keys()].filter((type) => !types.has(type))).toEqual([]);
  const sequence = unread.get("YAMLSequence");
  if (sequence)
    expect(real.filter(({ type }) => type === "YAMLSequence").map(({ range }) => range[0])).toContain(
      sequence[0],
    );
  if (reading.trees.length === 1)
    expect(
      [...types].filter((type) => !/^(?:YAMLDocument|Program)$/.test(type) && !certain.has(type)),
    ).toEqual([]);
}

const LINE = fc.constantFrom(
  "",
  " ",
  "# c",
  "---",
  "--- # c",
  "--- a",
  "...",
  "a: 1",
  "a: word",
  "a: word # c",
  "b:",
  "b: ",
  "image: x",
  "- a",
  "- a: word",
  "- - b: c",
  "-",
  "- # c",
  "  c: d",
  "  more",
  "  - e",
  "a: b: c",
  "a: 'q'",
  '"k": v',
  "a: |",
  "a: >-",
  "a: &x v",
  "b: *x",
  "&y",
  "!t",
  "a: !t w",
  "? k",
  ": v",
  "{a: b}",
  "[a, b]",
  "a: [x,",
  "]",
  "a: {",
  "}",
  "%YAML 1.2",
  "a: word\r",
  "\ta: b",
  "x y: z",
  "a:b",
  "key:\tword",
  "a: null",
  "a.b/c-d: E",
  "- a: &z",
  "a: word  ",
  "a:  'x",
  "'",
);
const TEXT = fc.array(LINE, { minLength: 1, maxLength: 7 }).map((lines) => lines.join("\n"));

describe("opening and certain types", () => {
  test.each(PLAIN.map((text) => [text]))("%j", (text) => {
    expectTrue(text);
  });

  test("of texts made of lines of every kind", () => {
    fc.assert(fc.property(TEXT, expectTrue), { numRuns: 4000 });
  });

  test.skipIf(corpus().length === 0)("of the user's tree (skipped where it is absent)", () => {
    for (const { text } of corpus()) expectTrue(text);
  });

  // The first item stands below a key, and what stands before it may or may not swallow it.
  test.each([
    ["a:\n  - b\n", true],
    ["# don't\na:\n- b\n", true],
    ["a: b\nc: # d\n  - e\n", true],
    ["a: |\n  b:\n    - c\n", false],
    ["a: 'b:\n  - c'\n", false],
    ["a: b\n", false],
  ])("a sequence in %j, which nobody read: %s", (text, holds) => {
    const opening = openingSteps(text);
    expect(
      certainTypes({ text, wasRead: false, reading: () => read(text) }, opening).has("YAMLSequence"),
    ).toBe(holds);
    expectTrue(text);
  });

  test.each([
    ["key: value", "kind: Pod\n", 8],
    ["key: something else", "kind: 'Pod'\n", 5],
    ["an item with a key", "- name: a\n", 9],
    ["an item", "- a\n", 2],
    ["nothing that tells", "{ a: b }\n", 1],
    ["a line that is too long", `${"a".repeat(600)}: b\n`, 1],
    ["a value that is too long", `a: ${"b".repeat(600)}\n`, 1],
    ["half a megabyte of comments", `${"# c\n".repeat(125_000)}a: b\n`, 8],
  ])("%s", (_, text, steps) => {
    expect(openingSteps(text)).toHaveLength(steps);
  });
});

describe.each(VERSIONS)("$name: a selector alone finds the same in any text", (version) => {
  test.each([
    "YAMLPair",
    "YAMLScalar:exit",
    "YAMLMapping:exit",
    "YAMLAlias",
    "YAMLTag:exit",
    "YAMLPair > *",
    "YAMLMapping > YAMLPair:exit",
  ])("%s", (selector) => {
    const rules: Linter.RulesRecord = { "no-restricted-syntax": ["error", selector] };
    fc.assert(
      fc.property(TEXT, (lines) => {
        // A key of the vocabulary, so that the text is read.
        const text = `${lines}\n# image:\n`;
        // What only yaml-eslint-parser reads tells nothing for certain but its first line.
        if (read(text).notes.length > 0) return;
        const theirs = lint(version, text, { rules, language: "yml" });
        const ours = lint(version, text, { rules });
        // Broken for yml/yaml: fatal for us as well, or read by us alone.
        if (theirs.some((message) => message.includes("Parsing error"))) return;
        expect(ours.sort()).toEqual(theirs.sort());
      }),
      { numRuns: 400 },
    );
  });
});
