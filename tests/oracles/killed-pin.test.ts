// `pin`, killed at any moment: no file and no cache entry is torn, and the next run leaves nothing behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { userProject, type UserProject } from "../support/project.js";
import { digestOf, startRegistry, type ScriptedRegistry } from "../support/registry.js";

/** `KILLS=1000 npm run oracles -- killed-pin` tries more of them. */
const KILLS = Number(process.env["KILLS"] ?? "30");
const COMMAND = fileURLToPath(new URL("../../dist/lib/cli/main.js", import.meta.url));

/** Before and after `pin`, by path. */
const texts = new Map(
  Array.from({ length: 60 }, (_, index) => {
    const [one, other] = [String(index), String(index % 7)];
    const pinned = (tag: string): string => `acme/app:${tag}@${digestOf("acme/app", tag)}`;
    return [
      `m${other}/${one}.yaml`,
      [pod(`acme/app:${one}`, `acme/app:${other}`), pod(pinned(one), pinned(other))],
    ] as const;
  }),
);
const unpinned = Object.fromEntries([...texts].map(([path, [before]]) => [path, before]));

let registry: ScriptedRegistry | undefined;
let project: UserProject | undefined;
afterEach(async () => {
  await registry?.stop();
  project?.remove();
});

/** Runs `pin`, and kills it after some milliseconds. */
async function pin(root: string, killAfter?: number): Promise<{ code: number | null; took: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, "pin", "--quiet"], { cwd: root, stdio: "ignore" });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const [code] = (await once(child, "exit")) as [number | null];
  clearTimeout(timer);
  return { code, took: performance.now() - began };
}

/** Every file of the project and of its cache, but what it has installed. */
function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What is neither as it was nor as it should be. */
function tornIn(root: string): readonly string[] {
  const torn = [...texts].filter(
    ([path, allowed]) => !allowed.includes(readFileSync(join(root, path), "utf8")),
  );
  const cache = join(root, ".cache");
  const entries = existsSync(cache) ? filesIn(cache).filter((path) => !path.endsWith(".tmp")) : [];
  return [...torn.map(([path]) => path), ...entries.filter((path) => !isJson(readFileSync(path, "utf8")))];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it("tears nothing and leaves nothing behind", { timeout: KILLS * 10_000 + 30_000 }, async () => {
  registry = await startRegistry();
  project = userProject(unpinned, { mirrors: { "docker.io": `http://${registry.host}` } });
  const { root } = project;
  const seen = { killed: 0, partly: 0, leftovers: 0, entries: 0 };
  let { took } = await pin(root);
  for (let run = 0; run < KILLS; run += 1) {
    project.write(unpinned);
    // With a cache, a run comes to its writing sooner; without one, it writes entries.
    if (run % 2 === 0) rmSync(join(root, ".cache"), { recursive: true, force: true });
    // Node's own start is a third of it, and nothing is written then.
    const { code } = await pin(root, took * (0.3 + Math.random() * 0.7));
    if (code === null) seen.killed += 1;
    expect(tornIn(root)).toEqual([]);
    const isPinned = [...texts].map(([path, [, after]]) => readFileSync(join(root, path), "utf8") === after);
    if (isPinned.includes(true) && isPinned.includes(false)) seen.partly += 1;
    const left = filesIn(root).filter((path) => path.endsWith(".tmp"));
    if (left.length > 0) seen.leftovers += 1;
    const whole = await pin(root);
    expect(whole.code).toBe(0);
    took = whole.took * (run % 2 === 0 ? 1 : 1.1);
    expect(filesIn(root).filter((path) => path.endsWith(".tmp"))).toEqual([]);
    for (const [path, [, after]] of texts) expect(readFileSync(join(root, path), "utf8")).toBe(after);
    seen.entries = filesIn(join(root, ".cache")).length;
  }
  process.stdout.write(`${JSON.stringify(seen)}\n`);
  // Else it has tried nothing.
  expect(seen.killed).toBeGreaterThan(KILLS / 3);
  expect(seen.entries).toBeGreaterThan(0);
});
