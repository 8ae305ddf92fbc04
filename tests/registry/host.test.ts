// How many lookups run at the same time at one host.
import { expect, test } from "vitest";
import { startRegistry } from "../support/registry.js";
import { Host } from "../../lib/registry/host.js";
import { createResolver } from "../../lib/digests/resolve.js";
import { of, folder } from "../digests/lookups.js";
import { settingsOf } from "../support/settings.js";

test("a host gets half as many lookups each time that it is too much, and more while it answers", () => {
  const host = new Host();
  expect(host.places).toBe(64);
  host.overloaded();
  expect(host.places).toBe(32);
  host.contacted();
  expect(host.places).toBe(33);
  for (let count = 0; count < 100; count += 1) host.contacted();
  expect(host.places).toBe(64);
  for (let count = 0; count < 10; count += 1) host.overloaded();
  expect(host.places).toBe(4);
});

test("a registry that can take few requests gets them all, a few at a time", async () => {
  const registry = await startRegistry({ rules: [{ path: "v[0-9]$", status: 503, times: 8 }] });
  const resolver = createResolver({ env: {} });
  const names = Array.from({ length: 60 }, (_, index) => `acme/app:v${String(index)}`);
  const settings = settingsOf({
    mirrors: { "docker.io": `http://${registry.host}` },
    cacheDirectory: folder,
  });
  const answers = await resolver.resolveAll(of(...names), settings);
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  resolver.close();
  await registry.stop();
});
