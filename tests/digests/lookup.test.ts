// The lookup that rules call: which registries it asks, and how often.
import { describe, expect, test, vi } from "vitest";
import { OPENED } from "../../lib/digests/background.js";
import { RESOLVE_VARIABLE, writeRun, type Surroundings } from "../../lib/digests/policy.js";
import { createLookup } from "../../lib/digests/lookup.js";
import { settingsOf } from "../support/settings.js";
import { asking, fake, FIX, folder, here, lookupOf, of, reasons } from "./lookups.js";

describe("which registries are asked, and how often", () => {
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

  test("failures are kept, too, also with `maxAge: 0`", () => {
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
    expect(lookup(["nginx:1"], settings)).toMatchObject([{ ok: false, reason: "offline", message }]);
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

  test.each<[string, Surroundings, Readonly<Record<string, unknown>>, readonly string[][]]>([
    ["by `--fix`, which shows no suggestion", FIX, {}, [["redis:7"]]],
    ["where the setting asks in any case", here(""), { resolve: "registry" }, [["nginx:1", "redis:7"]]],
  ])("for a suggestion, %s", (_, surroundings, settings, batches) => {
    const resolver = fake();
    const lookup = createLookup({ surroundings, resolver });
    const [nginx, redis] = of("nginx:1", "redis:7");
    if (!nginx || !redis) throw new Error("two references");
    const all = settingsOf({ cacheDirectory: folder, ...settings });
    lookup([nginx, redis], all, "", new Set([nginx]));
    expect(resolver.batches).toEqual(batches);
  });

  test("no registry that is not trusted, in any mode, while the others are asked", () => {
    const resolver = fake();
    expect(
      reasons(lookupOf({ surroundings: FIX, resolver }).lookup(["evil.example/a:1", "nginx:1"])),
    ).toEqual(["untrusted-registry", "registry"]);
    expect(resolver.batches).toEqual([["nginx:1"]]);
    expect(
      reasons(lookupOf({ surroundings: here(""), resolver }).lookup(["evil.example/a:1", "nginx:1"])),
    ).toEqual(["untrusted-registry", "offline"]);
  });

  test("an unknown value of the variable is reported once", () => {
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

  test("an answer that is too old is not used where no registry may be asked", () => {
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
