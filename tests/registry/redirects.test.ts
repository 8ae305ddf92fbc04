// Where the client follows a registry's redirects, and what it sends there.
import { describe, expect, test } from "vitest";
import { digestOf, type Rule } from "../support/registry.js";
import { ask, MANIFESTS, start } from "./clients.js";

describe("redirects", () => {
  const to = (location: string, status = 307, times?: number): Rule => ({
    path: MANIFESTS,
    status,
    headers: [["location", location]],
    ...(times === undefined ? {} : { times }),
  });

  test.each([301, 302, 303, 307, 308])("%i on the same host is followed, with the token", async (status) => {
    const registry = await start({
      auth: "token",
      rules: [{ ...to("/v2/acme/app/manifests/2", status), path: "/manifests/1$", afterAuth: true }],
    });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: digestOf("acme/app", "2") });
    expect((await registry.requests()).at(-1)?.authorization).toMatch(/^Bearer /);
  });

  test("to another host that the user named goes without the token, also on the way back", async () => {
    const other = await start();
    const registry = await start({
      auth: "token",
      rules: [{ ...to(`http://${other.host}/v2/acme/app/manifests/1`), afterAuth: true }],
    });
    expect(await ask(registry, "acme/app:1", { registries: [registry.host, other.host] })).toMatchObject({
      ok: true,
    });
    expect((await other.requests()).map(({ authorization }) => authorization)).toEqual([""]);

    await other.script({ rules: [to(`http://${registry.host}/v2/acme/app/manifests/1`)] });
    expect(await ask(registry, "acme/app:1", { registries: [registry.host, other.host] })).toMatchObject({
      ok: false,
    });
    expect((await other.requests()).map(({ authorization }) => authorization)).toEqual(["", ""]);
  });

  test("to a host that the user did not name makes no connection", async () => {
    const other = await start();
    for (const target of [
      `http://${other.host}/x`,
      `https://${other.host}/x`,
      `//${other.host}/x`,
      `https://127.1:${String(other.port)}/x`,
      `https://localhost:${String(other.port)}/x`,
      "https://169.254.169.254/latest",
      "file:///etc/passwd",
    ]) {
      const registry = await start({ rules: [to(target)] });
      expect(await ask(registry, "acme/app:1"), target).toMatchObject({
        ok: false,
        reason: "untrusted-registry",
      });
    }
    expect((await other.seen()).connections).toBe(0);
  });

  test("to a host that cannot be reached name that host", async () => {
    const other = await start();
    const registry = await start({ rules: [to(`http://${other.host}/v2/acme/app/manifests/1`)] });
    await other.stop();
    expect(await ask(registry, "acme/app:1", { registries: [registry.host, other.host] })).toMatchObject({
      reason: "unreachable",
      message: `${other.host} cannot be reached: the connection was refused`,
    });
  });

  test("without end, or without a target, are failures", async () => {
    const loop = await start({ rules: [to("/v2/acme/app/manifests/1")] });
    expect(await ask(loop, "acme/app:1")).toMatchObject({
      ok: false,
      reason: "invalid-answer",
      message: expect.stringContaining("more than 5 times") as string,
    });
    expect((await loop.requests()).length).toBe(6);
    const five = await start({ rules: [to("/v2/acme/app/manifests/1", 307, 5)] });
    expect(await ask(five, "acme/app:1")).toMatchObject({ ok: true });
    for (const rule of [{ path: MANIFESTS, status: 307 }, to("https://[bad")]) {
      const registry = await start({ rules: [rule] });
      expect(await ask(registry, "acme/app:1")).toMatchObject({
        ok: false,
        reason: "invalid-answer",
        message: expect.stringContaining("nowhere") as string,
      });
    }
  });
});
