// Rules of other plugins and of ESLint itself say the same in our language as under yml/yaml.
import { describe, expect, test } from "vitest";
import yml from "eslint-plugin-yml";
import type { Linter } from "eslint";
import * as inner from "eslint/use-at-your-own-risk";
import { read } from "../../lib/yaml/read.js";
import { counted, fix, lint, verify, VERSIONS } from "./lint.js";
import { corpus, PLAIN } from "./texts.js";

/** The rules of one of eslint-plugin-yml's configurations, without what is for Vue files. */
function rulesOf(name: "recommended" | "standard" | "prettier"): Linter.RulesRecord {
  const merged: Record<string, unknown> = {};
  for (const config of yml.configs[name]) Object.assign(merged, "rules" in config ? config.rules : {});
  return merged as Linter.RulesRecord;
}

/** Rules that are in none of them, with what they need. */
const MORE: Linter.RulesRecord = {
  "yml/sort-keys": "error",
  "yml/file-extension": ["error", { extension: "yaml" }],
  "yml/require-string-key": "error",
  "yml/no-multiple-empty-lines": "error",
  "yml/block-sequence": ["error", "never"],
  "yml/max-len": ["error", { code: 40 }],
};

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the list itself is what is wanted here
const { builtinRules } = inner;

/**
 * ESLint's own, as `js.configs.recommended` without `files` gives them to every language, less what
 * yml/yaml switches off.
 */
const OFF = new Set(["no-irregular-whitespace", "no-unused-vars"]);
const CORE_RECOMMENDED: Linter.RulesRecord = Object.fromEntries(
  [...builtinRules]
    .filter(([name, rule]) => rule.meta?.docs?.recommended === true && !OFF.has(name))
    .map(([name]) => [name, "error"]),
);
const CORE: Linter.RulesRecord = {
  ...CORE_RECOMMENDED,
  "no-irregular-whitespace": "error",
  "eol-last": "error",
  "no-trailing-spaces": "error",
  "max-lines": ["error", 3],
};

const SETS: readonly (readonly [string, Linter.RulesRecord])[] = [
  ["recommended", rulesOf("recommended")],
  ["standard", rulesOf("standard")],
  ["prettier", rulesOf("prettier")],
  ["rules outside of the configurations", MORE],
  ["ESLint's own", CORE],
];

describe.each(VERSIONS)("$name", (version) => {
  test.each(SETS)("%s: the same messages", (_, rules) => {
    for (const text of PLAIN)
      expect(verify(version, text, { rules }), JSON.stringify(text)).toEqual(
        verify(version, text, { rules, language: "yml" }),
      );
  });

  test("standard: the same fixes", () => {
    const rules = rulesOf("standard");
    for (const text of PLAIN)
      expect(fix(version, text, { rules }), JSON.stringify(text)).toBe(
        fix(version, text, { rules, language: "yml" }),
      );
  });

  test("ESLint's own rules ask for no tree", () => {
    lint(version, "kind: Pod\nimage: nginx\n", { rules: CORE_RECOMMENDED });
    expect(counted.tree).toBe(0);
  });
});

const files = corpus().filter(({ text }) => !read(text).template);

describe.skipIf(files.length === 0)("the user's tree (skipped where it is absent)", () => {
  describe.each(VERSIONS)("$name", (version) => {
    test.each(SETS)("%s: the same messages", (_, rules) => {
      for (const { name, text } of files)
        expect(verify(version, text, { rules, filename: name }), name).toEqual(
          verify(version, text, { rules, filename: name, language: "yml" }),
        );
    });
  });
});
