// Nothing is read twice, and no tree is built unless somebody asks for it.
import { describe, expect, test } from "vitest";
import type { Linter } from "eslint";
import { treeProblem } from "../../lib/yaml/tree-problem.js";
import { read } from "../../lib/yaml/read.js";
import { counted, language, lint, VERSIONS } from "./lint.js";
import { corpus, PLAIN, TEMPLATES } from "./texts.js";

const WITH_KEY = "kind: Pod\nimage: nginx:1.27\n";
const WITHOUT_KEY = "lockfileVersion: '9.0'\npackages:\n  - name: x\n";

/** Makes the source code of a text, as ESLint does. */
function sourceCodeOf(text: string, languageOptions: Record<string, unknown> = {}) {
  const file = { path: "file.yaml", physicalPath: "file.yaml", body: text, bom: false };
  const result = language.parse(file, { languageOptions });
  if (!result.ok) throw new Error(result.errors[0]?.message);
  return language.createSourceCode(file, result);
}

describe.each(VERSIONS)("$name", (version) => {
  test.each<[string, string, Linter.RulesRecord, number, number]>([
    ["no rule", WITH_KEY, {}, 1, 0],
    ["a rule on Program", WITH_KEY, { "test/no-word": ["error", ["zzz", ""]] }, 1, 0],
    ["a rule on Program:exit", WITH_KEY, { "no-restricted-syntax": ["error", "Program:exit"] }, 1, 0],
    [
      "rules for JavaScript",
      WITH_KEY,
      { "no-undef": "error", "no-unused-vars": "error", "no-constant-condition": "error" },
      1,
      0,
    ],
    ["no rule, no key", WITHOUT_KEY, {}, 0, 0],
    ["a rule on Program, no key", WITHOUT_KEY, { "test/no-word": ["error", ["zzz", ""]] }, 0, 0],
    ["no key, but an anchor, which the lines do not tell", `${WITHOUT_KEY}z: &x y\n`, {}, 1, 0],
    ["no key, a comment for ESLint", `${WITHOUT_KEY}# eslint-disable-line\n`, {}, 0, 0],
    ["a rule that reads parserServices", WITH_KEY, { "yml/quotes": "error" }, 1, 1],
    ["two rules that do", WITH_KEY, { "yml/quotes": "error", "yml/indent": "error" }, 1, 1],
    ["a selector of a pair", WITH_KEY, { "no-restricted-syntax": ["error", "YAMLPair"] }, 1, 1],
    [
      "a selector of an alias, where there is none",
      WITH_KEY,
      { "no-restricted-syntax": ["error", "YAMLAlias"] },
      1,
      0,
    ],
    ["a rule that asks the program for its documents", WITH_KEY, { "test/ask-late": "error" }, 1, 1],
    ["a rule that asks for comments", WITH_KEY, { "no-warning-comments": "error" }, 1, 1],
    ["no key, a selector of a pair", WITHOUT_KEY, { "no-restricted-syntax": ["error", "YAMLPair"] }, 1, 1],
  ])("%s", (_, text, rules, reads, trees) => {
    lint(version, text, { rules });
    expect(counted).toEqual({ read: reads, tree: trees });
  });

  test("no tree is built for the rules that are ours, whatever the text", () => {
    for (const text of [...PLAIN, ...TEMPLATES]) {
      lint(version, text, { rules: { "test/no-word": ["error", ["image", "x"]] } });
      expect(counted.tree, JSON.stringify(text)).toBe(0);
    }
  });

  test.skipIf(corpus().length === 0)("nor on the user's tree (skipped where it is absent)", () => {
    for (const { name, text } of corpus()) {
      lint(version, text, { rules: { "test/no-word": ["error", ["zzz", ""]] } });
      expect(counted.tree, name).toBe(0);
    }
  });

  test("tree: full parses at once", () => {
    lint(version, WITH_KEY, { languageOptions: { tree: "full" } });
    expect(counted).toEqual({ read: 1, tree: 1 });
  });
});

describe("the reading is handed to the rules", () => {
  test("of a text with a key, and it is the one that was made", () => {
    read("another: text");
    counted.read = 0;
    const sourceCode = sourceCodeOf(WITH_KEY);
    expect(read(sourceCode.text)).toBe(read(sourceCode.text));
    expect(counted.read).toBe(1);
  });

  test("of no other text", () => {
    counted.read = 0;
    expect(sourceCodeOf(WITHOUT_KEY).looksForImages).toBe(true);
    expect(counted.read).toBe(0);
  });
});

describe("a tree that cannot be built late", () => {
  const repeated = "image: a\nimage: b\n";

  test("is a note with its position, and the rules see no YAML", () => {
    const sourceCode = sourceCodeOf(repeated);
    expect(treeProblem(sourceCode)).toBeUndefined();
    expect(sourceCode.parserServices).toEqual({ isYAML: false });
    expect(treeProblem(sourceCode)).toEqual({
      message: "Map keys must be unique",
      position: { line: 2, column: 0 },
    });
    expect(sourceCode.ast.body).toEqual([]);
    expect(sourceCode.ast.tokens).toEqual([]);
  });

  test.each(VERSIONS)("no rule of another plugin throws or reports in it ($name)", (version) => {
    expect(
      lint(version, repeated, {
        rules: {
          "yml/quotes": "error",
          "yml/sort-keys": "error",
          "no-warning-comments": "error",
          "no-trailing-spaces": "error",
        },
      }),
    ).toEqual([]);
  });

  test.each(VERSIONS)("a selector finds what the first line tells for certain ($name)", (version) => {
    const selectors = [
      "YAMLDocument",
      "YAMLMapping",
      "YAMLPair",
      "YAMLScalar",
      "YAMLPair > YAMLScalar",
      "YAMLPair[key.value='image']",
    ];
    const rules: Linter.RulesRecord = { "no-restricted-syntax": ["error", ...selectors] };
    expect(new Set(lint(version, repeated, { rules }).map((message) => message.split(" ")[0]))).toEqual(
      new Set(["1:1"]),
    );
  });

  test.each(VERSIONS)("a selector of a node elsewhere gets one at its place ($name)", (version) => {
    const text = "image: a\nlist: &x [1]\nb: *x\nimage: b\n";
    const found = lint(version, text, { rules: { "no-restricted-syntax": ["error", "YAMLAlias"] } });
    expect(found.every((message) => message.startsWith("3:4 "))).toBe(true);
  });

  test("under tree: full it is fatal, as under yml/yaml", () => {
    expect(() => sourceCodeOf(repeated, { tree: "full" })).toThrow("Map keys must be unique");
  });
});
