// What CONTRIBUTING.md and docs/architecture.md name is there: paths, tables of the code, and each room.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { PLUGIN_NAME } from "../../lib/configs.js";
import { fileOf } from "../cli/recipes.js";
import { root } from "./packed.js";

const CONTRIBUTING = fileOf("CONTRIBUTING.md");

/** The words of a text that stand in backticks, without what stands in blocks of code. */
function codeOf(text: string): readonly string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => word);
}

/**
 * Whether a word in backticks is meant as a path: it has a folder or the extension of a file, and is neither
 * a command nor the name of a rule or language of ours.
 */
function isPath(word: string): boolean {
  return (
    /^[\w.-]+(?:\/|\.(?:[cm]?[jt]s|md|json)$)[\w./-]*$/.test(word) && !word.startsWith(`${PLUGIN_NAME}/`)
  );
}

/** Whether a path is there; `NAME` in it is anything. */
function isThere(path: string): boolean {
  if (!path.includes("NAME")) return existsSync(join(root, path));
  const folder = join(root, dirname(path));
  const [before = "", after = ""] = basename(path).split("NAME");
  return (
    existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(before) && file.endsWith(after))
  );
}

/** The text of a file, or of all files of a folder. */
function textAt(path: string): string {
  if (!path.endsWith("/")) return fileOf(path);
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(root, path, entry.name), "utf8"))
    .join("\n");
}

describe.each(["CONTRIBUTING.md", "docs/architecture.md"])("%s", (page) => {
  it("names only paths that are there", () => {
    const paths = codeOf(fileOf(page)).filter(isPath);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("names only tables that are in the file named beside them", () => {
    const cells = CONTRIBUTING.split("\n").flatMap((line) => (line.startsWith("|") ? line.split("|") : []));
    const named = cells.flatMap((cell) => {
      const words = codeOf(cell);
      const paths = words.filter((word) => isPath(word) && existsSync(join(root, word)));
      return words.filter((word) => /^[A-Z]+(?:_[A-Z]+)+$/.test(word)).map((table) => ({ table, paths }));
    });
    expect(named.length).toBeGreaterThan(3);
    const missing = named.filter(({ table, paths }) => !paths.some((path) => textAt(path).includes(table)));
    expect(missing.map(({ table }) => table)).toEqual([]);
  });

  it("draws every room and every file of lib, and nothing that is not there", () => {
    const [, house = ""] = /^## The house$[\s\S]*?^```\n([\s\S]*?)^```$/m.exec(CONTRIBUTING) ?? [];
    const drawn = [...house.matchAll(/^( *)(\S+)/gm)].map(([, indent, name = ""]) =>
      indent === "" ? name : `lib/${name}`,
    );
    expect(drawn.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const rooms = readdirSync(join(root, "lib"), { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `lib/${entry.name}/` : `lib/${entry.name}`,
    );
    expect(rooms.filter((room) => !drawn.includes(room))).toEqual([]);
  });
});

it.each([
  ["lib/yaml", true],
  ["lib/exempt.ts", true],
  [".ci/run", true],
  ["CHANGELOG.md", true],
  ["tests/rules/NAME.test.ts", true],
  ["npm run docs", false],
  ["container-images/yaml", false],
  ["import('x')", false],
  ["SETTING_ROWS", false],
  ["strict", false],
])("a word in backticks is a path, or is none: %s", (word, expected) => {
  expect(isPath(word)).toBe(expected);
});
