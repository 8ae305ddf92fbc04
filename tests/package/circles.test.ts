// No file of ours imports itself through others, types included: so each can be read, tested and moved alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { circles, fileGraph, moduleNames, roomGraph } from "../../scripts/imports.mjs";

describe("the code", () => {
  const files = fileGraph();

  it("is read: the plugin's entry and what it imports", () => {
    expect(files.size).toBeGreaterThan(100);
    expect([...(files.get("lib/index.ts") ?? [])]).toContain("rules/index.ts");
  });

  it("has no circle of files", () => {
    expect(circles(files)).toEqual([]);
  });

  it("has no circle of rooms", () => {
    expect(circles(roomGraph(files))).toEqual([]);
  });
});

describe("circles", () => {
  const graph = (
    edges: Readonly<Record<string, readonly string[]>>,
  ): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(Object.entries(edges).map(([node, others]) => [node, new Set(others)]));

  it.each([
    ["none where two ways lead to one file", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
    ["a file that imports itself", { a: ["a"] }, [["a"]]],
    ["two files", { a: ["b"], b: ["a"] }, [["a", "b"]]],
    ["three files behind another", { a: ["b"], b: ["c"], c: ["d"], d: ["b"] }, [["b", "c", "d"]]],
    [
      "two circles that share a file",
      { a: ["b"], b: ["a", "c"], c: ["b"] },
      [
        ["a", "b"],
        ["c", "b"],
      ],
    ],
    [
      "the shortest of two",
      { a: ["b", "c"], b: ["c"], c: ["a"] },
      [
        ["a", "c"],
        ["b", "c", "a"],
      ],
    ],
    ["none through what is not in the graph", { a: ["b"] }, []],
  ])("%s", (_, edges, expected) => {
    expect(circles(graph(edges))).toEqual(expected);
  });
});

describe("the imports of a text", () => {
  it.each([
    ['import { a } from "./a.js";', ["./a.js"]],
    ['import type { A } from "./a.js";', ["./a.js"]],
    ['import { type A } from "./a.js";', ["./a.js"]],
    ['import "./a.js";', ["./a.js"]],
    ['export { a } from "./a.js";', ["./a.js"]],
    ['export * from "./a.js";', ["./a.js"]],
    ['export type { A } from "./a.js";', ["./a.js"]],
    ['import a = require("./a.js");', ["./a.js"]],
    ['const a = await import("./a.js");', ["./a.js"]],
    ['let a: import("./a.js").A;', ["./a.js"]],
    ['type A = typeof import("./a.js");', ["./a.js"]],
    ['function f(): Promise<import("./a.js").A[]> { return import(`./b.js`); }', ["./a.js", "./b.js"]],
    ["const a = await import(name);", []],
    ['// import "./a.js";\nconst a = \'import "./a.js"\';', []],
    ["export const a = 1;", []],
  ])("%s", (text, expected) => {
    expect(moduleNames(text)).toEqual(expected);
  });
});

describe("the graph of a made-up house", () => {
  let root: string | undefined;
  afterEach(() => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });

  function house(files: Readonly<Record<string, string>>): string {
    root = mkdtempSync(join(tmpdir(), "container-images-imports-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  it("shows a circle that only types close", () => {
    const files = fileGraph(
      house({
        "lib/a/one.ts": 'import { two } from "../b/two.js";\nexport type One = typeof two;\n',
        "lib/b/two.ts": 'import "node:fs";\nexport const two = (one: import("../a/one.js").One) => one;\n',
        "lib/top.ts": 'export * from "./a/one.js";\n',
        "rules/rule.ts": 'export const rule = () => import("../lib/top.js");\n',
      }),
    );
    expect(circles(files)).toEqual([["lib/a/one.ts", "lib/b/two.ts"]]);
    expect(circles(roomGraph(files))).toEqual([["lib/a", "lib/b"]]);
    expect([...(roomGraph(files).get("rules") ?? [])]).toEqual(["lib/top.ts"]);
  });

  it("refuses an import of a file that is not there", () => {
    const root = house({ "lib/a.ts": 'import "./gone.js";\n', "rules/r.ts": "" });
    expect(() => fileGraph(root)).toThrow("lib/a.ts imports ./gone.js, which is not there");
  });
});
