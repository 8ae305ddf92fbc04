// Which configuration the command works with, and what it says where there is none.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { configText } from "../support/project.js";
import { newProject } from "./list-project.js";

const listed = (out: string): readonly string[] =>
  (JSON.parse(out) as { file: string }[]).map(({ file }) => file);
const LIST = ["list", "--format", "json"];

function withoutRootConfiguration(files: Readonly<Record<string, string>>) {
  const project = newProject(files);
  rmSync(join(project.root, "eslint.config.js"));
  return project;
}

describe("without a configuration", () => {
  const WORDS = "using recommended, without your exemptions (--config names a configuration)";

  it.each([
    [["recipes"], "recipes/"],
    [["recipes/"], "recipes/"],
    [["recipes/a.yaml"], "recipes/a.yaml"],
    [["recipes/*.yaml"], "recipes/*.yaml"],
    [[], "this folder"],
    [
      ["recipes/a.yaml", "recipes/b.yaml", "recipes", ".", "recipes/*.yml"],
      "recipes/a.yaml, recipes/b.yaml, recipes/ and 2 more",
    ],
  ])("for %j, one line says so", async (paths, named) => {
    const project = withoutRootConfiguration({
      "recipes/a.yaml": pod("nginx:1"),
      "recipes/b.yaml": pod("nginx:1"),
      "recipes/c.yml": pod("nginx:1"),
    });
    const { err, out, code } = await project.command([...LIST, ...paths]);
    expect({ err, code }).toEqual({
      err: `no ESLint configuration found for ${named}; ${WORDS}\n`,
      code: 0,
    });
    expect(listed(out)).toContain("recipes/a.yaml");
  });

  it.each(["pin", "verify", "bom", "charts"])("%s says so too", async (command) => {
    const project = withoutRootConfiguration({ "recipes/a.yaml": "a: 1\n" });
    const { err } = await project.command([command], {
      env: { CONTAINER_IMAGES_RESOLVE: "cache", PATH: "" },
    });
    expect(err.match(/no ESLint configuration found for this folder; using recommended/g)).toHaveLength(1);
  });

  it("is not said where --config names one", async () => {
    const project = newProject({ "recipes/a.yaml": pod("nginx:1") });
    const { err } = await project.command([...LIST, "--config", "eslint.config.js", "recipes"]);
    expect(err).toBe("");
  });
});

describe("a configuration in a folder below", () => {
  const FILES = {
    "pkg/eslint.config.js": configText({ exempt: [{ image: "**", reason: "of pkg" }] }),
    "pkg/sub/a.yaml": pod("nginx:1"),
    "other/b.yaml": pod("nginx:1"),
  };

  it("counts for the paths in it, as for ESLint 10", async () => {
    const project = withoutRootConfiguration(FILES);
    const { err, out } = await project.command([...LIST, "pkg/sub"]);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject([{ file: "pkg/sub/a.yaml", exempt: "of pkg" }]);
    expect((await project.eslint(["pkg/sub"])).code).toBe(0);
  });

  it("does not count for ESLint 9, which looks in the working directory", async () => {
    const project = withoutRootConfiguration(FILES);
    project.use("eslint9");
    const { err, out } = await project.command([...LIST, "pkg/sub"]);
    expect(err).toMatch(/^no ESLint configuration found for pkg\/sub\/; /);
    expect(JSON.parse(out)).toMatchObject([{ file: "pkg/sub/a.yaml", exempt: null }]);
  });

  it("is no configuration for other paths beside them, where ESLint fails too", async () => {
    const project = withoutRootConfiguration(FILES);
    const { err, out, code } = await project.command([...LIST, "pkg", "other"]);
    expect({ err, out, code }).toEqual({
      err:
        "container-images: no ESLint configuration found for other/, but for other paths; " +
        "name one with --config\n",
      out: "",
      code: 2,
    });
    expect((await project.eslint(["pkg", "other"])).code).toBe(2);
  });
});

it("says that a configuration hands no file on, so that a gate is not falsely green", async () => {
  const project = newProject({
    "eslint.config.js": "export default [{ rules: {} }];\n",
    "a.js": "export {};\n",
    "recipes/a.yaml": pod("nginx:1"),
  });
  const { code, err } = await project.command(["bom", "--require-digests", "--output", "/dev/null"]);
  expect({ code, err }).toEqual({
    code: 0,
    err:
      "nothing was read: the ESLint configuration names no YAML file in this folder " +
      "(see `configs.recommended`)\n",
  });
});

describe("a configuration that cannot be loaded", () => {
  const BROKEN = "export default [{ files: [";
  const WRONG = 'export default [{ files: ["**/*.yaml"], rulez: {} }];';

  it.each([
    [BROKEN, "Unexpected end of input"],
    [WRONG, 'Config (unnamed): Unexpected key "rulez" found.'],
  ])("is named: %s", async (text, message) => {
    const project = newProject({
      "a.yaml": pod("nginx:1"),
      "eslint.config.js": text,
      "b/own.config.js": text,
    });
    for (const command of ["list", "pin", "verify", "bom", "charts"]) {
      const own = await project.command([command, "--config", "b/own.config.js"]);
      expect(own).toMatchObject({
        code: 2,
        err: `container-images: b/own.config.js cannot be loaded: ${message}\n`,
      });
      const found = await project.command([command]);
      expect(found).toMatchObject({
        code: 2,
        err: `container-images: eslint.config.js cannot be loaded: ${message}\n`,
      });
    }
  });

  it("is not blamed for a path that does not exist", async () => {
    const project = newProject({ "a.yaml": pod("nginx:1") });
    const { err } = await project.command(["list", "none.yaml"]);
    expect(err).not.toContain("cannot be loaded");
  });
});
