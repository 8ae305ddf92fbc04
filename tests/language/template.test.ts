// In a Go template other plugins' rules stay silent, and what ESLint itself does still works.
import { describe, expect, test } from "vitest";
import type { Linter } from "eslint";
import { counted, fix, language, lint, VERSIONS } from "./lint.js";
import { TEMPLATES } from "./texts.js";

const LOUD: Linter.RulesRecord = {
  "yml/quotes": "error",
  "yml/indent": "error",
  "yml/plain-scalar": "error",
  "yml/no-empty-mapping-value": "error",
  "yml/flow-mapping-curly-spacing": "error",
  "no-restricted-syntax": [
    "error",
    "YAMLPair",
    "YAMLScalar",
    "YAMLDocument",
    "YAMLMapping:exit",
    "YAMLDocument:exit",
  ],
};

describe.each(VERSIONS)("$name", (version) => {
  test.each(TEMPLATES.map((text) => [text]))("%j: silent, and nothing is parsed for a tree", (text) => {
    for (const tree of ["lazy", "full"])
      expect(lint(version, text, { rules: LOUD, languageOptions: { tree } })).toEqual([]);
  });

  test("a template without a vocabulary key is known as one", () => {
    const text = "{{- if .Values.on }}\na: 'b'\n{{- end }}\n";
    expect(lint(version, text, { rules: LOUD })).toEqual([]);
    expect(lint(version, text)).toEqual([]);
    expect(counted.tree).toBe(0);
  });

  test("a rule on Program reports and fixes in the user's own text", () => {
    const text = "{{- if .Values.on }}\nimage: nginx\n{{- end }}\n";
    const rules: Linter.RulesRecord = { "test/no-word": ["error", ["nginx", "httpd"]] };
    expect(lint(version, text, { rules })).toEqual(["2:8 test/no-word no nginx"]);
    expect(fix(version, text, { rules })).toBe("{{- if .Values.on }}\nimage: httpd\n{{- end }}\n");
  });

  test("YAML with actions in strings is no template", () => {
    const text = "on: push\nrun: echo ${{ github.sha }}\nimage: 'x'\n";
    expect(lint(version, text, { rules: { "yml/quotes": "error" } })).toEqual([
      "3:8 yml/quotes Strings must use doublequote.",
    ]);
  });
});

test("parserServices say what it is", () => {
  const file = { path: "a.yaml", physicalPath: "a.yaml", body: TEMPLATES[0] ?? "", bom: false };
  const result = language.parse(file, { languageOptions: {} });
  if (!result.ok) throw new Error("not parsed");
  const sourceCode = language.createSourceCode(file, result);
  expect(sourceCode.parserServices).toEqual({ isYAML: false, isContainerImagesTemplate: true });
  expect(sourceCode.ast.body).toEqual([]);
});
