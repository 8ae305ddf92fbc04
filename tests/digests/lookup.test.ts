// What rules call, with the worker that is really used: the built one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { OPENED } from "../../lib/digests/background.js";
import type { LookupThread } from "../../lib/digests/background-thread.js";
import { createLookup, type LookupOptions } from "../../lib/digests/lookup.js";
import { RESOLVE_VARIABLE, writeRun, type Surroundings } from "../../lib/digests/policy.js";
import { createSyncResolver, type SyncResolver } from "../../lib/digests/resolve-sync.js";
import type { Answer } from "../../lib/reference/answer.js";
import { parseDigest } from "../../lib/reference/digest.js";
import type { Settings } from "../../lib/settings/settings.js";
import { runBuilt } from "../support/built.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const open: (() => Promise<void> | void)[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-lookup-"));
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

function here(args: string, env: Record<string, string> = {}): Surroundings {
  return { env, argv: ["node", "eslint", ...args.split(" ")], isMainThread: true, pid: 42 };
}

const FIX = here("--fix");
const of = (...texts: readonly string[]) => texts.map(referenceOf);

/** A resolver that finds everything, and remembers what it was asked for. */
function fake(
  answer: (text: string) => Partial<Answer> = () => ({}),
): SyncResolver & { readonly batches: string[][] } {
  const batches: string[][] = [];
  return {
    batches,
    gaveUp: false,
    resolveAll(references) {
      batches.push(references.map(({ written }) => written));
      return references.map(({ repository, tag, written }) => {
        const digest = parseDigest(digestOf(repository, tag ?? "latest"));
        if (!digest.ok) throw new Error(digest.message);
        return {
          ok: true,
          digest: digest.digest,
          mediaType: "",
          resolvedAt: Date.now(),
          from: "registry",
          ...answer(written),
        } as Answer;
      });
    },
  };
}

/** What asks behind the lint and answers at once, and remembers what it was asked for. */
function asking(): LookupThread & { readonly asked: string[] } {
  const asked: string[] = [];
  const resolver = fake();
  return {
    asked,
    ask(wanted, settings, told) {
      for (const each of wanted) {
        asked.push(each.key.reference);
        const [answer] = resolver.resolveAll([each.reference], settings, undefined);
        if (answer) told(each, answer);
      }
    },
  };
}

function lookupOf(options: LookupOptions): {
  lookup: (texts: readonly string[], settings?: Readonly<Record<string, unknown>>) => readonly Answer[];
  lines: string[];
} {
  const lines: string[] = [];
  const lookup = createLookup({ warn: (line) => lines.push(line), ...options });
  return {
    lines,
    lookup: (texts, settings = {}) =>
      lookup(of(...texts), settingsOf({ cacheDirectory: folder, ...settings })),
  };
}

function reasons(answers: readonly Answer[]): readonly string[] {
  return answers.map((answer) => (answer.ok ? answer.from : answer.reason));
}

describe("who is asked, and how often", () => {
  test("one batch for a call, each distinct reference once, and never again", () => {
    const resolver = fake();
    const { lookup } = lookupOf({ surroundings: FIX, resolver });
    expect(reasons(lookup(["nginx:1", "docker.io/library/nginx:1", "nginx:2"]))).toEqual([
      "registry",
      "registry",
      "registry",
    ]);
    expect(reasons(lookup(["nginx:2", "nginx:3"]))).toEqual(["registry", "registry"]);
    lookup(["nginx:1", "nginx:2", "nginx:3"]);
    expect(resolver.batches).toEqual([["docker.io/library/nginx:1", "nginx:2"], ["nginx:3"]]);
  });

  test("failures too, and with `maxAge: 0`", () => {
    const resolver = fake((text) =>
      text === "gone:1" ? { ok: false, reason: "not-found", message: "no" } : {},
    );
    const { lookup } = lookupOf({ surroundings: FIX, resolver });
    for (let times = 0; times < 3; times += 1)
      expect(reasons(lookup(["gone:1", "nginx:1"], { maxAge: 0 }))).toEqual(["not-found", "registry"]);
    expect(resolver.batches).toHaveLength(1);
  });

  test("the same image at another endpoint is another lookup", () => {
    const resolver = fake();
    const { lookup } = lookupOf({ surroundings: FIX, resolver });
    lookup(["nginx:1"]);
    lookup(["nginx:1"], { mirrors: { "docker.io": "https://mirror.example" } });
    expect(resolver.batches).toHaveLength(2);
  });

  test.each<[string, Surroundings, Readonly<Record<string, unknown>>, string]>([
    ["no --fix", here("src"), {}, "`eslint --fix` looks it up at docker.io"],
    [
      "the setting",
      FIX,
      { resolve: "cache" },
      "not in the cache; the setting `resolve` forbids asking docker.io",
    ],
    [
      "the setting, in an editor",
      here("--stdio"),
      { resolve: "cache" },
      "not in the cache; the setting `resolve` forbids asking docker.io",
    ],
    [
      "the variable, in an editor",
      here("--stdio", { [RESOLVE_VARIABLE]: "cache" }),
      { resolve: "background" },
      "not in the cache; CONTAINER_IMAGES_RESOLVE forbids asking docker.io",
    ],
    [
      "the variable",
      here("--fix", { [RESOLVE_VARIABLE]: "cache" }),
      { resolve: "registry" },
      "not in the cache; CONTAINER_IMAGES_RESOLVE forbids asking docker.io",
    ],
  ])("nobody, by %s", (_, surroundings, settings, message) => {
    const resolver = fake();
    const thread = asking();
    const { lookup } = lookupOf({ surroundings, resolver, thread });
    expect(lookup(["nginx:1"], settings)).toEqual([{ ok: false, reason: "offline", message }]);
    expect(resolver.batches).toEqual([]);
    expect(thread.asked).toEqual([]);
  });

  test.each<[string, Surroundings, Readonly<Record<string, unknown>>]>([
    ["an editor's server", here("--stdio"), {}],
    ["the setting", FIX, { resolve: "background" }],
    ["the variable", here("--fix", { [RESOLVE_VARIABLE]: "background" }), {}],
  ])("somebody later, by %s", (_, surroundings, settings) => {
    const resolver = fake();
    const thread = asking();
    const { lookup } = lookupOf({ surroundings, resolver, thread });
    vi.useFakeTimers();
    try {
      expect(lookup(["nginx:1", "evil.example/a:1"], settings)).toEqual([
        { ok: false, reason: "offline", message: "asking docker.io: the next change has the fix" },
        expect.objectContaining({ reason: "untrusted-registry" }),
      ]);
      expect(thread.asked).toEqual([]);
      vi.advanceTimersByTime(OPENED);
      expect(thread.asked).toEqual(["docker.io/library/nginx:1"]);
      expect(reasons(lookup(["nginx:1"], settings))).toEqual(["registry"]);
      expect(resolver.batches).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("nobody for what is not trusted, in every mode; the others are asked", () => {
    const resolver = fake();
    expect(
      reasons(lookupOf({ surroundings: FIX, resolver }).lookup(["evil.example/a:1", "nginx:1"])),
    ).toEqual(["untrusted-registry", "registry"]);
    expect(resolver.batches).toEqual([["nginx:1"]]);
    expect(
      reasons(lookupOf({ surroundings: here(""), resolver }).lookup(["evil.example/a:1", "nginx:1"])),
    ).toEqual(["untrusted-registry", "offline"]);
  });

  test("a variable that means nothing is said once", () => {
    const { lookup, lines } = lookupOf({
      surroundings: here("--fix", { [RESOLVE_VARIABLE]: "off" }),
      resolver: fake(),
    });
    lookup(["nginx:1"]);
    lookup(["nginx:2"]);
    expect(lines).toEqual([
      "container-images: CONTAINER_IMAGES_RESOLVE is none of auto, cache, registry and background: " +
        "read as cache",
    ]);
  });

  test("what was found before and is too old now is not used where nobody may be asked", () => {
    const old = Date.now() - 3_600_000;
    const resolver = fake(() => ({ resolvedAt: old }));
    const env: Record<string, string> = {};
    const { lookup } = lookupOf({ surroundings: here("--fix", env), resolver });
    expect(reasons(lookup(["nginx:1"], { maxAge: 60 }))).toEqual(["registry"]);
    env[RESOLVE_VARIABLE] = "cache";
    expect(reasons(lookup(["nginx:1"], { maxAge: 60 }))).toEqual(["offline"]);
    expect(reasons(lookup(["nginx:1"], { maxAge: 7200 }))).toEqual(["registry"]);
    // As `pin` does: what was resolved since it began counts.
    writeRun(env, { mode: "cache", pid: 42, since: old });
    expect(reasons(lookup(["nginx:1"], { maxAge: 60 }))).toEqual(["registry"]);
  });
});

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

  test("in a process of its own: no thread where nothing is asked for, and it ends by itself", async () => {
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

  test("a registry that never answers ends neither in a hang nor in an error", async () => {
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

test("when the worker gave up, its answers count, and nothing more is asked", () => {
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
    "`container-images pin` waits longer";
  expect(resolver.resolveAll(of("nginx:2", "nginx:3"), settings, undefined)).toEqual([
    { ok: false, reason: "gave-up", message },
    { ok: false, reason: "gave-up", message },
  ]);
});

test("the worker is found by package.json, from the sources as from what is built", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    imports: Record<string, string>;
  };
  expect(manifest.imports["#resolve-worker"]).toBe("./dist/lib/digests/worker.js");
});
