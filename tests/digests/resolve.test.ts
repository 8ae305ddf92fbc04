// The resolver: many references at once, the cache before and after, and when it stops.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createResolver, type Resolver, type ResolverOptions } from "../../lib/digests/resolve.js";
import type { Settings } from "../../lib/settings/settings.js";
import { stopClock, until } from "../support/clock.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const MANIFESTS = "^/v2/.*/manifests/";
const open: (() => Promise<void> | void)[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-resolve-"));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of open.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

function resolverOf(options: ResolverOptions = {}): Resolver {
  const resolver = createResolver({ env: { DOCKER_CONFIG: "/nonexistent" }, ...options });
  open.push(() => {
    resolver.close();
  });
  return resolver;
}

function settingsFor(registry: ScriptedRegistry, more: Readonly<Record<string, unknown>> = {}): Settings {
  return settingsOf({
    mirrors: { "docker.io": `http://${registry.host}`, "ghcr.io": `http://${registry.host}/ghcr` },
    cacheDirectory: folder,
    ...more,
  });
}

const of = (...texts: readonly string[]) => texts.map(referenceOf);

test("answers in the order of the references, each distinct one asked once", async () => {
  const registry = await start({ auth: "token" });
  stopClock();
  const references = of(
    "nginx:1",
    "nginx:2",
    "docker.io/library/nginx:1",
    "nginx",
    "nginx:latest",
    "ghcr.io/library/nginx:1",
    "nginx:1",
  );
  const answers = await resolverOf().resolveAll(references, settingsFor(registry));
  const nginx = (tag: string): string => digestOf("library/nginx", tag);
  expect(answers.map((answer) => answer.ok && answer.digest)).toEqual([
    nginx("1"),
    nginx("2"),
    nginx("1"),
    nginx("latest"),
    nginx("latest"),
    digestOf("ghcr/library/nginx", "1"),
    nginx("1"),
  ]);
  // One 401, two tokens, four manifests.
  expect(await registry.requests()).toHaveLength(7);
});

test("200 references in 50 repositories, a bad host and an untrusted one: the others are found", async () => {
  const good = await start({ auth: "token" });
  const bad = await start({ rules: [{ path: ".", hang: true }] });
  const never = await start();
  const settings = settingsFor(good, { registries: [bad.host], timeout: 1000 });
  const texts = Array.from(
    { length: 198 },
    (_, index) => `ghcr.io/acme/r${String(index % 50)}:v${String(index)}`,
  );
  stopClock();
  let answered = 0;
  const all = resolverOf().resolveAll(of(...texts, `${bad.host}/a:1`, `${never.host}/a:1`), settings, {
    onAnswer: ({ ok }) => (answered += ok ? 1 : 0),
  });
  await until(async () => answered === 198 && (await bad.requests()).length === 1);
  vi.advanceTimersByTime(1000);
  const answers = await all;
  expect(answers.filter(({ ok }) => ok)).toHaveLength(198);
  expect(answers.slice(198)).toMatchObject([{ reason: "timeout" }, { reason: "untrusted-registry" }]);
  expect((await never.seen()).connections).toBe(0);
});

test("two calls that ask for the same at the same time make one request", async () => {
  const registry = await start();
  const resolver = resolverOf();
  const [first, second] = await Promise.all([
    resolver.resolveAll(of("nginx:1", "nginx:2"), settingsFor(registry)),
    resolver.resolveAll(of("nginx:2", "nginx:1"), settingsFor(registry)),
  ]);
  expect(first).toEqual([...second].reverse());
  expect(first).toMatchObject([{ from: "registry" }, { from: "registry" }]);
  expect(await registry.requests()).toHaveLength(2);
});

describe("the cache", () => {
  test("answers without a request, also for another resolver, until it is too old", async () => {
    const registry = await start();
    const settings = settingsFor(registry);
    const [first] = await resolverOf().resolveAll(of("nginx:1"), settings);
    expect(first).toMatchObject({ ok: true, from: "registry" });
    const [second] = await resolverOf().resolveAll(of("nginx:1"), settings);
    expect(second).toEqual({ ...first, from: "cache" });
    expect(await registry.requests()).toHaveLength(1);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    const [third] = await resolverOf().resolveAll(of("nginx:1"), { ...settings, maxAge: 0 });
    expect(third).toMatchObject({ from: "registry" });
    const [fourth] = await resolverOf().resolveAll(
      of("nginx:1"),
      { ...settings, maxAge: 0 },
      { since: first?.ok ? first.resolvedAt : 0 },
    );
    expect(fourth).toMatchObject({ from: "cache" });
    expect(await registry.requests()).toHaveLength(2);
  });

  test("holds no failures and no credentials", async () => {
    const registry = await start({ images: {} });
    expect(await resolverOf().resolveAll(of("nginx:1"), settingsFor(registry))).toMatchObject([
      { reason: "not-found" },
    ]);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  test("that cannot be written does not stop the lookup, and one line reports it", async () => {
    const registry = await start();
    const lines: string[] = [];
    const stderr = vi
      .spyOn(process.stderr, "write")
      .mockImplementation((line) => lines.push(String(line)) > 0);
    open.push(() => {
      stderr.mockRestore();
    });
    const file = join(folder, "file");
    writeFileSync(file, "");
    const resolver = resolverOf();
    const settings = settingsFor(registry, { cacheDirectory: file });
    expect(await resolver.resolveAll(of("nginx:1", "nginx:2"), settings)).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    expect(await resolver.resolveAll(of("nginx:3"), settings)).toMatchObject([{ ok: true }]);
    expect(lines).toEqual([`container-images: ${file} cannot be written, so digests are not kept\n`]);
  });
});

test("a failure is remembered by its own resolver only", async () => {
  const registry = await start({ images: {} });
  const resolver = resolverOf();
  for (let times = 0; times < 3; times += 1)
    expect(await resolver.resolveAll(of("nginx:1"), settingsFor(registry))).toMatchObject([
      { reason: "not-found" },
    ]);
  expect(await registry.requests()).toHaveLength(1);
  await resolverOf().resolveAll(of("nginx:1"), settingsFor(registry));
  expect(await registry.requests()).toHaveLength(2);
});

describe("giving up", () => {
  test("after silence, for good, with the answers so far", async () => {
    const registry = await start({ rules: [{ path: "/hang/", hang: true }] });
    stopClock();
    const resolver = resolverOf({ patience: 400 });
    let answered = 0;
    const all = resolver.resolveAll(of("good:1", "x/hang/a:1", "x/hang/b:1"), settingsFor(registry), {
      onAnswer: ({ ok }) => (answered += ok ? 1 : 0),
    });
    await until(async () => answered === 1 && (await registry.requests()).length === 3);
    vi.advanceTimersByTime(400);
    const answers = await all;
    expect(answers).toMatchObject([
      { ok: true },
      { reason: "gave-up", message: expect.stringContaining("container-images pin") as string },
      { reason: "gave-up" },
    ]);
    expect(resolver.gaveUp).toBe(true);
    const before = (await registry.requests()).length;
    expect(await resolver.resolveAll(of("good:1", "good:2"), settingsFor(registry))).toMatchObject([
      { ok: true, from: "cache" },
      { reason: "gave-up" },
    ]);
    expect(await registry.requests()).toHaveLength(before);
  });

  test("silence adds up over batches, and lookups that time out do not end it", async () => {
    // One registry for each batch: one that fell silent is not asked again.
    const registries = await Promise.all([1, 2, 3].map(() => start({ rules: [{ path: "/", hang: true }] })));
    const good = await start();
    stopClock();
    const resolver = resolverOf({ patience: 1500 });
    await resolver.resolveAll(of("good:1"), settingsFor(good));
    for (const [index, reason] of ["timeout", "timeout", "gave-up"].entries()) {
      const registry = registries[index] ?? good;
      const answers = resolver.resolveAll(of("a:1"), settingsFor(registry, { timeout: 1000 }));
      await until(async () => (await registry.requests()).length === 1);
      vi.advanceTimersByTime(700);
      expect(await answers).toMatchObject([{ reason }]);
    }
    expect(resolver.gaveUp).toBe(true);
  });

  test("not in a run with slow answers", async () => {
    const registry = await start();
    stopClock();
    const resolver = resolverOf({ patience: 1000 });
    const texts = Array.from({ length: 100 }, (_, index) => `nginx:${String(index)}`);
    const answers = await resolver.resolveAll(of(...texts), settingsFor(registry, { timeout: 600_000 }), {
      onAnswer: () => vi.advanceTimersByTime(999),
    });
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(resolver.gaveUp).toBe(false);
  });

  test("when the caller stops it, while the next call works", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, hang: true, times: 1 }] });
    const resolver = resolverOf();
    const controller = new AbortController();
    const stopped = resolver.resolveAll(of("nginx:1"), settingsFor(registry), { signal: controller.signal });
    while ((await registry.requests()).length === 0);
    controller.abort();
    expect(await stopped).toMatchObject([{ ok: false }]);
    expect(await resolver.resolveAll(of("nginx:1"), settingsFor(registry))).toMatchObject([{ ok: true }]);
  });
});
