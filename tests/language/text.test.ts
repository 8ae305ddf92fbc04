// The text is the user's own: byte order mark, line ends and positions are kept, through fixes too.
import { describe, expect, test } from "vitest";
import type { ESLint as ESLintClass, Linter } from "eslint";
import { ESLint as ESLint10 } from "eslint";
import { ESLint as ESLint9 } from "eslint9";
import { configOf, fix, lint, VERSIONS } from "./lint.js";

const NO_NGINX: Linter.RulesRecord = { "test/no-word": ["error", ["nginx", "httpd"]] };

describe.each(VERSIONS)("$name", (version) => {
  test.each([
    ["byte order mark", "\uFEFFimage: nginx\n", ["1:8 test/no-word no nginx"], "\uFEFFimage: httpd\n"],
    ["CRLF", "a: b\r\nimage: nginx\r\n", ["2:8 test/no-word no nginx"], "a: b\r\nimage: httpd\r\n"],
    [
      "U+2028 in a comment",
      "# a\u2028b\nimage: nginx\n",
      ["2:8 test/no-word no nginx"],
      "# a\u2028b\nimage: httpd\n",
    ],
    ["no line feed at the end", "image: nginx", ["1:8 test/no-word no nginx"], "image: httpd"],
    [
      "characters of two units",
      "a: 😀\nb: 😀 nginx\nimage: x\n",
      ["2:7 test/no-word no nginx"],
      "a: 😀\nb: 😀 httpd\nimage: x\n",
    ],
    [
      "byte order mark, CRLF, template",
      "\uFEFF{{ if .x }}\r\nimage: nginx\r\n{{ end }}\r\n",
      ["2:8 test/no-word no nginx"],
      "\uFEFF{{ if .x }}\r\nimage: httpd\r\n{{ end }}\r\n",
    ],
    ["no vocabulary key", "a: nginx\n", ["1:4 test/no-word no nginx"], "a: httpd\n"],
  ])("%s", (_, text, messages, fixed) => {
    expect(lint(version, text, { rules: NO_NGINX })).toEqual(messages);
    expect(fix(version, text, { rules: NO_NGINX })).toBe(fixed);
  });

  test("two plugins fix one text", () => {
    const rules: Linter.RulesRecord = {
      ...NO_NGINX,
      "yml/quotes": "error",
      "yml/no-trailing-zeros": "error",
      "yml/key-spacing": "error",
    };
    expect(fix(version, "image:   'nginx:1'\r\ntag: 1.10\r\n", { rules })).toBe(
      'image: "httpd:1"\r\ntag: 1.1\r\n',
    );
  });

  test.each([
    ["broken", "image: [a\n"],
    ["a key twice in a flow mapping's braces left open", "image: { a: 1\n"],
    ["a tab", "image:\n\t- a\n"],
    ["an open string", 'image: "a\n'],
    ["a mapping in a line", "image: a: b\n"],
  ])("%s is a fatal error where and as under yml/yaml", (_, text) => {
    const ours = lint(version, text);
    expect(ours).toHaveLength(1);
    expect(ours).toEqual(lint(version, text, { language: "yml" }));
  });

  test.each([
    ["no key: broken", "a: [\n"],
    ["no key: Jinja", "{% for x in y %}\na: {{ x }}\n{% endfor %}\n"],
    ["no key: ERB", "<% if x %>\na: [\n<% end %>\n"],
    ["no key: a comment for ESLint, broken", "# eslint-disable\na: [\n"],
    ["Jinja with a key", "{% if x %}\nimage: nginx\n{% endif %}\n"],
    ["repeated keys", "image: a\nimage: b\n"],
  ])("%s is none", (_, text) => {
    expect(lint(version, text)).toEqual([]);
  });
});

/** The class that the command and editors use, on a text with a name. */
describe.each([
  ["ESLint 10", ESLint10],
  ["ESLint 9", ESLint9 as unknown as typeof ESLint10],
])("the class of %s", (_, Class: typeof ESLintClass) => {
  const lintText = async (text: string, options: Parameters<typeof configOf>[0], fixes = false) => {
    const eslint = new Class({ overrideConfigFile: true, overrideConfig: configOf(options), fix: fixes });
    const [result] = await eslint.lintText(text, { filePath: "file.yaml" });
    return result;
  };

  test("what was disabled stays known, with its reason", async () => {
    const result = await lintText("image: nginx # eslint-disable-line -- agreed\n", { rules: NO_NGINX });
    expect(result?.messages).toEqual([]);
    expect(result?.suppressedMessages.map((message) => message.suppressions)).toEqual([
      [{ kind: "directive", justification: "agreed" }],
    ]);
  });

  test("fixes keep the byte order mark", async () => {
    const result = await lintText("\uFEFFimage: nginx\r\n", { rules: NO_NGINX }, true);
    expect(result?.output).toBe("\uFEFFimage: httpd\r\n");
  });

  test("a configuration with tree: full can be written out, as --print-config and --cache do", async () => {
    const eslint = new Class({
      overrideConfigFile: true,
      overrideConfig: configOf({ languageOptions: { tree: "full" } }),
    });
    const config = (await eslint.calculateConfigForFile("file.yaml")) as { languageOptions: unknown };
    expect(JSON.parse(JSON.stringify(config.languageOptions))).toEqual({
      ecmaVersion: "latest",
      images: true,
      tree: "full",
      parserOptions: {},
    });
  });
});
