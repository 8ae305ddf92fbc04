// Where the tools are in a folder of their own, every page shows commands that run from the root.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { link } from "../support/project.js";
import { blocksOf, fileOf } from "./recipes.js";

let folder = "";
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pages = readdirSync(new URL("../../docs/", import.meta.url))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)
  .filter((page) => /\bnpx (?!--prefix)[a-z]/.test(fileOf(page)));

/** The lines of a page that name the folder. */
function linesOf(page: string): readonly string[] {
  return blocksOf(page, "sh").flatMap((block) =>
    block.split("\n").filter((line) => line.startsWith("npx --prefix tools/image-lint ")),
  );
}

it.each(pages)("%s shows them", (page) => {
  expect(linesOf(page).length).toBeGreaterThan(1);
});

/** A repository whose tools are in a folder of their own. */
function layOut(more: Readonly<Record<string, string>> = {}): void {
  folder = mkdtempSync(join(tmpdir(), "container-images-layout-"));
  const files: Record<string, string> = {
    "tools/image-lint/package.json": '{ "private": true, "type": "module" }',
    "tools/image-lint/eslint.config.js":
      'import c from "eslint-plugin-container-images";\nexport default [...c.configs.recommended];\n',
    "recipes/a.yaml": pod("nginx:1"),
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  link(join(folder, "tools/image-lint"));
  const bin = join(folder, "tools/image-lint/node_modules/.bin/eslint-plugin-container-images");
  const command = "../eslint-plugin-container-images/dist/lib/cli/main.js";
  writeFileSync(bin, `#!/bin/sh\nexec node "$(dirname "$0")/${command}" "$@"\n`);
  chmodSync(bin, 0o755);
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
}

function run(line: string): Ran {
  // Offline: what is not in the folder must not be fetched.
  const env = { ...process.env, npm_config_offline: "true", CONTAINER_IMAGES_RESOLVE: "cache", HELM: "none" };
  return spawnSync(line, { cwd: folder, shell: true, encoding: "utf8", env });
}

it("they run from the root", () => {
  layOut();
  const lines = new Set(pages.flatMap(linesOf));
  const outcomes = [...lines].map((line) => {
    const { status, stdout } = run(line);
    return { line, status, sees: stdout.includes("nginx:1") };
  });
  expect(outcomes).toEqual(
    [...lines].map((line) => ({ line, status: line.includes(" eslint ") ? 1 : 0, sees: true })),
  );
});

it.each(["pin --dry-run", "charts --check"])("so do the commands that %s prints", (command) => {
  const image = "image:\n  repository: a/b\n  tag: v1\n";
  layOut({
    "recipes/values.yaml": Array.from(
      { length: 6 },
      (_, at) => `c${String(at)}:\n  ${image.replaceAll("\n ", "\n   ")}`,
    ).join(""),
    "recipes/app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
    "recipes/app/values.yaml": image,
  });
  const tools = "npx --prefix tools/image-lint eslint-plugin-container-images";
  const { stdout } = run(`${tools} ${command} --config tools/image-lint/eslint.config.js recipes`);
  const printed = [...stdout.matchAll(/npx [^`\n]+/g)].map(([line]) => line);
  expect(new Set(printed)).not.toEqual(new Set());
  for (const line of printed) {
    expect(line).toMatch(
      /--prefix tools\/image-lint .* --config tools\/image-lint\/eslint\.config\.js recipes$/,
    );
    expect({ line, status: run(line).status }).toEqual({ line, status: 0 });
  }
});
