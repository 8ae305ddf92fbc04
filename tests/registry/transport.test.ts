// The check of the addresses that a host's name resolves to.
import type * as Dns from "node:dns";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "../../lib/registry/client.js";
import { createTransport } from "../../lib/registry/transport.js";
import { startRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const addresses = vi.hoisted(() => ({ of: (_: string): readonly string[] => [], asked: [] as string[] }));

vi.mock("node:dns", async (original) => {
  const dns = await original<typeof Dns>();
  return {
    ...dns,
    lookup: (
      hostname: string,
      _: object,
      callback: (error: null, found: readonly { address: string; family: number }[]) => void,
    ) => {
      addresses.asked.push(hostname);
      callback(
        null,
        addresses.of(hostname).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    },
  };
});

afterEach(() => {
  addresses.asked.length = 0;
});

describe("a public registry whose name resolves to an address that is not public", () => {
  test.each([
    [["127.0.0.1"]],
    [["::1"]],
    [["10.0.0.1"]],
    [["169.254.169.254"]],
    [["::ffff:127.0.0.1"]],
    [["fd00::1"]],
    [["64:ff9b::7f00:1"]],
    [[]],
    // One bad address among good ones is enough.
    [["8.8.8.8", "127.0.0.1"]],
    [["2606:4700::1111", "::1"]],
  ])("%j: refused", async (found) => {
    addresses.of = () => found;
    const client = createClient(settingsOf({ timeout: 2000 }), { DOCKER_CONFIG: "/nonexistent" });
    expect(
      await client.resolve(referenceOf("ghcr.io/acme/app:1"), new AbortController().signal),
    ).toMatchObject({
      ok: false,
      reason: "untrusted-registry",
      message:
        "ghcr.io has an address that is not a public one: add it to `registries` if it is yours, or a " +
        "token server to `tokenHosts`",
    });
    client.close();
  });

  test("no connection is made", async () => {
    const registry = await startRegistry();
    addresses.of = () => ["127.0.0.1"];
    const transport = createTransport({}, { connect: 60_000, headers: 60_000 });
    const url = new URL(`https://registry.example:${String(registry.port)}/`);
    const request = {
      method: "HEAD",
      url,
      headers: {},
      limit: 1024,
      signal: new AbortController().signal,
    } as const;
    await expect(transport.send({ ...request, reach: "public" })).rejects.toThrow("not a public one");
    expect((await registry.seen()).connections).toBe(0);
    // The same host, named by the user, is connected to: the test would see it.
    await expect(
      transport.send({
        ...request,
        reach: "any",
        url: new URL(`https://127.0.0.1:${String(registry.port)}/`),
      }),
    ).rejects.toThrow();
    expect((await registry.seen()).connections).toBe(1);
    transport.close();
    await registry.stop();
  });
});

test("plain http goes to this machine, whatever `localhost` resolves to", async () => {
  addresses.of = () => ["8.8.8.8"];
  const client = createClient(settingsOf({ registries: ["localhost:5000"] }), {
    DOCKER_CONFIG: "/nonexistent",
  });
  expect(
    await client.resolve(referenceOf("localhost:5000/acme/app:1"), new AbortController().signal),
  ).toMatchObject({ ok: false, reason: "untrusted-registry" });
  client.close();
});

test.each([
  ["public", "https://127.0.0.1/"],
  ["public", "https://[::1]/"],
  ["public", "https://8.8.8.8/"],
  ["public", "https://localhost/"],
  ["public", "http://ghcr.io/"],
  ["any", "http://registry.example/"],
  ["any", "ftp://registry.example/"],
  ["loopback", "https://localhost/"],
  ["loopback", "http://registry.example/"],
  ["loopback", "http://10.0.0.1/"],
] as const)("%s and %s: refused before anything else", async (reach, url) => {
  const transport = createTransport({}, { connect: 1000, headers: 1000 });
  await expect(
    transport.send({
      method: "GET",
      url: new URL(url),
      reach,
      headers: {},
      limit: 1,
      signal: new AbortController().signal,
    }),
  ).rejects.toThrow("may not be asked in this way");
  expect(addresses.asked).toEqual([]);
  transport.close();
});

test("nothing is looked up for a registry that is not trusted", async () => {
  const client = createClient(settingsOf(), { DOCKER_CONFIG: "/nonexistent" });
  for (const text of [
    "registry.evil.example/a:1",
    "localhost:5000/a:1",
    "169.254.169.254/latest/meta-data:1",
    "ghcr.io.evil.example/a:1",
  ]) {
    expect(await client.resolve(referenceOf(text), new AbortController().signal)).toMatchObject({
      ok: false,
      reason: "untrusted-registry",
    });
  }
  expect(addresses.asked).toEqual([]);
  client.close();
});
