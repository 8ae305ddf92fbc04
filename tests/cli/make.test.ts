// The Makefile of docs/make.md and our own, run with the real make.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { cycloneDxErrors } from "../bom/valid.js";
import { pod } from "../support/manifests.js";
import { link } from "../support/project.js";
import { digestOf, startRegistry, type ScriptedRegistry } from "../support/registry.js";
import { blocksOf } from "./recipes.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const hasMake = spawnSync("make", ["--version"]).status === 0;

let folder = "";
let registry: ScriptedRegistry | undefined;
afterEach(async () => {
  await registry?.stop();
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

function make(
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  // What the make that started the tests told its children is not for this one.
  const env = { ...process.env };
  for (const name of ["MAKEFLAGS", "MAKELEVEL", "MFLAGS"]) Reflect.deleteProperty(env, name);
  return new Promise((done, fail) => {
    const child = spawn("make", [...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.once("error", fail);
    child.once("close", (code) => {
      done({ code, output });
    });
  });
}

describe.skipIf(!hasMake)("the Makefile of docs/make.md, in a repository that is not a Node project", () => {
  it("reports, pins, and lets the gate pass", async () => {
    registry = await startRegistry();
    folder = mkdtempSync(join(tmpdir(), "container-images-make-"));
    const [makefile = ""] = blocksOf("docs/make.md", "make");
    const [config = ""] = blocksOf("docs/make.md", "js");
    const mirrors = `mirrors: { "docker.io": "http://${registry.host}" }, cacheDirectory: ${JSON.stringify(join(folder, ".cache"))}, exempt:`;
    const files: Record<string, string> = {
      "go.mod": "module example\n",
      Makefile: makefile,
      "tools/image-lint/package.json": '{ "private": true, "type": "module" }',
      "tools/image-lint/package-lock.json": "{}",
      "tools/image-lint/eslint.config.js": config.replace("exempt:", mirrors),
      "recipes/a/values.yaml": "initContainers:\n  - name: a\n    image: nginx:v1\n",
      "recipes/catalog.yaml": "image: ghcr.io/org/validators/a:latest\n",
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    // As `npm ci` would leave it, and newer than the lock file.
    link(join(folder, "tools/image-lint"));
    const command = join(folder, "tools/image-lint/node_modules/.bin/container-images");
    writeFileSync(
      command,
      `#!/bin/sh\nexec node "$(dirname "$0")/../eslint-plugin-container-images/dist/lib/cli/main.js" "$@"\n`,
    );
    chmodSync(command, 0o755);

    const lint = await make(folder, "lint-images");
    expect(lint.code).toBe(2);
    expect(lint.output).toContain("`nginx:v1` is not pinned by digest");
    expect((await make(folder, "bom")).code).toBe(0);
    const gate = await make(folder, "bom", "BOM_REQUIRE_DIGESTS=1");
    expect(gate.code).toBe(2);
    expect(gate.output).toContain("unpinned recipes/a/values.yaml:3 nginx:v1");
    expect(gate.output).not.toContain("validators");

    // A baseline counts in both gates, and is pruned with what is pinned.
    const bin = join(folder, "tools/image-lint/node_modules/.bin/eslint");
    const baseline = join(folder, "eslint-suppressions.json");
    expect(existsSync(baseline)).toBe(false);
    spawnSync(bin, ["--config", "tools/image-lint/eslint.config.js", "--suppress-all", "recipes"], {
      cwd: folder,
    });
    expect(JSON.parse(readFileSync(baseline, "utf8"))).not.toEqual({});
    expect((await make(folder, "qualify")).code).toBe(0);

    // One image that cannot be looked up keeps nothing of the others in the baseline.
    const stranger = join(folder, "recipes/a/pod.yaml");
    writeFileSync(stranger, pod("registry.stranger.example/app:1"));
    const known = JSON.stringify({
      "recipes/a/pod.yaml": { "container-images/require-digest": { count: 1 } },
    });
    writeFileSync(baseline, known.replace(/}$/, `,${readFileSync(baseline, "utf8").trim().slice(1)}`));
    expect((await make(folder, "pin-digests")).output).toContain("failed recipes/a/pod.yaml:");
    expect(JSON.parse(readFileSync(baseline, "utf8"))).toEqual(JSON.parse(known));
    rmSync(stranger);
    writeFileSync(baseline, "{}");

    const pinned = await make(folder, "pin-digests");
    expect(pinned.code, pinned.output).toBe(0);
    expect(JSON.parse(readFileSync(baseline, "utf8"))).toEqual({});
    rmSync(baseline);
    const again = await make(folder, "pin-digests");
    expect(again.code, again.output).toBe(0);
    expect(existsSync(baseline)).toBe(false);
    expect(readFileSync(join(folder, "recipes/a/values.yaml"), "utf8")).toBe(
      `initContainers:\n  - name: a\n    image: nginx:v1@${digestOf("library/nginx", "v1")}\n`,
    );
    const qualify = await make(folder, "qualify");
    expect(qualify.code, qualify.output).toBe(0);
    expect(await cycloneDxErrors(readFileSync(join(folder, "bom.cdx.json"), "utf8"))).toEqual([]);
    expect((await make(folder, "verify-digests")).code).toBe(0);
  });
});

describe.skipIf(!hasMake)("our own Makefile", () => {
  it("reports and lists our own recipes", async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-make-"));
    // Neither built nor installed anew: other tests run from these folders.
    const kept = ["-o", "dist", "-o", "node_modules"];
    const bom = join(folder, "bom.cdx.json");
    const written = await make(root, ...kept, "bom", `BOM=${bom}`);
    expect(written.code, written.output).toBe(0);
    expect(await cycloneDxErrors(readFileSync(bom, "utf8"))).toEqual([]);
    const gate = await make(root, ...kept, "bom", `BOM=${bom}`, "BOM_REQUIRE_DIGESTS=1");
    // Our baseline holds what is left, for both gates.
    expect(gate.code, gate.output).toBe(0);
    const lint = await make(root, ...kept, "lint-images");
    expect(lint.code, lint.output).toBe(0);
  });
});
