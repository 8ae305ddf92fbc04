// What the client sends, to a real server on loopback.
import { describe, expect, test } from "vitest";
import { digestOf, startRegistry, type ManifestKind } from "../support/registry.js";
import { referenceOf } from "../support/settings.js";
import { ask, open, clientOf, FOUND, methods, start } from "./clients.js";

describe("what is asked", () => {
  test.each<ManifestKind>(["oci-index", "docker-list", "oci-manifest", "docker-manifest"])(
    "the digest of the bytes of a %s, with one HEAD",
    async (kind) => {
      const registry = await start({ images: { "acme/app:1": kind } });
      const answer = await ask(registry, "acme/app:1");
      expect(answer).toMatchObject({ ok: true, digest: digestOf("acme/app", "1", kind), from: "registry" });
      expect(await methods(registry)).toBe("HEAD");
    },
  );

  test("every type is accepted, indexes first, and no encoding", async () => {
    const registry = await start();
    await ask(registry, "acme/app:1");
    const [request] = await registry.requests();
    expect(request).toMatchObject({
      url: "/v2/acme/app/manifests/1",
      authorization: "",
      encoding: "identity",
    });
    expect(request?.accept.split(", ").map((type) => type.replace(/^application\/vnd\./, ""))).toEqual([
      "oci.image.index.v1+json",
      "docker.distribution.manifest.list.v2+json",
      "oci.image.manifest.v1+json",
      "docker.distribution.manifest.v2+json",
    ]);
  });

  test("`latest` without a tag, the tag even beside a digest, the digest where there is no tag", async () => {
    const registry = await start();
    await ask(registry, "acme/app");
    await ask(registry, `acme/app:1@${FOUND}`);
    await ask(registry, `acme/app@${FOUND}`);
    expect((await registry.requests()).map(({ url }) => url.replace("/v2/acme/app/manifests/", ""))).toEqual([
      "latest",
      "1",
      FOUND,
    ]);
  });

  test("another manifest than the digest that was asked for is a failure", async () => {
    const registry = await start();
    expect(await ask(registry, `acme/app@${FOUND}`)).toMatchObject({ ok: false, reason: "invalid-answer" });
  });

  test("a mirror, with its path before the repository, and not the origin", async () => {
    const mirror = await start();
    const client = clientOf({ mirrors: { "docker.io": `http://${mirror.host}/proxy/hub` } });
    const answer = await client.resolve(referenceOf("nginx:1.27"), new AbortController().signal);
    expect(answer).toMatchObject({ ok: true, digest: digestOf("proxy/hub/library/nginx", "1.27") });
    expect((await mirror.requests()).map(({ url }) => url)).toEqual([
      "/v2/proxy/hub/library/nginx/manifests/1.27",
    ]);
  });

  test("the failure of a mirror names it, and what was looked up as it is written", async () => {
    const mirror = await start({ images: {} });
    const client = clientOf({ mirrors: { "docker.io": `http://${mirror.host}` } });
    const answer = await client.resolve(referenceOf("nginx:1.27.9"), new AbortController().signal);
    expect(answer).toEqual({
      ok: false,
      reason: "not-found",
      message: `no tag 1.27.9 in docker.io/library/nginx at ${mirror.host}`,
    });
  });

  test("no connection is made to a registry that is not named", async () => {
    const registry = await start();
    const client = clientOf({ registries: ["registry.corp.example"] });
    for (const domain of [
      registry.host,
      `localhost:${String(registry.port)}`,
      `127.1:${String(registry.port)}`,
      `2130706433:${String(registry.port)}`,
    ]) {
      const answer = await client.resolve(referenceOf(`${domain}/acme/app:1`), new AbortController().signal);
      expect(answer).toMatchObject({ ok: false, reason: "untrusted-registry" });
    }
    expect((await registry.seen()).connections).toBe(0);
  });

  test("a registry on IPv6", async ({ skip }) => {
    const registry = await startRegistry({ address: "::1" }).catch(() => undefined);
    if (!registry) {
      skip("no IPv6 on this machine");
      return;
    }
    open.push(() => registry.stop());
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true });
  });
});
