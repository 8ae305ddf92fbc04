// `settings.fields` in the rules: the language does not know the settings, and what only they name is found
// all the same.
import { Linter, type ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import yml from "eslint-plugin-yml";
import { createLanguage } from "../../lib/language/language.js";
import { createRules } from "../../rules/index.js";
import { DIGEST, services } from "./modes.js";

const SETTINGS = { "container-images": { fields: [{ keys: { repository: "ref", tag: "ver" } }] } };
const PLAIN = "app:\n  ref: quay.io/a/b\n  ver: v1\n";
const TEMPLATE = `{{ if .x }}\n${PLAIN}{{ end }}\n`;

const plugin: ESLint.Plugin = {
  rules: createRules(services(["quay.io/a/b:v1"])),
  languages: { yaml: createLanguage() },
};

function configOf(
  languageOptions: Linter.LanguageOptions = {},
  rules: Linter.RulesRecord = {},
): Linter.Config[] {
  const ours: Linter.RulesRecord = {
    "container-images/parsable": "error",
    "container-images/require-digest": "error",
  };
  return [
    {
      files: ["**/*.*"],
      plugins: { "container-images": plugin, yml },
      language: "container-images/yaml",
      languageOptions,
      settings: SETTINGS,
      rules: { ...ours, ...rules },
    },
  ];
}

const lint = (code: string, config = configOf()): (string | null)[] =>
  new Linter()
    .verify(code, config, { filename: "values.yaml" })
    .map(({ ruleId, message }) => `${ruleId ?? "fatal"}: ${message}`);

describe("a file that holds none of our keys, only the user's", () => {
  it.each([
    ["plain YAML", PLAIN],
    ["a template", TEMPLATE],
  ])("is linted and pinned: %s", (_, text) => {
    expect(lint(text)).toEqual(["container-images/require-digest: `quay.io/a/b:v1` is not pinned by digest"]);
    expect(new Linter().verifyAndFix(text, configOf(), { filename: "values.yaml" }).output).toBe(
      text.replace("v1", `v1@${DIGEST}`),
    );
  });

  it.each([
    ["plain YAML", PLAIN],
    ["a template", TEMPLATE],
  ])("is left alone where `images` is false: %s", (_, text) => {
    expect(lint(text, configOf({ images: false }))).toEqual([]);
  });

  it.each([
    ["plain YAML", PLAIN],
    ["a template", TEMPLATE],
  ])("knows ESLint's comments: %s", (_, text) => {
    expect(
      lint(
        text.replace("  ver:", "  # eslint-disable-next-line container-images/require-digest -- why\n  ver:"),
      ),
    ).toEqual([]);
  });

  it("is named by `parsable` where it is broken, once, whatever other plugins ask", () => {
    const broken = `${PLAIN}b: [\n`;
    const expected = [expect.stringMatching(/^container-images\/parsable: .+/)];
    expect(lint(broken)).toEqual(expected);
    expect(lint(broken, configOf({}, { "yml/no-empty-mapping-value": "error" }))).toEqual(expected);
  });

  it("is named by `parsable` where a part is read line by line", () => {
    expect(lint(`a: {{ .x }}\nb: [ {{ if\n${PLAIN}`)).toContainEqual(
      expect.stringMatching(/^container-images\/parsable: Line 4: read line by line/),
    );
  });
});
