// ESLint's comments: disable, enable, configure; in plain YAML, in templates, in texts that are otherwise
// not read.
import { describe, expect, test } from "vitest";
import type { Linter } from "eslint";
import { fix, lint, verify, VERSIONS } from "./lint.js";

const RULES: Linter.RulesRecord = {
  "test/no-word": ["error", ["nginx", "nginx"]],
  "no-irregular-whitespace": "error",
};

interface Case {
  readonly name: string;
  readonly text: string;
  /** Lines on which `no-word` still reports. */
  readonly reported: readonly number[];
  /** Lines of directives that are reported as unused. */
  readonly unused?: readonly number[];
}

const CASES: readonly Case[] = [
  {
    name: "next line",
    text: "# eslint-disable-next-line test/no-word\nimage: nginx\nb: nginx\n",
    reported: [3],
  },
  {
    name: "this line, with a reason",
    text: "image: nginx # eslint-disable-line test/no-word -- why\nb: nginx\n",
    reported: [2],
  },
  { name: "all rules", text: "image: nginx # eslint-disable-line\n", reported: [] },
  { name: "from here on", text: "a: nginx\n# eslint-disable test/no-word\nimage: nginx\n", reported: [1] },
  {
    name: "from here to there",
    text: "# eslint-disable\nimage: nginx\n# eslint-enable\nb: nginx\n",
    reported: [4],
  },
  {
    name: "another rule",
    text: "image: nginx # eslint-disable-line no-irregular-whitespace\n",
    reported: [1],
    unused: [1],
  },
  { name: "unused", text: "# eslint-disable-next-line test/no-word\nimage: x\n", reported: [], unused: [1] },
  { name: "in a block scalar it is text", text: "a: |\n  # eslint-disable\nimage: nginx\n", reported: [3] },
  {
    name: "in a folded scalar it is text",
    text: "a: >-\n  x\n  # eslint-disable\nimage: nginx\n",
    reported: [4],
  },
  {
    name: "in a quoted string it is text",
    text: 'a: "x\n  # eslint-disable"\nimage: nginx\n',
    reported: [3],
  },
  { name: "behind a word it is text", text: "a: x# eslint-disable\nimage: nginx\n", reported: [2] },
  {
    name: "in an arm",
    text: [
      "{{- if .on }}",
      "# eslint-disable-next-line test/no-word",
      "image: nginx",
      "{{- else }}",
      "image: nginx",
      "{{- end }}",
      "",
    ].join("\n"),
    reported: [5],
  },
  {
    name: "on an arm's line",
    text: "{{ if .on }}\nimage: nginx # eslint-disable-line test/no-word -- why\n{{ end }}\n",
    reported: [],
  },
  {
    name: "unused in an arm",
    text: "{{ if .on }}\nimage: x # eslint-disable-line test/no-word\n{{ end }}\n",
    reported: [],
    unused: [2],
  },
  {
    name: "in a template's block scalar",
    text: "{{ if .on }}\na: |\n  # eslint-disable\nimage: nginx\n{{ end }}\n",
    reported: [4],
  },
  {
    name: "in an action's comment it is nothing",
    text: "{{/*\n# eslint-disable\n*/}}\nimage: nginx\n",
    reported: [4],
  },
  {
    name: "CRLF",
    text: "# eslint-disable-next-line test/no-word\r\nimage: nginx\r\nb: nginx\r\n",
    reported: [3],
  },
  {
    name: "U+2028 in a comment above",
    text: "# a\u2028b\n# eslint-disable-next-line test/no-word\nimage: nginx\nb: nginx\n",
    reported: [4],
  },
  { name: "at the end without a line feed", text: "image: nginx # eslint-disable-line", reported: [] },
  { name: "no vocabulary key", text: "a: nginx # eslint-disable-line\nb: nginx\n", reported: [2] },
  {
    name: "no vocabulary key, in a block scalar",
    text: "a: |\n  # eslint-disable\nb: nginx\n",
    reported: [3],
  },
  { name: "no vocabulary key, broken", text: "a: [\nb: nginx # eslint-disable-line\n", reported: [] },
  {
    name: "no vocabulary key, Jinja",
    text: "{% if x %}\nb: nginx # eslint-disable-line\n{% endif %}\nc: nginx\n",
    reported: [4],
  },
];

describe.each(VERSIONS)("$name", (version) => {
  test.each(CASES)("$name", ({ text, reported, unused = [] }) => {
    for (const tree of ["lazy", "full"] as const) {
      const messages = verify(version, text, {
        rules: RULES,
        linterOptions: { reportUnusedDisableDirectives: "error" },
        languageOptions: { tree },
      });
      if (tree === "full" && messages.some((message) => message.fatal)) continue;
      expect(
        messages.filter((message) => message.ruleId === "test/no-word").map((message) => message.line),
      ).toEqual(reported);
      expect(messages.filter((message) => message.ruleId === null).map((message) => message.line)).toEqual(
        unused,
      );
    }
  });

  test("an unused directive is removed by --fix", () => {
    const linterOptions = { reportUnusedDisableDirectives: "error" } as const;
    const options = { rules: RULES, linterOptions };
    expect(fix(version, "image: x # eslint-disable-line test/no-word\n", options)).toBe("image: x  \n");
    const two = "image: nginx # eslint-disable-line test/no-word, no-irregular-whitespace\n";
    expect(fix(version, two, options)).toBe("image: nginx # eslint-disable-line test/no-word\n");
  });

  test("an unknown rule is an error, as in every language", () => {
    const text = "image: x # eslint-disable-line test/none\n";
    expect(verify(version, text)).toMatchObject([{ ruleId: "test/none", line: 1, column: 10 }]);
    expect(verify(version, text)).toEqual(verify(version, text, { language: "yml" }));
  });

  describe("rules configured in a comment", () => {
    test.each([
      ["off", "# eslint test/no-word: off\nimage: nginx\n", []],
      [
        "on, with options",
        '# eslint test/no-word: ["error", ["word", "x"]]\nimage: word\n',
        ["2:8 test/no-word no word"],
      ],
      ["a warning", "# eslint test/no-word: 1\nimage: nginx\n", ["2:8 test/no-word no nginx"]],
      [
        "in a block scalar it is text",
        "a: |\n  # eslint test/no-word: off\nimage: nginx\n",
        ["3:8 test/no-word no nginx"],
      ],
      [
        "a sentence is no configuration",
        "# eslint runs on this file\n# eslint: see docs\n# eslint note: run it with --fix\nimage: nginx\n",
        ["4:8 test/no-word no nginx"],
      ],
    ])("%s", (_, text, expected) => {
      expect(
        lint(version, text, { rules: { "test/no-word": ["error", ["nginx", "nginx"]] } }).filter(
          (message) => !message.includes("no word") || message.startsWith("2:8"),
        ),
      ).toEqual(expected);
    });

    test("one that cannot be read is fatal, as in every language", () => {
      const [message] = verify(version, "# eslint test/no-word: [error\nimage: nginx\n");
      expect(message).toMatchObject({ fatal: true, line: 1, column: 1 });
    });
  });

  test("noInlineConfig names them as without effect", () => {
    const messages = lint(version, "image: nginx # eslint-disable-line\n", {
      rules: RULES,
      linterOptions: { noInlineConfig: true },
    });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatch(/^1:8 test\/no-word/);
    expect(messages[1]).toMatch(/^1:14 - '# eslint-disable-line' has no effect/);
  });
});
