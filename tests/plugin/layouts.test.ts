// Layouts of repositories and configurations in which the plugin must work.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { configText, link, userProject, type UserProject } from "../support/project.js";

const POD = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1.27\n";
const TEMPLATE = `{{- if .Values.x }}\n${POD}{{- end }}\n`;

let project: UserProject | undefined;
afterEach(() => project?.remove());

const rulesOf = (
  messages: ReadonlyMap<string, readonly { ruleId: string | null; fatal?: boolean }[]>,
): Record<string, (string | null)[]> =>
  Object.fromEntries(
    [...messages].map(([file, list]) => [file, list.map(({ ruleId, fatal }) => (fatal ? "fatal" : ruleId))]),
  );

describe("a repository that is not a Node project", () => {
  it("is linted from its root by a folder tools/image-lint", async () => {
    project = userProject({
      "recipes/a/values.yaml": "image:\n  repository: a/b\n  tag: v1\n",
      "recipes/a/manifests/m.yaml": TEMPLATE,
      "go.mod": "module x\n",
    });
    const lint = join(project.root, "tools/image-lint");
    mkdirSync(lint, { recursive: true });
    link(lint);
    writeFileSync(join(lint, "package.json"), '{"type":"module","private":true}');
    writeFileSync(
      join(lint, "eslint.config.js"),
      configText({ cacheDirectory: join(project.root, ".cache") }),
    );
    const { code, messages } = await project.lint(["-c", "tools/image-lint/eslint.config.js", "recipes"]);
    expect(code).toBe(1);
    expect(rulesOf(messages)).toEqual({
      "recipes/a/values.yaml": ["container-images/require-digest"],
      "recipes/a/manifests/m.yaml": ["container-images/require-digest"],
    });
    const listed = await project.command([
      "list",
      "--format",
      "json",
      "--config",
      "tools/image-lint/eslint.config.js",
      "recipes",
    ]);
    expect((JSON.parse(listed.out) as { file: string }[]).map(({ file }) => file)).toEqual([
      "recipes/a/manifests/m.yaml",
      "recipes/a/values.yaml",
    ]);
  });
});

describe("every other YAML file of a repository", () => {
  it("is neither a parsing error nor reported", async () => {
    project = userProject({
      "pnpm-lock.yaml": "lockfileVersion: '9.0'\nimage: ghcr.io/a/b:1\n",
      "node_modules/x/a.yaml": "image: ghcr.io/a/b:1\n",
      "vendor/a.yaml": "image: ghcr.io/a/b:1\nb: [\n",
      "openapi.yaml":
        "openapi: 3.1.0\n" +
        "components:\n" +
        "  schemas:\n" +
        "    Pet:\n" +
        "      properties:\n" +
        "        image: { type: string, example: 'https://example.com/a.png' }\n" +
        "        tag: { type: string }\n",
      ".github/dependabot.yml": "version: 2\nupdates: []\n",
      "playbook.yml": "- hosts: all\n  tasks:\n    - ec2: { image: '{{ ami }}' }\n",
      "jinja.yaml": "{% for a in b %}\n- name: {{ a }}\n{% endfor %}\n",
      "mkdocs.yml": "theme:\n  logo: logo.png\nmarkdown_extensions:\n  - x: { emoji: !!python/name:a.b.c }\n",
      "broken.yaml": "a: [\n",
      "empty.yaml": "",
      "alerts.yaml": 'groups:\n  - rules:\n      - annotations: { summary: "{{ $labels.image }} is down" }\n',
    });
    const { code, err, messages } = await project.lint(["."]);
    expect({ code, err, rules: [...messages.values()].flat() }).toEqual({ code: 0, err: "", rules: [] });
    const listed = await project.command(["list", "--format", "json"]);
    expect({ code: listed.code, rows: JSON.parse(listed.out) as unknown }).toEqual({ code: 0, rows: [] });
  });
});

describe("a configuration whose objects all get other files", () => {
  it("still reads those files", async () => {
    project = userProject({ "recipes/p.yaml": POD, "other/p.yaml": POD });
    project.write({
      "eslint.config.js":
        'import c from "eslint-plugin-container-images";\n' +
        "export default c.configs.recommended.map((config) => (\n" +
        '  { ...config, files: ["recipes/**/*.yaml"] }\n' +
        "));\n",
    });
    const { messages } = await project.lint(["."]);
    expect(rulesOf(messages)).toEqual({
      "eslint.config.js": [],
      "recipes/p.yaml": ["container-images/require-digest"],
    });
  });
});

describe("beside eslint-plugin-yml", () => {
  const files = {
    "values.yaml":
      "image:\n" +
      "    repository: 'a/b'\n" +
      "    tag: 1.10\n" +
      "proxy:\n" +
      "    repository: c/d\n" +
      "    tag: v1\n" +
      '    digest: ""\n',
    "t.yaml": TEMPLATE,
  };
  const imports =
    'import containerImages from "eslint-plugin-container-images";\nimport yml from "eslint-plugin-yml";\n';

  it("ours last: both plugins' rules work, and templates are read", async () => {
    project = userProject(files);
    project.write({
      "eslint.config.js":
        `${imports}export default ` + "[...yml.configs.standard, ...containerImages.configs.recommended];\n",
    });
    const { messages } = await project.lint(["."]);
    expect(rulesOf(messages)["values.yaml"]).toEqual(
      expect.arrayContaining([
        "yml/indent",
        "yml/quotes",
        "yml/no-trailing-zeros",
        "container-images/require-digest",
      ]),
    );
    expect(rulesOf(messages)["t.yaml"]).toEqual(["container-images/require-digest"]);
  });
  it("ours first: the template is a parsing error, which troubleshooting names", async () => {
    project = userProject(files);
    project.write({
      "eslint.config.js":
        `${imports}export default ` + "[...containerImages.configs.recommended, ...yml.configs.standard];\n",
    });
    const { messages } = await project.lint(["."]);
    expect(rulesOf(messages)["t.yaml"]).toEqual(["fatal"]);
    expect(rulesOf(messages)["values.yaml"]).toContain("container-images/require-digest");
  });
});
