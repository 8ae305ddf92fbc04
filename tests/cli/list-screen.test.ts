// `list` on a terminal: as wide as the terminal, and with the reasons; a pipe gets what it always got.
import { afterEach, describe, expect, it, vi } from "vitest";
import plugin from "../../lib/index.js";
import { list } from "../../lib/cli/list.js";
import type { Terminal } from "../../lib/cli/terminal.js";
import { pod } from "../support/manifests.js";
import { newProject } from "./list-project.js";

const DIGEST = `sha256:${"a".repeat(64)}`;
const LONG = "registry.corp.example/some/very/long/path/of/folders/application-with-a-long-name:v1.2.3";
const FILES = {
  "a.yaml": pod("nginx:1", `redis:7@${DIGEST}`, "mine/x:1"),
  "deep/in/a/folder/with/a/long/name/日本語の名前のファイル.yaml": pod(`${LONG}@${DIGEST}`, LONG),
  "v/values.yaml":
    "image:\n  repository: quay.io/org/app\n  tag: v1\nother:\n  image:\n    repository: a/part\n",
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the table prints on a terminal of this width, or into a pipe. */
async function screen(columns: number | undefined): Promise<readonly string[]> {
  const project = newProject(FILES, { exempt: [{ image: "docker.io/mine/*", reason: "ours" }] });
  let out = "";
  const terminal: Terminal = {
    result: (text) => (out += text),
    say: () => undefined,
    warn: (line) => {
      throw new Error(line);
    },
    paint: (_, text) => text,
    columns,
    progress: () => Promise.reject(new Error("no progress")),
    clear: () => undefined,
  };
  const options = {
    cwd: project.root,
    config: undefined,
    paths: ["."],
    fallback: plugin.configs.recommended,
  };
  expect(await list(options, "table", terminal)).toBe(0);
  return out.split("\n");
}

/** How many columns a terminal uses for a text: two for each of our Japanese characters. */
function widthOf(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u3000-\u9fff]/.test(character) ? 2 : 1), 0);
}

describe("on a terminal", () => {
  it.each([60, 80, 100, 140, 200, 300])("of %d columns, no line is wider", async (columns) => {
    const lines = await screen(columns);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    // What matters is there even where it is narrow.
    for (const state of ["unpinned", "pinned", "incomplete"])
      expect(lines.some((line) => line.startsWith(`${state} `))).toBe(true);
    expect(lines.join("\n")).toContain("nginx:1");
  });

  it("what matters comes first, and the digest last", async () => {
    const lines = await screen(190);
    expect(lines[0]).toMatch(/^unpinned +nginx:1 +a\.yaml:5$/);
    expect(lines[1]).toMatch(/^pinned +redis:7 +a\.yaml:6 +sha256:a+…$/);
    expect(lines[2]).toMatch(/^unpinned +mine\/x:1 +a\.yaml:7 +exempt: ours$/);
    expect((await screen(300))[1]).toMatch(new RegExp(`^pinned +redis:7 +a\\.yaml:6 +${DIGEST}$`));
    expect((await screen(80)).join("\n")).not.toContain("sha256");
  });

  it("says why images are not pinned, and what to do", async () => {
    const text = (await screen(300)).join("\n");
    expect(text).toContain("2 unpinned: run npx eslint-plugin-container-images pin .\n");
    expect(text).toMatch(/^1 chart-unknown: no chart is named for these values[^\n]*$/m);
    expect(text).toMatch(/^1 incomplete: /m);
    expect(text).toMatch(/\n6 images: 3 unpinned, 2 pinned, 1 incomplete\n$|\n7 images: [^\n]*\n$/);
  });
});

it.each([45, 60, 70, 80])("a command stands in one line of %d columns, to be pasted", async (columns) => {
  const text = (await screen(columns)).join("\n");
  expect(text).toContain("npx eslint-plugin-container-images pin .\n");
  expect(text).toContain("`npx eslint-plugin-container-images charts .`");
});

it("a pipe gets the table as it was", async () => {
  const lines = await screen(undefined);
  expect(lines[0]).toMatch(/^image +state +where$/);
  expect(lines.join("\n")).toContain(`${LONG}@${DIGEST}  pinned`);
});
