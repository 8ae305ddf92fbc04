// The suggestion to exempt a report: where its comment goes, and that it silences only that report.
import { Linter, type ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { createLanguage } from "../../lib/language/language.js";
import { createRules } from "../../rules/index.js";
import { corpus, PLAIN, TEMPLATES } from "../language/texts.js";
import { services } from "./modes.js";

const RULES = ["require-digest", "no-incomplete-reference", "valid-reference"];
const plugin = {
  rules: createRules(services([])),
  languages: { yaml: createLanguage() },
} as unknown as ESLint.Plugin;
const linter = new Linter();

function lint(
  text: string,
  filename = "values.yaml",
  linterOptions: Linter.LinterOptions = {},
): Linter.LintMessage[] {
  const rules = Object.fromEntries(RULES.map((name) => [`container-images/${name}`, "error" as const]));
  return linter.verify(
    text,
    [
      {
        files: ["**/*.*"],
        plugins: { "container-images": plugin },
        language: "container-images/yaml",
        rules,
        linterOptions: { reportUnusedDisableDirectives: "error", ...linterOptions },
      },
    ],
    { filename },
  );
}

const exemption = (message: Linter.LintMessage | undefined) =>
  message?.suggestions?.find(({ desc }) => desc.startsWith("Exempt"));

function applied(text: string, message: Linter.LintMessage | undefined): string | undefined {
  const { fix } = exemption(message) ?? {};
  return fix && text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
}

const COMMENT = "# eslint-disable-next-line container-images/require-digest -- <why>";

describe("the comment goes", () => {
  it.each<[string, string, string]>([
    ["above a key", "image: nginx:1\n", `${COMMENT}\nimage: nginx:1\n`],
    [
      "above the tag, where the report is",
      "a:\n  image:\n    repository: quay.io/a/b\n    tag: v1\n",
      `a:\n  image:\n    repository: quay.io/a/b\n    ${COMMENT}\n    tag: v1\n`,
    ],
    ["above a list's item", "containers:\n- image: nginx:1\n", `containers:\n${COMMENT}\n- image: nginx:1\n`],
    [
      "above an item's later key",
      "containers:\n  - name: a\n    image: nginx:1\n",
      `containers:\n  - name: a\n    ${COMMENT}\n    image: nginx:1\n`,
    ],
    [
      "above a line that holds a whole flow mapping",
      "containers:\n  - { name: a, image: nginx:1 }\n",
      `containers:\n  ${COMMENT}\n  - { name: a, image: nginx:1 }\n`,
    ],
    ["between a key and its value below", "image:\n  nginx:1\n", `image:\n  ${COMMENT}\n  nginx:1\n`],
    ["behind a block scalar", "text: |\n  a\nimage: nginx:1\n", `text: |\n  a\n${COMMENT}\nimage: nginx:1\n`],
    ["with the file's line breaks", "a: b\r\nimage: nginx:1\r\n", `a: b\r\n${COMMENT}\r\nimage: nginx:1\r\n`],
    ["in the last line, which has none", "a: b\nimage: nginx:1", `a: b\n${COMMENT}\nimage: nginx:1`],
    [
      "in a template's arm",
      "{{- if .x }}\nspec:\n  containers:\n    - name: {{ .name }}\n      image: nginx:1\n{{- end }}\n",
      "{{- if .x }}\n" +
        "spec:\n" +
        "  containers:\n" +
        "    - name: {{ .name }}\n" +
        `      ${COMMENT}\n` +
        "      image: nginx:1\n" +
        "{{- end }}\n",
    ],
  ])("%s", (_, text, output) => {
    const [message] = lint(text, text.includes("{{") ? "templates/pod.yaml" : "values.yaml");
    expect(applied(text, message)).toBe(output);
  });
});

describe("no comment is offered", () => {
  it.each<[string, string, string?]>([
    ["in JSON", '{\n  "containers": [\n    { "image": "nginx:1" }\n  ]\n}\n'],
    [
      "in a flow collection that begins above",
      "containers: [\n  { image: nginx:1 },\n  { image: nginx:2 }]\n",
    ],
    [
      "in a block scalar",
      "apiVersion: v1\n" +
        "kind: ConfigMap\n" +
        "data:\n" +
        "  pod.yaml: |\n" +
        "    apiVersion: v1\n" +
        "    kind: Pod\n" +
        "    spec:\n" +
        "      containers:\n" +
        "        - image: nginx:1\n",
      "cm.yaml",
    ],
    ["in a folded scalar that is the image", "image: >-\n  nginx:1\n"],
    ["under a comment for that line", "# eslint-disable-next-line other/rule\nimage: nginx:1\n"],
    [
      "before an action that eats the line break",
      "containers:\n  - name: {{ .n -}}\n    image: nginx:1\n",
      "templates/pod.yaml",
    ],
    [
      "under an action that does",
      "containers:\n  - image: nginx:1 {{- .x }}\n    name: a {{ .y -}}\n\n  - image: nginx:2\n",
      "templates/pod.yaml",
    ],
  ])("%s", (_, text, filename) => {
    const messages = lint(text, filename).filter(
      ({ ruleId }) => ruleId === "container-images/require-digest",
    );
    expect(messages.length).toBeGreaterThan(0);
    expect(applied(text, messages.at(-1))).toBeUndefined();
  });
  it("where comments count for nothing", () => {
    const [message] = lint("image: nginx:1\n", "values.yaml", {
      noInlineConfig: true,
      reportUnusedDisableDirectives: "off",
    });
    expect(message?.ruleId).toBe("container-images/require-digest");
    expect(exemption(message)).toBeUndefined();
  });
});

describe("it silences its report and nothing else", () => {
  const texts = [...PLAIN, ...TEMPLATES].flatMap((text) => [
    { name: "values.yaml", text },
    { name: "templates/a.yaml", text },
  ]);
  it.each([
    ["own texts", texts],
    ["the user's tree", corpus()],
  ])("%s", (_, files) => {
    let offered = 0;
    for (const { name, text } of files) {
      const before = lint(text, name);
      const summary = (messages: readonly Linter.LintMessage[]): string[] =>
        messages.map(({ ruleId, message }) => `${String(ruleId)} ${message}`);
      for (const [index, message] of before.entries()) {
        const output = applied(text, message);
        if (output === undefined) continue;
        offered++;
        expect(summary(lint(output, name)), output).toEqual(summary(before.toSpliced(index, 1)));
      }
    }
    expect(offered).toBeGreaterThan(files.length === 0 ? -1 : 5);
  });
});
