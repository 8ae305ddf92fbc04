// When a lint starts threads or processes, or opens sockets.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRegistry, type ScriptedRegistry } from "../support/registry.js";
import { CORPUS, hasCorpus, userProject, type UserProject } from "../support/project.js";

const POD = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1.27\n";
const WATCH = new URL("../support/watch-outside.mjs", import.meta.url).href;

describe("what leaves the process", () => {
  let registry: ScriptedRegistry;
  let project: UserProject;
  beforeAll(async () => {
    registry = await startRegistry({ auth: "token" });
    project = userProject({ "pod.yaml": POD }, { mirrors: { "docker.io": `http://${registry.host}` } });
  });
  afterAll(async () => {
    await registry.stop();
    project.remove();
  });

  const watched = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string[]> => {
    const file = join(project.root, "outside.log");
    rmSync(file, { force: true });
    await project.eslint(args, { env: { NODE_OPTIONS: `--import ${WATCH}`, WATCH_OUTSIDE: file, ...env } });
    return existsSync(file) ? [...new Set(readFileSync(file, "utf8").trim().split("\n"))].sort() : [];
  };

  it("is nothing where nothing is fixed", async () => {
    expect(await watched(["."])).toEqual([]);
    expect((await registry.seen()).connections).toBe(0);
  });
  it("is nothing where the variable forbids it, also under --fix", async () => {
    expect(await watched(["--fix-dry-run", "."], { CONTAINER_IMAGES_RESOLVE: "cache" })).toEqual([]);
  });
  it("is a thread and its sockets under --fix, which proves that the watch sees them", async () => {
    expect(await watched(["--fix-dry-run", "."])).toEqual(["socket", "thread"]);
    expect((await registry.seen()).connections).toBeGreaterThan(0);
  });
  it.skipIf(!hasCorpus)(
    `is nothing on the corpus${hasCorpus ? "" : " (skipped: no corpus beside this checkout)"}`,
    async () => {
      project.copy(CORPUS, "tree");
      expect(await watched(["tree"])).toEqual([]);
    },
  );
});
