// The lookup that rules call, with the built worker.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSyncResolver } from "../../lib/digests/resolve-sync.js";
import type { Settings } from "../../lib/settings/settings.js";
import { runBuilt } from "../support/built.js";
import { digestOf } from "../support/registry.js";
import { settingsOf } from "../support/settings.js";
import { fake, FIX, folder, here, lookupOf, of, reasons, start } from "./lookups.js";

describe("with the built worker", () => {
  test("digests are found, kept, and read without a worker from then on", async () => {
    const registry = await start({ auth: "token" });
    const settings = {
      mirrors: { "docker.io": `http://${registry.host}` },
      registries: [registry.host],
      timeout: 60_000,
    };
    const { lookup } = lookupOf({ surroundings: FIX });
    const texts = ["nginx:1", "evil.example/a:1", "nginx:2", `${registry.host}/acme/app:1`];
    const answers = lookup(texts, settings);
    expect(answers.map((answer) => (answer.ok ? answer.digest : answer.reason))).toEqual([
      digestOf("library/nginx", "1"),
      "untrusted-registry",
      digestOf("library/nginx", "2"),
      digestOf("acme/app", "1"),
    ]);
    const before = (await registry.requests()).length;
    const later = lookupOf({ surroundings: here(""), resolver: fake() }).lookup(texts, settings);
    expect(reasons(later)).toEqual(["cache", "untrusted-registry", "cache", "cache"]);
    expect(await registry.requests()).toHaveLength(before);
  });

  test("a process starts no thread where nothing is asked, and ends by itself", async () => {
    const registry = await start({ images: { "library/nginx:1": "oci-index" } });
    const settings = { mirrors: { "docker.io": `http://${registry.host}` }, cacheDirectory: folder };
    const run = { way: "lookup", calls: [["nginx:1"], ["nginx:1", "gone:1"], ["gone:1"]], settings } as const;
    const plain = await runBuilt(run);
    expect(plain).toMatchObject({ code: 0, threads: 0, stderr: "" });
    expect(plain.answers.map(reasons)).toEqual([["offline"], ["offline", "offline"], ["offline"]]);
    expect((await registry.seen()).connections).toBe(0);

    const fix = await runBuilt(run, {}, ["--fix"]);
    expect(fix).toMatchObject({ code: 0, threads: 1, stderr: "" });
    expect(fix.answers.map(reasons)).toEqual([["registry"], ["registry", "not-found"], ["not-found"]]);
    expect(await registry.requests()).toHaveLength(2);

    const again = await runBuilt({ ...run, calls: [["nginx:1"]] }, {}, ["--fix"]);
    expect(again).toMatchObject({ code: 0, threads: 0 });
    expect(again.answers.map(reasons)).toEqual([["cache"]]);
  });

  test("a registry that takes longer than the worker's turn is waited for", async () => {
    const registry = await start({ latency: 2500 });
    const { lookup } = lookupOf({ surroundings: FIX });
    expect(reasons(lookup(["nginx:1"], { mirrors: { "docker.io": `http://${registry.host}` } }))).toEqual([
      "registry",
    ]);
  });

  test("a registry that never answers leads to a failure, and not to a hang", async () => {
    const registry = await start({ rules: [{ path: ".", hang: true }] });
    const settings = { registries: [registry.host], cacheDirectory: folder, timeout: 500 };
    for (const way of ["lookup", "resolver"] as const) {
      const result = await runBuilt({ way, calls: [[`${registry.host}/a:1`]], settings }, {}, ["--fix"]);
      expect(result).toMatchObject({
        code: 0,
        stderr: "",
        answers: [[{ reason: "timeout", message: `${registry.host} did not answer in time` }]],
      });
    }
  });
});

describe("a worker that cannot be used", () => {
  const settings: Settings = settingsOf({});
  test.each<[string, string | undefined]>([
    ["is not there", undefined],
    ["does not load", "throw new Error('secret');"],
    ["ends as it loads", "process.exit(3);"],
    [
      "ends when it is asked",
      `import { runAsWorker } from ${JSON.stringify(import.meta.resolve("synckit"))};\n` +
        "runAsWorker(async () => { process.exit(3); });",
    ],
    [
      "throws when it is asked",
      `import { runAsWorker } from ${JSON.stringify(import.meta.resolve("synckit"))};\n` +
        "runAsWorker(async () => { throw new Error('secret'); });",
    ],
    [
      "answers nonsense",
      `import { runAsWorker } from ${JSON.stringify(import.meta.resolve("synckit"))};\n` +
        "runAsWorker(async () => ({ answers: 5 }));",
    ],
  ])("because it %s: a failure of each, once and for all", (_, code) => {
    const file = join(folder, "worker.mjs");
    if (code !== undefined) writeFileSync(file, code);
    const resolver = createSyncResolver(file);
    for (const count of [1, 2]) {
      const answers = resolver.resolveAll(of("nginx:1", "nginx:2"), settings, undefined);
      expect(answers, String(count)).toMatchObject([
        { ok: false, reason: "gave-up" },
        { ok: false, reason: "gave-up" },
      ]);
      expect(JSON.stringify(answers)).not.toContain("secret");
      expect(JSON.stringify(answers)).toContain("container-images pin");
    }
    expect(resolver.gaveUp).toBe(true);
  });
});

test("the answers of a worker that gave up count, and nothing more is asked", () => {
  const file = join(folder, "worker.mjs");
  const failure = { ok: false, reason: "gave-up", message: "from the worker" };
  writeFileSync(
    file,
    `import { runAsWorker } from ${JSON.stringify(import.meta.resolve("synckit"))};
     let asked = 0;
     runAsWorker(async ({ kind }) => {
       if (kind !== "start")
         return { answers: [{ ...${JSON.stringify(failure)}, message: String(asked) }], gaveUp: true };
       asked += 1;
     });`,
  );
  const resolver = createSyncResolver(file);
  const settings = settingsOf({});
  expect(resolver.resolveAll(of("nginx:1"), settings, undefined)).toMatchObject([
    { reason: "gave-up", message: "1" },
  ]);
  expect(resolver.gaveUp).toBe(true);
  const message =
    "registries did not answer for too long, so nothing more is looked up in this run; " +
    "`npx eslint-plugin-container-images pin` waits longer";
  expect(resolver.resolveAll(of("nginx:2", "nginx:3"), settings, undefined)).toEqual([
    { ok: false, reason: "gave-up", message },
    { ok: false, reason: "gave-up", message },
  ]);
});

test("package.json names the worker for the sources and for the build", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    imports: Record<string, string>;
  };
  expect(manifest.imports["#resolve-worker"]).toBe("./dist/lib/digests/worker.js");
});
