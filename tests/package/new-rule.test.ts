// `npm run new-rule`, in a copy of the few files that it reads and writes.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { node, root, type Ran } from "./packed.js";

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "container-images-new-rule-"));
  for (const folder of ["tests/rules", "docs/rules", "rules", "scripts"])
    mkdirSync(join(copy, folder), { recursive: true });
  for (const file of ["scripts/new-rule.mjs", "rules/index.ts"]) cpSync(join(root, file), join(copy, file));
});

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

const newRule = (...args: readonly string[]): Ran => node(copy, ["scripts/new-rule.mjs", ...args]);
const textOf = (file: string): string => readFileSync(join(copy, file), "utf8");

describe("npm run new-rule", () => {
  it("writes the rule's file, tests and page, formatted, and says so", async () => {
    const { status, output } = newRule("demo-rule", "require demo");
    expect(status, output).toBe(0);
    const prettier = await resolveConfig(join(root, "package.json"));
    for (const file of ["rules/demo-rule.ts", "tests/rules/demo-rule.test.ts"]) {
      expect(output).toContain(`wrote ${file}\n`);
      expect(textOf(file)).toBe(await format(textOf(file), { ...prettier, parser: "typescript" }));
    }
    expect(textOf("docs/rules/demo-rule.md")).toContain("TODO");
  });

  it("adds the import and a row that is off, and changes nothing else in the table of rules", () => {
    const before = textOf("rules/index.ts").split("\n");
    newRule("demo-rule", "require demo");
    const after = textOf("rules/index.ts").split("\n");
    expect(after.filter((line) => !before.includes(line))).toEqual([
      'import { demoRule } from "./demo-rule.js";',
      '  { name: "demo-rule", create: demoRule, recommended: "off", strict: "off" },',
    ]);
    expect(after).toHaveLength(before.length + 2);
  });

  it("refuses a rule that is there already, and leaves the table as it is", () => {
    newRule("demo-rule", "require demo");
    const before = textOf("rules/index.ts");
    const { status, output } = newRule("demo-rule", "require demo");
    expect(status).toBe(1);
    expect(output).toContain("rules/demo-rule.ts and tests/rules/demo-rule.test.ts");
    expect(textOf("rules/index.ts")).toBe(before);
  });

  it.each([
    [[]],
    [["demo", "require demo"]],
    [["Demo-rule", "require demo"]],
    [["demo-rule", "needs demo"]],
    [["demo-rule", "require demo."]],
    [["demo-rule", 'require "demo"']],
  ])("says how it is called for %j", (args) => {
    const { status, output } = newRule(...args);
    expect(status).toBe(2);
    expect(output).toContain("usage: npm run new-rule -- NAME");
  });
});
