// No text makes the language throw, or brings the process down through another plugin's parser.
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { Linter } from "eslint";
import { counted, lint, verify, VERSIONS } from "./lint.js";

/** Rules that ask for the tree in every way there is. */
const ASKING: Linter.RulesRecord = {
  "yml/quotes": "error",
  "yml/indent": "error",
  "yml/no-irregular-whitespace": "error",
  "no-warning-comments": "error",
  "no-restricted-syntax": ["error", "YAMLPair", "YAMLAlias:exit", "[style='flow']"],
};

const TEXTS: readonly (readonly [string, string])[] = [
  ["open brackets", "[".repeat(1000)],
  ["many open brackets", "[".repeat(100_000)],
  ["closed brackets", `${"[".repeat(1000)}${"]".repeat(1000)}`],
  ["brackets behind strings that close them", '["]",'.repeat(2000)],
  ["open braces", "{a: ".repeat(1000)],
  ["dashes", `${"- ".repeat(5000)}a`],
  ["question marks", `${"? ".repeat(5000)}a`],
  ["indentation", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ["an anchor that holds itself", "a: &a [*a]\n"],
  ["an alias without an anchor", "a: *b\n"],
  ["NUL", "a: \0\n"],
  ["a lone surrogate", "a: \uD800\n"],
  ["open action", "a: {{ .x\n"],
  ["many open actions", "{{".repeat(5000)],
  ["braces in braces", "a: {{{{{{ x }}}}}}\n"],
  ["carriage returns alone", "a: b\rc: d\r# eslint-disable\r"],
  ["names of Object's own", "__proto__: a\nconstructor: b\ntoString: 'c'\n"],
  ["__proto__ in a comment", "# eslint __proto__: off\n# eslint-disable-line constructor\na: b\n"],
  ["a comment that is a megabyte long", `# eslint-disable ${"a,".repeat(5000)}\n`],
  ["documents", "---\n".repeat(2000)],
];

/** One of our parser and yaml-eslint-parser refuses these, or they may read them differently. */
const READ_IN_TWO_WAYS = ["NUL", "a lone surrogate", "carriage returns alone"];

describe.each(VERSIONS)("$name", (version) => {
  test.each(TEXTS)("%s", (_, text) => {
    for (const withKey of [text, `${text}\nimage: x\n`]) {
      for (const tree of ["lazy", "full"]) {
        for (const rules of [{}, ASKING])
          expect(() => lint(version, withKey, { rules, languageOptions: { tree } })).not.toThrow();
      }
    }
  });

  test("what is nested too deeply is never given to eslint-plugin-yml's parser", () => {
    const nested = `image: ${"[".repeat(150)}${"]".repeat(150)}\n`;
    expect(
      lint(version, nested, { rules: ASKING }).filter((message) => !message.includes("no-restricted-syntax")),
    ).toEqual([]);
    const [message] = verify(version, nested, { languageOptions: { tree: "full" } });
    expect(message).toMatchObject({ fatal: true, message: "Parsing error: nested too deeply", line: 1 });
  });

  test("without a rule that asks, no tree is built unless two parsers may read the text in two ways", () => {
    for (const [name, text] of TEXTS) {
      lint(version, text);
      expect(counted.tree, name).toBe(READ_IN_TWO_WAYS.includes(name) ? 1 : 0);
    }
  });

  test("random texts", () => {
    // yml/indent by itself never ends on a key that begins with U+2028 or a carriage return, under yml/yaml
    // too.
    const rules: Linter.RulesRecord = { ...ASKING, "yml/indent": "off" };
    const word = fc.constantFrom(
      "{{",
      "}}",
      "{{-",
      "-}}",
      "if",
      "end",
      "else",
      ":",
      "- ",
      "\n",
      "\r\n",
      "\r",
      " ",
      "  ",
      "#",
      " # eslint-disable-line",
      "image",
      "image:",
      "'",
      '"',
      "|",
      ">",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&a",
      "*a",
      "!t",
      "%",
      "---",
      "\t",
      "{%",
      "\u2028",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        lint(version, words.join(""), { rules });
        lint(version, words.join(""), { rules, languageOptions: { tree: "full" } });
      }),
      { numRuns: 500 },
    );
  });
});
