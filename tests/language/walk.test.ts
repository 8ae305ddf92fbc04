// The listeners that are called, and their order, are those of yml/yaml: whatever the text, whatever the
// selectors.
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { ESLint, Rule } from "eslint";
import { parseYAML, traverseNodes, type AST } from "yaml-eslint-parser";
import { stepsOfEvents } from "../../lib/yaml/steps-of-events.js";
import { read } from "../../lib/yaml/read.js";
import { counted, language, VERSIONS, ymlPlugin, type Version } from "./lint.js";
import { corpus, PLAIN, TEMPLATES } from "./texts.js";
import { SELECTOR, TEXT } from "./random.js";
import { USUAL } from "../yaml/usual-yaml.js";

/** A rule whose listeners say in which order they are called, and with what. */
function recorder(selectors: readonly string[], calls: string[]): Rule.RuleModule {
  return {
    create: () =>
      Object.fromEntries(
        selectors.map((selector) => [
          selector,
          (node: AST.YAMLNode) => {
            const above: string[] = [];
            for (let at = node.parent; at; at = at.parent) above.push(at.type);
            calls.push(`${selector} ${node.type} ${node.range.join("-")} in ${above.join(" ")}`);
          },
        ]),
      ) as unknown as Rule.RuleListener,
  };
}

/** Who is called in a text, in order; `undefined` where it is a parsing error. */
function callsOf(
  { Linter }: Version,
  text: string,
  selectors: readonly string[],
  name: "ours" | "yml",
): readonly string[] | undefined {
  const calls: string[] = [];
  const plugin: ESLint.Plugin = {
    languages: { yaml: language },
    rules: { record: recorder(selectors, calls) },
  };
  const messages = new Linter().verify(
    text,
    [
      {
        files: ["**/*.yaml"],
        plugins: { test: plugin, yml: ymlPlugin },
        language: name === "yml" ? "yml/yaml" : "test/yaml",
        linterOptions: { reportUnusedDisableDirectives: "off" },
        rules: { "test/record": "error" },
      },
    ],
    "file.yaml",
  );
  return messages.some(({ fatal }) => fatal) ? undefined : calls;
}

function expectSame(version: Version, text: string, selectors: readonly string[]): void {
  const theirs = callsOf(version, text, selectors, "yml");
  if (theirs) expect(callsOf(version, text, selectors, "ours"), JSON.stringify(text)).toEqual(theirs);
}

describe.each(VERSIONS)("$name", (version) => {
  test("random texts, random selectors", () => {
    fc.assert(
      fc.property(TEXT, fc.array(SELECTOR, { minLength: 1, maxLength: 3 }), (text, selectors) => {
        expectSame(version, text, [...new Set(selectors)]);
      }),
      { numRuns: 3000 },
    );
  });

  test("texts of usual lines, which nothing parses, random selectors", () => {
    fc.assert(
      fc.property(USUAL, SELECTOR, (text, selector) => {
        expectSame(version, text, [selector]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([" ---\n- ", " --- \n- a", " ---\n - a\n", "  ---\na: 1\n", " %YAML 1.2\n---\na: 1\n"])(
    "a marker that is indented, in the first line: %j",
    (text) => {
      for (const selector of ["*", "YAMLSequence", "[style='plain']", "[style='plain']:exit"])
        expectSame(version, text, [selector]);
    },
  );

  test("a random selector alone, in every kind of text", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLAIN), SELECTOR, (text, selector) => {
        expectSame(version, text, [selector]);
      }),
      { numRuns: 1500 },
    );
  });

  test("in a template nobody is called but for the program", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEMPLATES), SELECTOR, (text, selector) => {
        const below = callsOf(version, text, [selector], "ours")?.filter((call) => !/ Program \d/.test(call));
        expect(below).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.skipIf(corpus().length === 0)("the user's tree (skipped where it is absent)", () => {
    const files = corpus().filter(({ text }) => text.length < 20_000 && !read(text).template);
    fc.assert(
      fc.property(fc.constantFrom(...files), SELECTOR, ({ text }, selector) => {
        expectSame(version, text, [selector]);
      }),
      { numRuns: 300 },
    );
  });
});

test.each(VERSIONS)("$name: rules for JavaScript have no tree built", (version) => {
  counted.tree = 0;
  callsOf(version, "a:\n  - b: c\n", ["ForStatement > .test", "Identifier:exit"], "ours");
  expect(counted.tree).toBe(0);
});

interface Walked {
  readonly phase: 1 | 2;
  readonly type: string;
  readonly child: number;
}

/**
 * The real walk, of which the first steps of each kind and those around them are kept; undefined where it
 * is not read.
 */
function realSteps(text: string): readonly Walked[] | undefined {
  const steps: Walked[] = [];
  const open: { type: string; child: number; children: number; shown: boolean }[] = [];
  const met = new Set<string>();
  let deepest = 1;
  const show = (phase: 1 | 2): void => {
    const kind = `${String(phase)} ${open.at(-2)?.type ?? ""} ${open.at(-1)?.type ?? ""}`;
    const isDeepest = open.length > deepest;
    deepest = Math.max(deepest, open.length);
    if (met.has(kind) && !isDeepest) return;
    met.add(kind);
    for (const node of open.filter(({ shown }) => !shown)) {
      steps.push({ phase: 1, type: node.type, child: node.child });
      node.shown = true;
    }
  };
  try {
    traverseNodes(parseYAML(text), {
      enterNode({ type }) {
        const parent = open.at(-1);
        open.push({ type, child: parent ? parent.children++ : 0, children: 0, shown: !parent });
        if (parent) show(1);
      },
      leaveNode() {
        if (open.length > 1) show(2);
        const node = open.pop();
        if (node?.shown && open.length > 0) steps.push({ phase: 2, type: node.type, child: node.child });
      },
    });
  } catch {
    return undefined;
  }
  return steps;
}

function expectFirstSteps(text: string): void {
  const steps = stepsOfEvents(read(text));
  const real = steps && realSteps(text);
  if (real) expect(steps.map(({ node: { type, child }, phase }) => ({ phase, type, child }))).toEqual(real);
}

describe("what events tell of the tree is true", () => {
  test.each(PLAIN.map((text) => [text]))("%j", (text) => {
    expectFirstSteps(text);
  });

  test("random texts", () => {
    fc.assert(fc.property(TEXT, expectFirstSteps), { numRuns: 10_000 });
  });

  test.skipIf(corpus().length === 0)("the user's tree (skipped where it is absent)", () => {
    for (const { text } of corpus()) expectFirstSteps(text);
  });
});
