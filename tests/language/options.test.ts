// languageOptions: `tree` is checked, what other languages need is let through.
import { describe, expect, test } from "vitest";
import type { Linter } from "eslint";
import { counted, lint, VERSIONS } from "./lint.js";

describe.each(VERSIONS)("$name", (version) => {
  test.each([
    { tree: "lazy" },
    { tree: "full" },
    {},
    {
      globals: { window: "readonly" },
      ecmaVersion: 2022,
      sourceType: "module",
      parserOptions: { project: true },
    },
    { parser: { parse: () => null } },
  ])("%j is taken", (languageOptions) => {
    expect(lint(version, "image: nginx\n", { languageOptions })).toEqual([]);
  });

  test.each([{ tree: "eager" }, { tree: true }, { tree: null }])(
    "%j is an error in one line",
    (languageOptions) => {
      let message = "";
      try {
        lint(version, "image: nginx\n", { languageOptions });
      } catch (error) {
        message = error instanceof Error ? error.message : "";
      }
      expect(message).toContain(
        'Key "languageOptions": Key "tree" of container-images/yaml: expected "lazy" or "full".',
      );
    },
  );

  test.each([{ images: "no" }, { images: null }])("%j is an error in one line", (languageOptions) => {
    expect(() => lint(version, "image: nginx\n", { languageOptions })).toThrow(
      'Key "images" of container-images/yaml: expected true or false.',
    );
  });

  test("images: false looks for no image, and nothing in the text is fatal", () => {
    expect(lint(version, "image: [a\n", { languageOptions: { images: false } })).toEqual([]);
    expect(counted.tree).toBe(0);
  });

  test("images: false still takes ESLint's comments", () => {
    const rules: Linter.RulesRecord = { "test/no-word": ["error", ["nginx", "nginx"]] };
    expect(
      lint(version, "image: nginx # eslint-disable-line\nb: nginx\n", {
        rules,
        languageOptions: { images: false },
      }),
    ).toEqual(["2:4 test/no-word no nginx"]);
  });

  test("parserOptions.defaultYAMLVersion reaches eslint-plugin-yml", () => {
    const text = "image: x\na: yes\n";
    const rules: Linter.RulesRecord = { "no-restricted-syntax": ["error", "YAMLScalar[value=true]"] };
    const options = { rules, languageOptions: { parserOptions: { defaultYAMLVersion: "1.1" } } };
    expect(lint(version, text, options)).toEqual(lint(version, text, { ...options, language: "yml" }));
    expect(lint(version, text, options)).toHaveLength(1);
  });
});
