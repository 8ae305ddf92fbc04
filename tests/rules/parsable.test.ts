import { Linter, type ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import yml from "eslint-plugin-yml";
import { createLanguage } from "../../lib/language/language.js";
import { createRules } from "../../rules/index.js";
import { services } from "./modes.js";

const plugin: ESLint.Plugin = { rules: createRules(services([])), languages: { yaml: createLanguage() } };

function lint(code: string, rules: Linter.RulesRecord = {}, filename = "t.yaml") {
  const config: Linter.Config = {
    files: ["**/*.*"],
    plugins: { "container-images": plugin, yml },
    language: "container-images/yaml",
    rules: { "container-images/parsable": "error", "container-images/require-digest": "error", ...rules },
  };
  return new Linter().verify(code, [config], { filename }).map(({ ruleId, line, message, fatal }) => ({
    rule: ruleId?.replace("container-images/", ""),
    line,
    message,
    fatal: fatal === true,
  }));
}

describe("parsable", () => {
  it("is silent in a file that is read whole", () => {
    expect(lint("image: 1\n{{ if .x }}\na: 1\n{{ end }}\n")).toEqual([]);
  });
  it("names the line from which a file is read line by line, and its images are linted all the same", () => {
    const messages = lint("{% if x %}\na: [\nimage: ghcr.io/a/b:1\n{% endif %}\n");
    expect(messages.map(({ rule, fatal }) => [rule, fatal])).toEqual([
      ["parsable", false],
      ["require-digest", false],
    ]);
    expect(messages[0]?.message).toMatch(/^Line \d+: read line by line, because /);
    expect(messages[1]?.line).toBe(3);
  });
  it("names an action that is never closed", () => {
    const messages = lint("a: {{ .x }}\nimage: ghcr.io/a/b:1\nb: {{ if\n");
    expect(messages.map(({ rule }) => rule)).toContain("parsable");
  });
  it("is silent about files without images that nobody asked a tree of", () => {
    expect(lint("a: [\n")).toEqual([]);
  });
  it("says so where another plugin's rule asked for a tree that cannot be built", () => {
    const messages = lint("a: [\n", { "yml/no-empty-mapping-value": "error" });
    expect(messages.map(({ rule, fatal }) => [rule, fatal])).toEqual([["parsable", false]]);
  });
  it("is one message a file", () => {
    const messages = lint(
      "{% if x %}\na: [\nimage: ghcr.io/a/b:1\nb: [\nimage: ghcr.io/a/b:2\n{% endif %}\n",
    );
    expect(messages.filter(({ rule }) => rule === "parsable")).toHaveLength(1);
  });
  it("leaves plain YAML that is broken to ESLint's own error", () => {
    expect(lint("image: ghcr.io/a/b:1\nb: [\n").map(({ fatal }) => fatal)).toEqual([true]);
  });
});
