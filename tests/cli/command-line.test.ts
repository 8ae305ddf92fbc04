// The command lines that a message prints work where they are pasted, on the same files.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { commandLine } from "../../lib/cli/command-line.js";

const NAME = "eslint-plugin-container-images";
const CONFIG = "tools/image-lint/eslint.config.js";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "container-images-line-"));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function install(folder: string, ...packages: readonly string[]): void {
  for (const each of packages) mkdirSync(join(cwd, folder, "node_modules", each), { recursive: true });
}

function line(paths: readonly string[], config?: string): string {
  return commandLine(NAME, ["pin"], { cwd, config, paths });
}

it("an ESLint of the repository's own, without the plugin, is not the one that is meant", () => {
  install(".", "eslint");
  install("tools/image-lint", "eslint", NAME);
  const folder = "npx --prefix tools/image-lint";
  expect(line(["recipes"], CONFIG)).toBe(`${folder} ${NAME} pin --config ${CONFIG} recipes`);
  expect(commandLine("eslint", ["--prune-suppressions"], { cwd, config: CONFIG, paths: ["."] })).toBe(
    `${folder} eslint --prune-suppressions --config ${CONFIG} .`,
  );
});

it("a repository that has the plugin needs no folder", () => {
  install(".", "eslint", NAME);
  expect(line(["recipes"], "configs/images.mjs")).toBe(`npx ${NAME} pin --config configs/images.mjs recipes`);
});

it.each([
  { paths: ["1", "2", "3", "4", "5", "6"].map((name) => `recipes/app/${name}.yaml`), is: "recipes/app" },
  { paths: ["1", "2", "3", "4", "5", "6"].map((name) => `recipes/${name}/values.yaml`), is: "recipes" },
  { paths: ["a", "b", "c", "d", "e", "recipes/f"], is: "." },
  { paths: ["a", "b", "c", "d", "e", "f"].map((name) => `../other/${name}.yaml`), is: "../other" },
  { paths: ["a", "b", "c", "d", "e", "*.yaml"].map((name) => `recipes/x/${name}`), is: "recipes/x" },
  { paths: ["a", "b", "c", "d", "e", "**/f.yaml"].map((name) => `recipes/${name}`), is: "recipes" },
])("of many paths, the folder that holds them: $is", ({ paths, is }) => {
  expect(line(paths)).toBe(`npx ${NAME} pin ${is}`);
});

it("a working directory is no glob", () => {
  const paths = ["a", "b", "c", "d", "e", "f"].map((name) => `recipes/${name}.yaml`);
  const options = { cwd: join(cwd, "(one)", "[two]"), config: undefined, paths };
  expect(commandLine(NAME, ["pin"], options)).toBe(`npx ${NAME} pin recipes`);
});

it("a path is no option, and is not cut", () => {
  const long = `recipes/${"a-long-name/".repeat(30)}values.yaml`;
  expect(line(["-x.yaml", long])).toBe(`npx ${NAME} pin ./-x.yaml ${long}`);
});
