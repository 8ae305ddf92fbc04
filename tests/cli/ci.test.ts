// The workflows and hooks that docs/ci.md shows, run as they are written there.
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { afterEach, describe, expect, it } from "vitest";
import { userProject, type UserProject } from "../support/project.js";
import { blocksOf, fileOf } from "./recipes.js";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const DIGEST = `sha256:${"a".repeat(64)}`;
const pod = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;

let project: UserProject | undefined;
afterEach(() => project?.remove());

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Readonly<Record<string, string>>;
        readonly steps: readonly {
          readonly run?: string;
          readonly uses?: string;
          readonly with?: Readonly<Record<string, unknown>>;
        }[];
      }
    >
  >;
}

/** Runs a step's `npx` line with what is installed here. */
function step(line: string, env: Readonly<Record<string, string>> = {}) {
  const [npx, program, ...args] = line.split(" ");
  expect(npx).toBe("npx");
  if (!project) throw new Error("no project");
  return program === "eslint" ? project.eslint(args, { env }) : project.command(args, { env });
}

describe("the workflows of docs/ci.md", () => {
  const [first = "", second = "", , preCommit = "", local = ""] = blocksOf("docs/ci.md", "yaml");

  it("lint into SARIF, upload it, and hold the gate", async () => {
    const { lint } = (load(first) as Workflow).jobs;
    const lines = (lint?.steps ?? []).flatMap(({ run }) => (run?.startsWith("npx ") ? [run] : []));
    expect(lines).toHaveLength(2);
    project = userProject({ "recipes/a.yaml": pod("nginx:1"), "recipes/b.yaml": pod(`nginx@${DIGEST}`) });
    symlinkSync(join(modules, "@microsoft"), join(project.root, "node_modules/@microsoft"), "dir");
    const [linted, gate] = [await step(lines[0] ?? "", lint?.env), await step(lines[1] ?? "", lint?.env)];
    expect({ code: linted.code, err: linted.err }).toEqual({ code: 1, err: "" });
    expect({ code: gate.code, err: gate.err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^unpinned recipes\/a\.yaml:5 nginx:1\n/) as unknown,
    });
    const upload = lint?.steps.find(({ uses }) => uses?.includes("upload-sarif"));
    const sarif = JSON.parse(project.read(String(upload?.with?.["sarif_file"]))) as {
      version: string;
      runs: readonly {
        results: readonly {
          ruleId: string;
          locations: readonly {
            physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          }[];
        }[];
      }[];
    };
    expect(sarif.version).toBe("2.1.0");
    expect(
      sarif.runs[0]?.results.map(({ ruleId, locations }) => [
        ruleId,
        locations[0]?.physicalLocation.region.startLine,
        locations[0]?.physicalLocation.artifactLocation.uri.endsWith("recipes/a.yaml"),
      ]),
    ).toEqual([["container-images/require-digest", 5, true]]);
    expect(existsSync(join(project.root, "bom.cdx.json"))).toBe(true);
  });

  it("verify on a schedule", async () => {
    const { verify } = (load(second) as Workflow).jobs;
    const line = verify?.steps.find(({ run }) => run?.startsWith("npx "))?.run ?? "";
    project = userProject({ "recipes/a.yaml": pod("nginx:1") });
    expect(await step(line)).toEqual({
      code: 0,
      err: "",
      out: "0 pinned references; 1 image has no digest (see `eslint`)\n",
    });
  });

  it("name hooks that are there", () => {
    const hooks = load(fileOf(".pre-commit-hooks.yaml")) as readonly { id: string }[];
    const ids = (text: string): readonly string[] =>
      (load(text) as { repos: readonly { hooks: readonly { id: string }[] }[] }).repos.flatMap((repo) =>
        repo.hooks.map(({ id }) => id),
      );
    expect(hooks.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids(preCommit), ...ids(local)]));
    expect(blocksOf("docs/ci.md", "yaml")).toHaveLength(5);
    expect(fileOf("docs/ci.md")).toContain("container-images-pin");
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const hooks = load(fileOf(".pre-commit-hooks.yaml")) as readonly {
    readonly id: string;
    readonly entry: string;
    readonly files: string;
    readonly types?: readonly string[];
  }[];
  const entry = (id: string): readonly string[] => {
    const [program, ...args] = hooks.find((hook) => hook.id === id)?.entry.split(" ") ?? [];
    expect(program).toBe("container-images");
    return args;
  };

  it.each(["with a configuration", "without one"])("checks the files that it is given, %s", async (how) => {
    project = userProject({ "a.yaml": pod("nginx:1"), "b.yaml": pod(`nginx@${DIGEST}`) });
    if (how === "without one") rmSync(join(project.root, "eslint.config.js"));
    const notice = (files: string): string =>
      how === "without one" ? `no ESLint configuration found for ${files}; using recommended, ` : "";
    const passed = await project.command([...entry("container-images"), "b.yaml"]);
    expect(passed).toMatchObject({ code: 0, out: "" });
    expect(passed.err.split("\n")).toHaveLength(how === "without one" ? 2 : 1);
    expect(passed.err.startsWith(notice("b.yaml"))).toBe(true);
    const { code, out, err } = await project.command([...entry("container-images"), "a.yaml", "b.yaml"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.startsWith(notice("a.yaml, b.yaml"))).toBe(true);
    expect(err).toMatch(/^unpinned a\.yaml:5 nginx:1\n/m);
  });

  it.each(["a.yaml", "a/b.yml", "a.gotmpl", "a/b.yaml.gotmpl", "a/b.yaml.tpl"])("are given %s", (path) => {
    const local = blocksOf("docs/ci.md", "yaml").flatMap(
      (block) => /^ *files: (.*)$/m.exec(block)?.[1] ?? [],
    );
    expect(local).toHaveLength(1);
    for (const files of [...hooks.map((hook) => hook.files), ...local]) {
      expect(path).toMatch(new RegExp(files));
      expect("a.yaml.md").not.toMatch(new RegExp(files));
    }
    // It would have to hold also, and `yaml` holds for no template.
    expect(hooks.flatMap(({ types = [] }) => types)).toEqual([]);
  });

  it("finds an image in a template that the configuration names", async () => {
    const language =
      'import c from "eslint-plugin-container-images";\nexport default ["yaml", "gotmpl"].flatMap((end) => ' +
      "c.configs.recommended.map((each) => ({ ...each, files: [`**/*.${end}`] })));\n";
    project = userProject({ "eslint.config.js": language, "a.gotmpl": pod("nginx:1"), "b.yaml": pod("c:1") });
    const { code, err } = await project.command([...entry("container-images"), "a.gotmpl"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining("unpinned a.gotmpl:5 nginx:1") as string,
    });
  });

  it("passes a template that no configuration names", async () => {
    project = userProject({ "a.tpl": pod("nginx:1") });
    expect((await project.command([...entry("container-images"), "a.tpl"])).code).toBe(0);
  });

  it("pins the files that it is given", async () => {
    project = userProject({ "a.yaml": pod(`nginx@${DIGEST}`), "b.yaml": pod("nginx:1") });
    expect(await project.command([...entry("container-images-pin"), "a.yaml"])).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect(project.read("b.yaml")).toBe(pod("nginx:1"));
  });
});
