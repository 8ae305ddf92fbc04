// The command lines that a message prints work where they are pasted, on the same files.
import { spawnSync } from "node:child_process";
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

function line(paths: readonly string[], config?: string, command = "pin"): string {
  return commandLine(NAME, [command], { cwd, config, paths });
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
])("to look at many paths, the folder that holds them: $is", ({ paths, is }) => {
  expect(line(paths, undefined, "list")).toBe(`npx ${NAME} list ${is}`);
});

it("to write, each path and no folder: nobody asked for what else it holds", () => {
  const paths = Array.from({ length: 60 }, (_, index) => `apps/${String(index)}/values.yaml`);
  expect(line(paths)).toBe(`npx ${NAME} pin ${paths.join(" ")}`);
  const many = Array.from({ length: 600 }, (_, index) => `apps/${String(index)}/values.yaml`);
  expect(line(many)).toBe(`npx ${NAME} pin --dry-run apps`);
  const options = { cwd, config: undefined, paths: many };
  expect(commandLine("eslint", ["--suppress-all"], options)).toBe("npx eslint --suppress-all apps");
});

it("the folder of the program that runs, where the command was given no configuration", () => {
  install("tools/image-lint", NAME, ".bin");
  const [node = "", before = ""] = process.argv;
  try {
    process.argv[1] = join(cwd, "tools/image-lint/node_modules/.bin/container-images");
    expect(line(["recipes"])).toBe(`npx --prefix tools/image-lint ${NAME} pin recipes`);
    // What npx has fetched is no folder of the user's.
    process.argv[1] = join(cwd, "../_npx/0/node_modules/.bin/container-images");
    expect(line(["recipes"])).toBe(`npx ${NAME} pin recipes`);
  } finally {
    process.argv.splice(0, 2, node, before);
  }
});

it("a name that a terminal cannot show is written so that a shell reads it", () => {
  const names = ["a\nb.yaml", "it's\tso.yaml", "\u202egnp.yaml", "ä b.yaml"];
  const words = line(names).slice(`npx ${NAME} pin `.length);
  expect(words).toBe("$'a\\x0ab.yaml' $'it\\x27s\\x09so.yaml' $'\\xe2\\x80\\xaegnp.yaml' 'ä b.yaml'");
  const echoed = spawnSync("bash", ["-c", `printf '%s|' ${words}`], { encoding: "utf8" });
  if (!echoed.error) expect(echoed.stdout.split("|").slice(0, -1)).toEqual(names);
});

it("a working directory is no glob", () => {
  const paths = ["a", "b", "c", "d", "e", "f"].map((name) => `recipes/${name}.yaml`);
  const options = { cwd: join(cwd, "(one)", "[two]"), config: undefined, paths };
  expect(commandLine(NAME, ["list"], options)).toBe(`npx ${NAME} list recipes`);
});

it("a path is no option, and is not cut", () => {
  const long = `recipes/${"a-long-name/".repeat(30)}values.yaml`;
  expect(line(["-x.yaml", long])).toBe(`npx ${NAME} pin ./-x.yaml ${long}`);
});
