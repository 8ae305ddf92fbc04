// Other plugins' selectors find the same nodes as under yml/yaml, although nothing is parsed before one of
// them listens.
import { describe, expect, test } from "vitest";
import type { Linter } from "eslint";
import { lint, VERSIONS, type Version } from "./lint.js";
import { corpus, PLAIN } from "./texts.js";
import { read } from "../../lib/yaml/read.js";

const TYPES = [
  "YAMLDocument",
  "YAMLMapping",
  "YAMLPair",
  "YAMLScalar",
  "YAMLSequence",
  "YAMLWithMeta",
  "YAMLAlias",
  "YAMLAnchor",
  "YAMLTag",
  "YAMLDirective",
];
const SELECTORS: readonly (readonly string[])[] = [
  ...TYPES.map((type) => [type]),
  ...TYPES.map((type) => [`${type}:exit`]),
  ["*"],
  ["Program"],
  ["Program:exit"],
  [":not(YAMLScalar)"],
  ['YAMLDocument > YAMLMapping > YAMLPair[key.value="kind"]'],
  ['YAMLPair[key.value="image"] > YAMLScalar.value'],
  ["YAMLPair > *"],
  ["YAMLPair > .key"],
  ["YAMLMapping > YAMLPair:nth-child(2)"],
  ["YAMLPair:first-child"],
  ["YAMLPair ~ YAMLPair"],
  ["YAMLPair + YAMLPair > YAMLScalar"],
  ["YAMLDocument:has(YAMLPair)"],
  ["YAMLMapping:has(> YAMLPair[key.value='image'])"],
  ["YAMLScalar[style='single-quoted']"],
  ["[style='single-quoted']"],
  [":matches(YAMLPair, YAMLScalar)"],
  ["Program[body.length=2]"],
  ["YAMLPair", "YAMLAlias:exit", "YAMLDocument"],
  ["YAMLPair", "YAMLPair[key.value='image']", "*"],
  ["YAMLMapping:exit", "YAMLPair:exit"],
];
const TEXTS = [
  ...PLAIN,
  ...PLAIN.filter((text) => text !== "").map((text) => `${text.trimEnd()}\n# a vocabulary key: image:\n`),
];

function same(version: Version, text: string, selectors: readonly string[]): void {
  const rules: Linter.RulesRecord = { "no-restricted-syntax": ["error", ...selectors] };
  expect(lint(version, text, { rules }), JSON.stringify(text)).toEqual(
    lint(version, text, { rules, language: "yml" }),
  );
}

describe.each(VERSIONS)("$name", (version) => {
  test.each(SELECTORS)("%s", (...selectors) => {
    for (const text of TEXTS) same(version, text, selectors);
  });
});

describe.skipIf(corpus().length === 0)("the user's tree (skipped where it is absent)", () => {
  const files = corpus().filter(({ text }) => !read(text).template);
  test.each(VERSIONS)("$name", (version) => {
    for (const selectors of [
      ["YAMLPair"],
      ["YAMLScalar"],
      ["*"],
      ['YAMLDocument > YAMLMapping > YAMLPair[key.value="kind"]'],
      ["YAMLSequence:exit"],
      ["YAMLAnchor"],
    ]) {
      for (const { text } of files) same(version, text, selectors);
    }
  });
});
