// What pages name within a sentence is there: subcommands and options of the command; and npm's scripts.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { pages } from "./blocks.js";

const COMMAND = fileURLToPath(new URL("../../dist/lib/cli/main.js", import.meta.url));
const root = new URL("../../", import.meta.url);

/** The pages, but for the one that tells of old versions. */
const texts = pages()
  .filter((page) => page !== "CHANGELOG.md")
  .map((page) => ({ page, text: readFileSync(new URL(page, root), "utf8") }));

/** What stands in backticks on them. */
const words = texts.flatMap(({ page, text }) =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => ({ page, word })),
);

function helpOf(subcommand: string): string {
  return spawnSync(process.execPath, [COMMAND, subcommand, "--help"], { encoding: "utf8" }).stdout;
}

describe("within a sentence", () => {
  it("commands have the options that pages give them", () => {
    const used = words.flatMap(({ page, word }) => {
      const [, subcommand, rest = ""] =
        /^(?:npx )?(?:eslint-plugin-)?container-images ([a-z]+)\b(.*)$/.exec(word) ??
        /^(list|pin|verify|bom|charts) (--.*)$/.exec(word) ??
        [];
      return subcommand === undefined ? [] : [{ page, subcommand, options: rest.match(/--[a-z-]+/g) ?? [] }];
    });
    expect(used.length).toBeGreaterThan(10);
    const helps = new Map(
      [...new Set(used.map(({ subcommand }) => subcommand))].map((each) => [each, helpOf(each)]),
    );
    const wrong = used.filter(({ subcommand, options }) => {
      const help = helps.get(subcommand) ?? "";
      return !help.includes(` ${subcommand} `) || options.some((option) => !help.includes(`${option} `));
    });
    expect(wrong).toEqual([]);
  });

  it("npm has the scripts that pages run", () => {
    const scripts = texts.flatMap(({ page, text }) =>
      [...text.matchAll(/\bnpm run (?:--\S+ )*([\w:-]+)/g)].map(([, script = ""]) => ({ page, script })),
    );
    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter(({ script }) => !Object.hasOwn(packageJson.scripts, script))).toEqual([]);
  });
});
