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

it("they run from the root", () => {
  folder = mkdtempSync(join(tmpdir(), "container-images-layout-"));
  const files: Record<string, string> = {
    "tools/image-lint/package.json": '{ "private": true, "type": "module" }',
    "tools/image-lint/eslint.config.js":
      'import c from "eslint-plugin-container-images";\nexport default [...c.configs.recommended];\n',
    "recipes/a.yaml": pod("nginx:1"),
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
  const lines = new Set(pages.flatMap(linesOf));
  const outcomes = [...lines].map((line) => {
    // Offline: what is not in the folder must not be fetched.
    const env = { ...process.env, npm_config_offline: "true", CONTAINER_IMAGES_RESOLVE: "cache" };
    const { status, stdout } = spawnSync(line, { cwd: folder, shell: true, encoding: "utf8", env });
    return { line, status, sees: stdout.includes("nginx:1") };
  });
  expect(outcomes).toEqual(
    [...lines].map((line) => ({ line, status: line.includes(" eslint ") ? 1 : 0, sees: true })),
  );
});
