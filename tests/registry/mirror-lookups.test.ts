// Lookups where registries.conf names a mirror: who is asked, with which credentials, and what is said
// where nobody has an answer.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digestOf } from "../support/registry.js";
import { clientOf, start } from "./clients.js";
import { basic, log, login, lookUp } from "./logins.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-conf-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const lines = (...each: readonly string[]): string => each.join("\n");

function write(name: string, text: string): void {
  mkdirSync(join(folder, "containers"));
  writeFileSync(join(folder, "containers", name), text);
}

describe("a lookup", () => {
  test("asks the mirror, with the mirror's own credentials, and then the registry", async () => {
    const registry = await start({ auth: "basic", users: { me: "registry" } });
    const mirror = await start({
      auth: "basic",
      users: { me: "mirror" },
      images: { "hub/acme/app:1": "oci-index" },
    });
    write(
      "registries.conf",
      lines(
        "[[registry]]",
        `location = "${registry.host}"`,
        "[[registry.mirror]]",
        `location = "${mirror.host}/hub"`,
        "insecure = true",
      ),
    );
    const env = {
      ...login({
        [registry.host]: basic("me", "registry"),
        [`${mirror.host}/hub/acme`]: basic("me", "mirror"),
      }),
      XDG_CONFIG_HOME: folder,
    };
    const client = clientOf({ registries: [registry.host] }, env);
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({
      ok: true,
      digest: digestOf("hub/acme/app", "1"),
    });
    expect(await log(registry)).toEqual([]);
    expect(await lookUp(client, `${registry.host}/acme/app:2`)).toMatchObject({
      ok: true,
      digest: digestOf("acme/app", "2"),
    });
    expect(await log(mirror)).toEqual([
      "HEAD /v2/hub/acme/app/manifests/1",
      "HEAD /v2/hub/acme/app/manifests/1 Basic",
      "HEAD /v2/hub/acme/app/manifests/2 Basic",
    ]);
    const off = clientOf({ registries: [registry.host], registriesConf: false }, env);
    expect(await lookUp(off, `${registry.host}/acme/app:1`)).toMatchObject({
      digest: digestOf("acme/app", "1"),
    });
  });

  test("that no place answers says so of each", async () => {
    const registry = await start({ images: {} });
    const mirror = await start({ images: {} });
    write(
      "registries.conf",
      lines(
        "[[registry]]",
        `location = "${registry.host}"`,
        "[[registry.mirror]]",
        `location = "${mirror.host}"`,
        "insecure = true",
      ),
    );
    const env = { DOCKER_CONFIG: "/nonexistent", XDG_CONFIG_HOME: folder };
    const client = clientOf({ registries: [registry.host] }, env);
    const answer = await lookUp(client, `${registry.host}/acme/app:1`);
    expect(answer).toMatchObject({ ok: false, reason: "not-found" });
    expect(answer.ok ? "" : answer.message).toMatch(
      `no tag 1 in ${registry.host}/acme/app (its mirror: no tag 1`,
    );
  });

  test("does not trust a registry because that file names it", async () => {
    const mirror = await start({});
    write(
      "registries.conf",
      lines(
        "[[registry]]",
        'location = "evil.example"',
        "[[registry.mirror]]",
        `location = "${mirror.host}"`,
        "insecure = true",
      ),
    );
    const client = clientOf({}, { XDG_CONFIG_HOME: folder });
    expect(await lookUp(client, "evil.example/a:1")).toMatchObject({ reason: "untrusted-registry" });
    expect((await mirror.seen()).connections).toBe(0);
  });
});
