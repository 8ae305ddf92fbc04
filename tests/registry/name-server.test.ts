// Whether a name server answers, without waiting for the system's own lookup.
import type * as Dns from "node:dns";
import { beforeEach, expect, test, vi } from "vitest";
import { createNameCheck } from "../../lib/registry/name-server.js";

const servers = vi.hoisted(() => ({ asked: [] as string[], say: (): string | undefined => undefined }));

vi.mock("node:dns", async (original) => {
  const dns = await original<typeof Dns>();
  class Resolver {
    resolve4(name: string): Promise<readonly string[]> {
      servers.asked.push(name);
      const code = servers.say();
      return code === undefined
        ? Promise.resolve(["8.8.8.8"])
        : Promise.reject(Object.assign(new Error("no"), { code }));
    }
  }
  return { ...dns, promises: { ...dns.promises, Resolver } };
});

beforeEach(() => {
  servers.asked.length = 0;
});

test.each([
  [undefined, true],
  ["ENOTFOUND", true],
  ["ENODATA", true],
  ["ECONNREFUSED", true],
  ["ESERVFAIL", true],
  ["ETIMEOUT", false],
])("that says %s: %s, asked once for all names", async (code, answered) => {
  servers.say = () => code;
  const check = createNameCheck({});
  expect(await Promise.all([check("ghcr.io"), check("quay.io:8443")])).toEqual([answered, answered]);
  expect(servers.asked).toEqual(["ghcr.io"]);
});

test("it is asked again one minute later", async () => {
  vi.useFakeTimers();
  servers.say = () => "ETIMEOUT";
  const check = createNameCheck({});
  expect(await check("ghcr.io")).toBe(false);
  vi.advanceTimersByTime(60_001);
  servers.say = () => undefined;
  expect(await check("ghcr.io")).toBe(true);
  vi.useRealTimers();
});

test.each([
  ["127.0.0.1:5000", {}],
  ["[::1]:5000", {}],
  ["localhost:5000", {}],
  ["10.1.2.3", {}],
  ["ghcr.io", { HTTPS_PROXY: "http://proxy.example" }],
  ["ghcr.io", { all_proxy: "http://proxy.example" }],
])("nobody is asked for %s with %j", async (host, env) => {
  servers.say = () => "ETIMEOUT";
  expect(await createNameCheck(env)(host)).toBe(true);
  expect(servers.asked).toEqual([]);
});
