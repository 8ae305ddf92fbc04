// Configurations in CommonJS load the plugin too, with its types; and an ESLint that is too old is told so.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, node, pack, root, type Ran } from "./packed.js";

let project: string;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "container-images-pack-"));
  project = join(folder, "project");
  mkdirSync(project);
  install(pack(folder), project);
  write("package.json", '{ "private": true }');
  write("pod.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1\n");
});

afterAll(() => {
  rmSync(join(project, ".."), { recursive: true, force: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(project, path), text);
}

describe("require", () => {
  it("gives the plugin that import gives", () => {
    write(
      "same.mjs",
      'import { createRequire } from "node:module";\n' +
        'import plugin from "eslint-plugin-container-images";\n' +
        'const required = createRequire(import.meta.url)("eslint-plugin-container-images");\n' +
        "console.log(required === plugin, Object.keys(required.configs).join());\n",
    );
    expect(node(project, ["same.mjs"])).toEqual({ status: 0, output: "true recommended,strict\n" });
  });

  it.each(["eslint.config.cjs", "eslint.config.js"])("works in %s", (name) => {
    write(
      name,
      'const containerImages = require("eslint-plugin-container-images");\n' +
        "module.exports = [...containerImages.configs.recommended];\n",
    );
    const eslint = join(root, "node_modules/eslint/bin/eslint.js");
    const { status, output } = node(project, [eslint, "--config", name, "pod.yaml"]);
    expect(output).toContain("`nginx:1` is not pinned by digest");
    expect(output).not.toContain("Warning");
    expect(status).toBe(1);
    rmSync(join(project, name));
  });
});

describe("the types", () => {
  const USE =
    "const rows: readonly { readonly name?: string }[] = plugin.configs.recommended;\n" +
    "const version: string = plugin.meta.version;\n" +
    "// @ts-expect-error -- there is no such configuration\n" +
    "plugin.configs.nothing;\n" +
    "void [rows, version];\n";

  it.each([
    ["config.cts", 'import plugin = require("eslint-plugin-container-images");\n', "node16"],
    ["config.mts", 'import plugin from "eslint-plugin-container-images";\n', "node16"],
    ["config.cts", 'import plugin = require("eslint-plugin-container-images");\n', "nodenext"],
    ["config.cts", 'import plugin from "eslint-plugin-container-images";\n', "node16"],
    ["config.mts", 'import plugin from "eslint-plugin-container-images";\n', "nodenext"],
  ])("are right in %s with %s and module %s", (name, head, module) => {
    write(name, `${head}${USE}`);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", module, "--esModuleInterop"];
    expect(node(project, [tsc, ...options, name])).toEqual({ status: 0, output: "" });
    rmSync(join(project, name));
  });
});

describe("an ESLint that is too old", () => {
  /** A package that does what ESLint 8 does before it loads a plugin. */
  function old(version: string, load: string): Ran {
    const folder = join(project, "old/node_modules/eslint");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "eslint", version, main: "api.js" }));
    writeFileSync(
      join(folder, "api.js"),
      `require("./package.json");\nexports.ESLint = class {\n  static version = "${version}";\n};\n`,
    );
    writeFileSync(join(project, "old/load.cjs"), load);
    return node(join(project, "old"), ["load.cjs"]);
  }
  const LOAD =
    'require("eslint");\n' +
    'import("eslint-plugin-container-images").catch((error) => console.log(error.message));\n';

  it.each([
    LOAD,
    LOAD.replace("import(", "new Promise((done) => done(require(").replace('images")', 'images")))'),
  ])("is told which one is needed: %s", (load) => {
    expect(old("8.57.1", load).output).toBe(
      "eslint-plugin-container-images needs ESLint ^9.38.0 || ^10.0.0; this is ESLint 8.57.1: " +
        "npm install --save-dev eslint@latest\n",
    );
  });

  it("is fine beside one that is new enough, as in an editor's server", () => {
    const both = `require(${JSON.stringify(join(root, "node_modules/eslint"))});\n${LOAD}`;
    expect(old("8.57.1", both)).toEqual({ status: 0, output: "" });
    expect(old("10.0.0", LOAD)).toEqual({ status: 0, output: "" });
  });

  it("is told so by the command", () => {
    old("8.57.1", "");
    writeFileSync(join(project, "old/eslint.config.js"), "module.exports = [];\n");
    const command = join(project, "node_modules/eslint-plugin-container-images/dist/lib/cli/main.js");
    expect(node(join(project, "old"), [command, "list"])).toEqual({
      status: 2,
      output:
        "container-images: eslint-plugin-container-images needs ESLint ^9.38.0 || ^10.0.0; " +
        "this is ESLint 8.57.1: npm install --save-dev eslint@latest\n",
    });
  });
});

it("Node says nothing about it either", () => {
  const script = 'require("eslint-plugin-container-images")';
  expect(execFileSync(process.execPath, ["-e", script], { cwd: project, encoding: "utf8" })).toBe("");
});
