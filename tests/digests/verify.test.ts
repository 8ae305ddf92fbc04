// The verifier: one client for all that it asks, and an end.
import { afterEach, expect, test } from "vitest";
import { createVerifier, type Pinned, type Verifier } from "../../lib/digests/verify.js";
import {
  manifestOf,
  sha256,
  startRegistry,
  type Rule,
  type Script,
  type ScriptedRegistry,
} from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const before = manifestOf("acme/app:before", "oci-index");

/** Manifests that the registry has under their digests. */
const stored = [before, manifestOf("acme/app:1", "oci-index")].map((manifest): Rule => ({
  path: `/manifests/${sha256(manifest)}$`,
  afterAuth: true,
  status: 200,
  headers: [
    ["content-type", "application/vnd.oci.image.index.v1+json"],
    ["docker-content-digest", sha256(manifest)],
  ],
  body: manifest,
}));

async function start(script: Script): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

function verifier(limit?: number): Verifier {
  const made = createVerifier({ DOCKER_CONFIG: "/nonexistent" }, 120_000, limit);
  open.push(() => {
    made.close();
  });
  return made;
}

function pinned(registry: ScriptedRegistry, tag: string): Pinned {
  const digest = sha256(before) as Pinned["digest"];
  return { ...referenceOf(`${registry.host}/acme/app:${tag}`), digest };
}

test("tag, digest and index are asked for with one token", async () => {
  const registry = await start({ auth: "token", rules: stored });
  const settings = settingsOf({ registries: [registry.host] });
  expect(await verifier().verify(pinned(registry, "1"), settings)).toMatchObject({ verdict: "tag moved" });
  const asked = (await registry.requests()).map(({ method, url }) => `${method} ${url.replace(/\?.*/, "")}`);
  expect(asked.filter((line) => line === "GET /token")).toHaveLength(1);
  expect(asked.filter((line) => line.startsWith("GET /v2/"))).toHaveLength(1);
});

test("a registry that takes no more requests for an index is left alone by all lookups", async () => {
  const limited: Rule = {
    path: "/manifests/",
    method: "GET",
    status: 429,
    headers: [["retry-after", "99999"]],
  };
  const registry = await start({ rules: [limited, ...stored] });
  const settings = settingsOf({ registries: [registry.host] });
  const both = verifier();
  const failure = { verdict: "unreachable", failure: { reason: "rate-limited" } };
  expect(await both.verify(pinned(registry, "1"), settings)).toMatchObject(failure);
  const asked = (await registry.requests()).length;
  expect(await both.verify(pinned(registry, "2"), settings)).toMatchObject(failure);
  expect((await registry.requests()).length).toBe(asked);
});

test("at its limit it gives up on what is left", async () => {
  const registry = await start({ rules: [{ path: "/manifests/2$", hang: true }, ...stored] });
  const settings = settingsOf({ registries: [registry.host], timeout: 60_000 });
  const short = verifier(1000);
  const verifications = await Promise.all(
    ["1", "2"].map((tag) => short.verify(pinned(registry, tag), settings)),
  );
  expect(verifications).toMatchObject([
    { verdict: "tag moved" },
    { verdict: "unreachable", failure: { reason: "gave-up" } },
  ]);
});
