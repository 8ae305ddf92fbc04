// A password that is refused is tried once, and a repository that may not be read is asked for one token.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Logins } from "../../lib/registry/logins.js";
import { createClient } from "../../lib/registry/client.js";
import { settingsOf } from "../support/settings.js";
import type { ScriptedRegistry } from "../support/registry.js";
import { clientOf, MANIFESTS, open, start } from "./clients.js";
import { basic, log, login, lookUp } from "./logins.js";

const MANY = Array.from({ length: 40 }, (_, index) => `acme/r${String(index)}:1`);

/** How many requests with a name and a password a registry got. */
async function tries(registry: ScriptedRegistry): Promise<number> {
  return (await log(registry)).filter((line) => line.endsWith(" Basic")).length;
}

test.each(["basic", "token"] as const)("a wrong password is tried once by 40 lookups: %s", async (auth) => {
  const registry = await start({ auth, users: { me: "secret" } });
  const client = clientOf({ registries: [registry.host] }, login({ [registry.host]: basic("me", "old") }));
  const answers = await Promise.all(MANY.map((text) => lookUp(client, `${registry.host}/${text}`)));
  for (const answer of answers)
    expect(answer).toMatchObject({
      ok: false,
      reason: "credentials",
      message: expect.stringMatching(
        `^${registry.host} refused the credentials for ${registry.host} from .*/config.json; ` +
          `\`docker login ${registry.host}\` again$`,
      ) as string,
    });
  expect(await tries(registry)).toBe(1);
});

test.each([
  { place: "DOCKER_AUTH_CONFIG", remedy: () => "correct that variable" },
  { place: "REGISTRY_AUTH_FILE", remedy: (host: string) => `\`podman login ${host}\` again` },
  { place: "XDG_RUNTIME_DIR", remedy: (host: string) => `\`podman login ${host}\` again` },
  { place: "DOCKER_CONFIG", remedy: (host: string) => `\`docker login ${host}\` again` },
])("what helps against a wrong password in $place is said", async ({ place, remedy }) => {
  const registry = await start({ auth: "basic", users: { me: "secret" } });
  const auths = { [registry.host]: basic("me", "old") };
  const folder = String(login(auths)["DOCKER_CONFIG"]);
  mkdirSync(join(folder, "containers"));
  copyFileSync(join(folder, "config.json"), join(folder, "containers/auth.json"));
  const values: Readonly<Record<string, string>> = {
    DOCKER_AUTH_CONFIG: JSON.stringify({ auths }),
    REGISTRY_AUTH_FILE: join(folder, "config.json"),
  };
  const client = clientOf({ registries: [registry.host] }, { [place]: values[place] ?? folder });
  const answer = await lookUp(client, `${registry.host}/acme/app:1`);
  expect(!answer.ok && answer.message).toContain(`; ${remedy(registry.host)}`);
});

test("where REGISTRY_AUTH_FILE names the only file, `docker login` is no advice", async () => {
  const registry = await start({ auth: "basic", users: { me: "secret" } });
  const client = clientOf({ registries: [registry.host] }, { REGISTRY_AUTH_FILE: "/nowhere/auth.json" });
  const answer = await lookUp(client, `${registry.host}/acme/app:1`);
  expect(!answer.ok && answer.message).toContain(`; \`podman login ${registry.host}\` if it is private`);
});

test("a wrong password is tried once, also by requests that are under way before it is known", async () => {
  // The first is held: after a second the others stop waiting for it, and ask by themselves.
  const registry = await start({
    auth: "basic",
    users: { me: "secret" },
    rules: [{ path: MANIFESTS, hold: true, times: 40 }],
  });
  const client = clientOf(
    { registries: [registry.host], timeout: 4000 },
    login({ [registry.host]: basic("me", "old") }),
  );
  const answers = Promise.all(MANY.slice(0, 16).map((text) => lookUp(client, `${registry.host}/${text}`)));
  while ((await registry.requests()).length < 16);
  await registry.script({ rules: [] });
  expect((await answers).every((answer) => !answer.ok && answer.reason === "credentials")).toBe(true);
  expect(await tries(registry)).toBe(1);
});

test("a wrong password is tried once by several clients of a run", async () => {
  const registry = await start({ auth: "basic", users: { me: "secret" } });
  const logins = new Logins();
  const env = login({ [registry.host]: basic("me", "old") });
  for (const timeout of [5000, 6000]) {
    const client = createClient(settingsOf({ registries: [registry.host], timeout }), env, undefined, logins);
    open.push(() => {
      client.close();
    });
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ reason: "credentials" });
  }
  expect(await tries(registry)).toBe(1);
});

test("a right password is used by all, and a missing image is no refusal", async () => {
  const registry = await start({
    auth: "basic",
    users: { me: "secret" },
    images: { "acme/r1:1": "oci-index" },
  });
  const client = clientOf({ registries: [registry.host] }, login({ [registry.host]: basic("me", "secret") }));
  const answers = await Promise.all(MANY.map((text) => lookUp(client, `${registry.host}/${text}`)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.reason === "not-found")).toHaveLength(39);
});

test("a registry token that is refused is called refused", async () => {
  const registry = await start({ auth: "token", registryToken: "right" });
  const client = clientOf(
    { registries: [registry.host] },
    login({ [registry.host]: { registrytoken: "old" } }),
  );
  expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ reason: "credentials" });
});

test("a repository for which the token server gives no token is asked for one, by all its tags", async () => {
  const registry = await start({ auth: "token", rules: [{ path: "^/token", status: 403 }] });
  const client = clientOf({ registries: [registry.host] });
  for (const tag of ["1", "2", "3"])
    expect(await lookUp(client, `${registry.host}/acme/app:${tag}`)).toMatchObject({ reason: "denied" });
  expect((await log(registry)).filter((line) => line.includes("/token"))).toHaveLength(1);
});

test.each(["one after the other", "at the same time"])(
  "a repository whose token the registry refuses is asked for one, by all its tags, %s",
  async (way) => {
    const challenge = ["www-authenticate", 'Bearer realm="{origin}/token",service="test"'] as const;
    const registry = await start({
      auth: "token",
      rules: [{ path: MANIFESTS, status: 401, headers: [challenge] }],
    });
    const client = clientOf({ registries: [registry.host] });
    const ask = (tag: number) => lookUp(client, `${registry.host}/acme/app:${String(tag)}`);
    const tags = [1, 2, 3, 4, 5];
    const answers = [];
    if (way === "at the same time") answers.push(...(await Promise.all(tags.map(ask))));
    else for (const tag of tags) answers.push(await ask(tag));
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, reason: "denied" });
    expect((await log(registry)).filter((line) => line.includes("/token"))).toHaveLength(1);
  },
);
