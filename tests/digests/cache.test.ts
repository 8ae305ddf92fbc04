// The cache: an answer is read back as it was written, and other content is ignored.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isFresh, openCache } from "../../lib/digests/cache.js";
import { keyOf, type LookupKey } from "../../lib/digests/key.js";
import { parseDigest } from "../../lib/reference/digest.js";
import type { Found } from "../../lib/reference/answer.js";
import { trust } from "../../lib/registry/trust.js";
import { sha256 } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const DAY = { maxAge: 86_400 };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-cache-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function keyFor(text: string, settings: Readonly<Record<string, unknown>> = {}): LookupKey {
  const trusted = trust(referenceOf(text).domain, settingsOf(settings));
  if (!trusted.ok) throw new Error(trusted.message);
  return keyOf(referenceOf(text), trusted.registry);
}

function found(text: string, resolvedAt = Date.now()): Found {
  const parsed = parseDigest(sha256(text));
  if (!parsed.ok) throw new Error(parsed.message);
  return {
    ok: true,
    digest: parsed.digest,
    mediaType: "application/vnd.oci.image.index.v1+json",
    platformCount: 2,
    resolvedAt,
    from: "registry",
  };
}

describe("the folder", () => {
  test("is created with its parents, for this user only", () => {
    const deep = join(folder, "a", "b");
    expect(openCache(deep).write(keyFor("nginx"), found("nginx"))).toBe(true);
    expect(openCache(deep).read(keyFor("nginx"), DAY)).toMatchObject({ ok: true });
    expect(statSync(deep).mode & 0o777).toBe(0o700);
  });

  test.each([
    ["a file", () => join(folder, "file")],
    ["below a file", () => join(folder, "file", "a")],
    ["a link that leads nowhere", () => join(folder, "link")],
  ])("keeps nothing where it is %s", (_, path) => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync("nowhere", join(folder, "link"));
    expect(openCache(path()).write(keyFor("nginx"), found("nginx"))).toBe(false);
  });

  // Node's recursive mkdir never ends there.
  test.skipIf(!existsSync("/proc/self"))("keeps nothing where the folder cannot be created", () => {
    expect(openCache("/proc/nope/a").write(keyFor("nginx"), found("nginx"))).toBe(false);
  });
});

describe("the key", () => {
  test.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["docker.io/library/nginx:latest", "docker.io/library/nginx:latest"],
    ["registry-1.docker.io/library/nginx", "docker.io/library/nginx:latest"],
    ["GHCR.io/acme/app:1", "ghcr.io/acme/app:1"],
    ["ghcr.io:443/acme/app:1", "ghcr.io/acme/app:1"],
    [`ghcr.io/acme/app:1@${sha256("x")}`, "ghcr.io/acme/app:1"],
    [`ghcr.io/acme/app@${sha256("x")}`, `ghcr.io/acme/app@${sha256("x")}`],
  ])("of %s is %s", (text, reference) => {
    expect(keyFor(text).reference).toBe(reference);
  });

  test("differs for a mirror, and for another path in it", () => {
    const keys = [
      {},
      { mirrors: { "docker.io": "https://m.example" } },
      { mirrors: { "docker.io": "https://m.example/hub" } },
    ].map((settings) => keyFor("nginx", settings));
    expect(keys.map(({ endpoint }) => endpoint)).toEqual([
      "https://registry-1.docker.io",
      "https://m.example",
      "https://m.example/hub",
    ]);
    expect(new Set(keys.map(({ text }) => text)).size).toBe(3);
  });
});

test("an answer is read back, as from the cache, and only for its own key", () => {
  const cache = openCache(folder);
  const answer = found("a");
  expect(cache.write(keyFor("nginx:1"), answer)).toBe(true);
  expect(cache.read(keyFor("nginx:1"), DAY)).toEqual({ ...answer, from: "cache" });
  expect(cache.read(keyFor("nginx:2"), DAY)).toBeUndefined();
  expect(
    cache.read(keyFor("nginx:1", { mirrors: { "docker.io": "https://m.example" } }), DAY),
  ).toBeUndefined();
  cache.write(keyFor("nginx:1"), found("b"));
  expect(cache.read(keyFor("nginx:1"), DAY)?.digest).toBe(sha256("b"));
  expect(readdirSync(folder)).toHaveLength(1);
});

test("nothing is created before the first write, and then for this user only", ({ skip }) => {
  const inner = join(folder, "a", "b");
  const cache = openCache(inner);
  expect(cache.read(keyFor("nginx"), DAY)).toBeUndefined();
  expect(existsSync(inner)).toBe(false);
  cache.write(keyFor("nginx"), found("a"));
  if (process.platform === "win32") skip("no modes on Windows");
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  expect(statSync(join(inner, readdirSync(inner)[0] ?? "")).mode & 0o777).toBe(0o600);
});

test("the folder is the user's own, outside of any repository, without a setting", () => {
  vi.stubEnv("XDG_CACHE_HOME", folder);
  if (process.platform === "linux")
    expect(openCache(undefined).folder).toBe(join(folder, "eslint-plugin-container-images"));
  else expect(openCache(undefined).folder).toContain("eslint-plugin-container-images");
  vi.unstubAllEnvs();
});

describe("how old an answer may be", () => {
  const NOW = 1_000_000_000;
  test.each([
    [NOW, { maxAge: 0 }, true],
    [NOW - 1, { maxAge: 0 }, false],
    [NOW - 60_000, { maxAge: 60 }, true],
    [NOW - 60_001, { maxAge: 60 }, false],
    [NOW + 1, { maxAge: 60 }, false],
    [NOW + 1, { maxAge: 60, since: 0 }, false],
    [NOW - 90_000, { maxAge: 60, since: NOW - 90_000 }, true],
    [NOW - 90_001, { maxAge: 60, since: NOW - 90_000 }, false],
  ])("resolved at %i with %j: %s", (resolvedAt, freshness, expected) => {
    expect(isFresh(resolvedAt, freshness, NOW)).toBe(expected);
  });

  test("counts for entries on disk", () => {
    const cache = openCache(folder);
    cache.write(keyFor("old"), found("a", Date.now() - 10_000));
    cache.write(keyFor("future"), found("a", Date.now() + 3_600_000));
    expect(cache.read(keyFor("old"), { maxAge: 5 })).toBeUndefined();
    expect(cache.read(keyFor("old"), { maxAge: 60 })).toBeDefined();
    expect(cache.read(keyFor("future"), DAY)).toBeUndefined();
  });
});

describe("an entry that was not written by us", () => {
  const key = keyFor("nginx:1");
  const whole = (): Record<string, unknown> => {
    openCache(folder).write(key, found("a"));
    return JSON.parse(readFileSync(entryFile(), "utf8")) as Record<string, unknown>;
  };
  const entryFile = (): string => join(folder, readdirSync(folder)[0] ?? "");

  test.each<[string, (entry: Record<string, unknown>) => unknown]>([
    ["another version", (entry) => ({ ...entry, version: 2 })],
    ["another reference", (entry) => ({ ...entry, reference: "docker.io/library/evil:1" })],
    ["another endpoint", (entry) => ({ ...entry, endpoint: "https://m.example" })],
    ["no digest", ({ digest: _, ...entry }) => entry],
    ["a short digest", (entry) => ({ ...entry, digest: "sha256:abc" })],
    ["an upper-case digest", (entry) => ({ ...entry, digest: String(entry["digest"]).toUpperCase() })],
    ["a digest with a line end", (entry) => ({ ...entry, digest: `${String(entry["digest"])}\nx` })],
    ["a digest that we do not write", (entry) => ({ ...entry, digest: `sha512:${"a".repeat(128)}` })],
    ["a type with a line end", (entry) => ({ ...entry, mediaType: "a/b\nc" })],
    ["a type that is none", (entry) => ({ ...entry, mediaType: 5 })],
    ["a time that is none", (entry) => ({ ...entry, resolvedAt: "now" })],
    ["a time that is no number", (entry) => ({ ...entry, resolvedAt: null })],
    ["a negative time", (entry) => ({ ...entry, resolvedAt: -1 })],
    ["half a platform", (entry) => ({ ...entry, platformCount: 0.5 })],
    ["an array", (entry) => [entry]],
    ["null", () => null],
  ])("%s: ignored, and written anew", (_, change) => {
    const cache = openCache(folder);
    const changed = JSON.stringify(change(whole()));
    writeFileSync(entryFile(), changed);
    expect(cache.read(key, DAY)).toBeUndefined();
    expect(cache.write(key, found("b"))).toBe(true);
    expect(cache.read(key, DAY)?.digest).toBe(sha256("b"));
  });

  test.each([
    ["torn", (text: string) => text.slice(0, -20)],
    ["empty", () => ""],
    ["huge", (text: string) => text + " ".repeat(10_000)],
    ["no text", () => "\0\xff\0"],
  ])("%s: ignored", (_, change) => {
    whole();
    writeFileSync(entryFile(), change(readFileSync(entryFile(), "utf8")));
    expect(openCache(folder).read(key, DAY)).toBeUndefined();
  });

  test("a link is not followed by a read, and replaced by a write", ({ skip }) => {
    if (process.platform === "win32") skip("links need rights on Windows");
    whole();
    const target = join(folder, "elsewhere.json");
    const file = entryFile();
    writeFileSync(target, readFileSync(file));
    rmSync(file);
    symlinkSync(target, file);
    const before = readFileSync(target, "utf8");
    expect(openCache(folder).read(key, DAY)).toBeUndefined();
    expect(openCache(folder).write(key, found("b"))).toBe(true);
    expect(readFileSync(target, "utf8")).toBe(before);
    expect(openCache(folder).read(key, DAY)?.digest).toBe(sha256("b"));
  });

  test("as root, an entry of another user does not count, and is replaced", ({ skip }) => {
    if (process.platform === "win32") skip("no owners on Windows");
    whole();
    const isRoot = process.getuid?.() === 0;
    // Who is not root owns the entry, and is told to be root.
    if (isRoot) chownSync(entryFile(), 12_345, 12_345);
    const getuid = vi.spyOn(process, "getuid").mockReturnValue(0);
    try {
      expect(openCache(folder).read(key, DAY)).toBeUndefined();
      expect(openCache(folder).write(key, found("b"))).toBe(true);
      if (isRoot) expect(openCache(folder).read(key, DAY)?.digest).toBe(sha256("b"));
    } finally {
      getuid.mockRestore();
    }
  });

  test("a folder in place of the file gives no answer, and no file is left behind", () => {
    whole();
    const file = entryFile();
    rmSync(file);
    mkdirSync(file);
    expect(openCache(folder).read(key, DAY)).toBeUndefined();
    expect(openCache(folder).write(key, found("b"))).toBe(false);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

test("a folder that cannot be written is no error", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const place of [file, join(file, "inner")]) {
    expect(openCache(place).write(keyFor("nginx"), found("a"))).toBe(false);
    expect(openCache(place).read(keyFor("nginx"), DAY)).toBeUndefined();
  }
  if (process.getuid?.() === 0) return;
  chmodSync(folder, 0o500);
  expect(openCache(folder).write(keyFor("nginx"), found("a"))).toBe(false);
  chmodSync(folder, 0o700);
});

test("the next write removes the temporary files of killed runs", () => {
  const cache = openCache(folder);
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const left = join(folder, `${"a".repeat(64)}.json.${String(pid)}.0123456789ab.tmp`);
  writeFileSync(left, "half");
  expect(cache.write(keyFor("nginx:1"), found("nginx"))).toBe(true);
  expect(existsSync(left)).toBe(false);
});
