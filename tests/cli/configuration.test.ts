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

  it("is named for ESLint 9, which does not look there: pin would write what it exempts", async () => {
    const project = withoutRootConfiguration(FILES);
    project.use("eslint9");
    for (const path of ["pkg/sub", "."]) {
      const { code, out, err } = await project.command([...LIST, path]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(
        /^container-images: no ESLint configuration found for [^;]+: ESLint 9\.\d+\.\d+ does /,
      );
      expect(err).toMatch(/ not look for the one in pkg\/; start there, or name it with --config\n$/);
      expect((await project.eslint([path])).code).toBe(2);
    }
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

describe("a configuration in each of several folders, and none above", () => {
  const FILES = {
    "apps/a/eslint.config.js": configText({ exempt: [{ image: "**", reason: "of a" }] }),
    "apps/a/k8s/p.yaml": pod("nginx:1"),
    "apps/b/eslint.config.js": configText({}),
    "apps/b/k8s/p.yaml": pod("nginx:2"),
  };
  const GATE = ["bom", "--require-digests", "--output", "/dev/null"];

  it.each(["apps", "apps/**/*.yaml", "apps/*/k8s/*.yaml"])(
    "counts for %s, as for ESLint 10",
    async (path) => {
      const project = withoutRootConfiguration(FILES);
      expect((await project.eslint([path])).code).toBe(1);
      const { err, code, out } = await project.command([...LIST, path]);
      expect({ err, code }).toEqual({ err: "", code: 0 });
      expect(JSON.parse(out)).toMatchObject([{ exempt: "of a" }, { exempt: null }]);
      const gate = await project.command([...GATE, path]);
      expect(gate.code).toBe(1);
      expect(gate.err).not.toContain("nginx:1");
    },
  );

  it.each([
    ["apps", "apps/"],
    [".", "this folder"],
  ])("is an error for %s, where a file has none, as for ESLint", async (path, named) => {
    const project = withoutRootConfiguration({ ...FILES, "apps/c.yaml": pod("nginx:3") });
    expect((await project.eslint([path])).code).toBe(2);
    expect(await project.command([...GATE, path])).toEqual({
      code: 2,
      out: "",
      err:
        `container-images: no ESLint configuration found for some files in ${named}; add one above them, ` +
        "name other paths, or name one with --config\n",
    });
  });

  it("is not run where ESLint ignores it", async () => {
    const project = newProject({
      "a.yaml": "a: 1\n",
      "vendor/x/eslint.config.js": 'throw new Error("it ran");\n',
      "vendor/x/a.yaml": pod("nginx:1"),
      "eslint.config.js": configText({}, '{ ignores: ["vendor/**"] },'),
    });
    expect((await project.command([...LIST, "vendor"])).err).toMatch(
      /All files matched by 'vendor' are ignored/,
    );
    expect((await project.command([...LIST, ".", "nope"])).err).toMatch(/No files matching 'nope'/);
  });

  it("is named where it cannot be loaded", async () => {
    const project = withoutRootConfiguration({ ...FILES, "apps/b/eslint.config.js": "export default [;" });
    const { code, err } = await project.command([...GATE, "apps"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^container-images: apps\/b\/eslint\.config\.js cannot be loaded: /);
  });
});

describe("a path outside of the working directory, which ESLint ignores there", () => {
  const FILES = { "a/p.yaml": pod("nginx:1"), "b/p.yaml": pod("nginx:2") };
  const GATE = ["bom", "--require-digests", "--output", "/dev/null"];
  const refused = (path: string) => ({
    code: 2,
    out: "",
    err:
      `container-images: ${path} is outside of the working directory, where no configuration counts; ` +
      "start in the repository's root\n",
  });

  it.each(["..", "../*/p.yaml", "../b/p.yaml"])("is no part of a gate: %s", async (path) => {
    const project = withoutRootConfiguration(FILES);
    const cwd = join(project.root, "a");
    expect(await project.command([...GATE, ".", path], { cwd })).toEqual(refused(path));
    project.write({ "c.mjs": configText({}) });
    expect(await project.command([...GATE, "--config", "../c.mjs", path], { cwd })).toEqual(refused(path));
  });

  it("nor where ESLint 9 has found the configuration of the working directory", async () => {
    const project = withoutRootConfiguration({ ...FILES, "a/eslint.config.js": configText({}) });
    project.use("eslint9");
    const cwd = join(project.root, "a");
    expect(await project.command([...GATE, "../b/p.yaml"], { cwd })).toEqual(refused("../b/p.yaml"));
  });

  it("is one where a configuration above governs it", async () => {
    const project = newProject(FILES);
    const { code, err } = await project.command([...GATE, ".."], { cwd: join(project.root, "a") });
    expect(code).toBe(1);
    expect(err).toContain("unpinned ../b/p.yaml:");
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
