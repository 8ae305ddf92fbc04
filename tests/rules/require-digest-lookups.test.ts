// What require-digest looks up, in templates and other files too.
import { Linter, type ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { requireDigest } from "../../rules/require-digest.js";
import { createLanguage } from "../../lib/language/language.js";
import { DIGEST, services } from "./modes.js";

const POD = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;
const NGINX = "docker.io/library/nginx:1.27";

const plugin = (rule: ReturnType<typeof requireDigest>): ESLint.Plugin => ({
  rules: { "require-digest": rule },
  languages: { yaml: createLanguage() },
});

function lint(code: string, filename = "t.yaml", known: readonly string[] = [NGINX], linterOptions = {}) {
  const record = services(known);
  const linter = new Linter();
  const messages = linter.verify(
    code,
    [
      {
        files: ["**/*.*"],
        plugins: { "container-images": plugin(requireDigest(record)) },
        language: "container-images/yaml",
        rules: { "container-images/require-digest": "error" },
        linterOptions,
      },
    ],
    { filename },
  );
  return { messages, calls: record.calls };
}

describe("require-digest: what is looked up", () => {
  it("asks once for a whole file", () => {
    expect(lint(POD("a:1\n    - image: b:2\n    - image: a:1")).calls).toEqual([
      ["docker.io/library/a:1", "docker.io/library/b:2", "docker.io/library/a:1"],
    ]);
  });
  it("does not ask for what a comment disables", () => {
    const text = POD(
      "a:1 # eslint-disable-line container-images/require-digest -- r\n" +
        "    # eslint-disable-next-line\n" +
        "    - image: b:2\n" +
        "    - image: c:3\n" +
        "    # eslint-disable container-images/require-digest\n" +
        "    - image: d:4\n" +
        "    # eslint-enable\n" +
        "    - image: e:5",
    );
    const { calls, messages } = lint(text);
    expect(calls).toEqual([["docker.io/library/c:3", "docker.io/library/e:5"]]);
    expect(messages).toHaveLength(2);
  });
  it("asks for what a comment disables where comments do not count", () => {
    const { calls, messages } = lint(POD("a:1 # eslint-disable-line"), "t.yaml", [], {
      noInlineConfig: true,
    });
    expect(calls).toEqual([["docker.io/library/a:1"]]);
    expect(messages.filter((message) => message.ruleId !== null)).toHaveLength(1);
  });
  it("does not ask for what may not be written", () => {
    expect(lint("image:\n  repository: a/b\n  tag: 1.10\n", "values.yaml").calls).toEqual([]);
  });
});

describe("require-digest: templates", () => {
  const text =
    "{{- if .x }}\n" +
    `${POD("nginx:1.27")}      {{- toYaml .y | nindent 6 }}\n` +
    "{{- else }}\n" +
    `${POD("nginx:1.27 # eslint-disable-line container-images/require-digest -- r")}{{- end }}\n`;
  it("reports and fixes in every arm, and honours comments there", () => {
    const record = services([NGINX]);
    const linter = new Linter();
    const config = [
      {
        files: ["**/*.*"],
        plugins: { "container-images": plugin(requireDigest(record)) },
        language: "container-images/yaml",
        rules: { "container-images/require-digest": "error" as const },
      },
    ];
    const { output, messages } = linter.verifyAndFix(text, config, { filename: "t.yaml" });
    expect(messages).toEqual([]);
    expect(output).toBe(text.replace("nginx:1.27\n", `nginx:1.27@${DIGEST}\n`));
  });
});

describe("require-digest: other files", () => {
  it("is silent in JavaScript", () => {
    const linter = new Linter();
    const rule = requireDigest(services([NGINX]));
    const messages = linter.verify(
      "const a = { image: 'ghcr.io/a/b:1' };\n",
      [
        {
          files: ["**/*.js"],
          plugins: { "container-images": plugin(rule) },
          rules: { "container-images/require-digest": "error" },
        },
      ],
      { filename: "a.js" },
    );
    expect(messages).toEqual([]);
  });
});
