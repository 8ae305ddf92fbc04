// Logging in with what helpers and files have, at a registry: what it sees, and what the user reads where
// it fails.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "../../lib/registry/client.js";
import { NO_CREDENTIALS } from "../../lib/registry/credentials.js";
import { settingsOf } from "../support/settings.js";
import type { Rule, ScriptedRegistry } from "../support/registry.js";
import { clientOf, open, start } from "./clients.js";
import { HAS_NONE, helperFolder, prints, type HelperFolder } from "../support/helper-programs.js";
import { basic, log, login, lookUp } from "./logins.js";

let helpers: HelperFolder;

beforeEach(() => {
  helpers = helperFolder();
});

afterEach(() => {
  helpers.remove();
});

/** An environment whose config.json is this. */
function configured(config: object): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), "container-images-login-"));
  open.push(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  return { DOCKER_CONFIG: folder, PATH: helpers.path };
}

/** The file of such an environment. */
const fileOf = (env: NodeJS.ProcessEnv): string => `${String(env["DOCKER_CONFIG"])}/config.json`;
const NO_ACCESS = "was not found, or there is no access to it";

/** Looks up many tags of a registry at the same time, and returns the different messages. */
async function messages(registry: ScriptedRegistry, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const client = clientOf({ registries: [registry.host], timeout: 3000 }, env);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => lookUp(client, `${registry.host}/acme/r${String(index)}:1`)),
  );
  return [
    ...new Set(answers.map((answer) => (answer.ok ? "" : answer.message.replace(/acme\/r\d+/, "IMAGE")))),
  ];
}

describe("a helper", () => {
  test.each(["basic", "token"] as const)("logs in for 20 images, and is asked once: %s", async (auth) => {
    const registry = await start({ auth, users: { me: "from-helper" } });
    helpers.add("store", prints("me", "from-helper"));
    expect(await messages(registry, configured({ credsStore: "store" }))).toEqual([""]);
    expect(helpers.calls()).toEqual([`store get ${registry.host}`]);
  });

  test("gives an identity token", async () => {
    const registry = await start({ auth: "token", identityToken: "refresh-me" });
    helpers.add("store", prints("<token>", "refresh-me"));
    const env = configured({ credHelpers: { [registry.host]: "store" } });
    const client = clientOf({ registries: [registry.host] }, env);
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    const [, request] = await registry.requests();
    expect(new URLSearchParams(request?.body).get("refresh_token")).toBe("refresh-me");
  });

  test("whose password is refused is named, and neither it nor the registry is asked again", async () => {
    const registry = await start({ auth: "basic", users: { me: "right" } });
    helpers.add("store", prints("me", "wrong-secret"));
    const env = configured({ credsStore: "store" });
    expect(await messages(registry, env)).toEqual([
      `${registry.host} refused the credentials for ${registry.host} from docker-credential-store ` +
        `(${fileOf(env)}); \`docker login ${registry.host}\` again`,
    ]);
    expect(helpers.calls()).toHaveLength(1);
    expect((await log(registry)).filter((line) => line.endsWith("Basic"))).toHaveLength(1);
  });

  test.each([
    ["fails", "echo wrong-secret; exit 4", "ended with 4"],
    ["hangs", "exec sleep 600", "gave no answer within 2 s"],
  ])("that %s is one line for all images, and no login is sent", async (_, does, how) => {
    const registry = await start({ auth: "token", users: { me: "right" } });
    helpers.add("store", does);
    const env = configured({ credHelpers: { [registry.host]: "store" } });
    expect(await messages(registry, env)).toEqual([
      `docker-credential-store, which ${fileOf(env)} names for ${registry.host}, ${how}`,
    ]);
    expect((await log(registry)).join("\n")).not.toMatch(/Basic|Bearer|token/);
  });

  test.each(["basic", "token"] as const)(
    "for all registries that is absent: public images need none, and private ones say so: %s",
    async (auth) => {
      const registry = await start({ auth, users: { me: "right" }, anonymous: true });
      const env = configured({ credsStore: "desktop" });
      const program = `docker-credential-desktop, which ${fileOf(env)} names for ${registry.host},`;
      const hint = `${program} is not on PATH`;
      expect(await messages(registry, env)).toEqual(
        auth === "token" ? [""] : [`${registry.host}/IMAGE:1 ${NO_ACCESS}; ${hint}`],
      );
      await registry.script({ anonymous: false });
      expect(await messages(registry, env)).toEqual([
        expect.stringMatching(new RegExp(`IMAGE.* ${NO_ACCESS}; ${hint}$`)),
      ]);
    },
  );

  test("that has no login is asked once, and the user is told to log in", async () => {
    const registry = await start({ auth: "basic", users: { me: "right" } });
    helpers.add("store", HAS_NONE);
    expect(await messages(registry, configured({ credsStore: "store" }))).toEqual([
      `${registry.host}/IMAGE:1 ${NO_ACCESS}; \`docker login ${registry.host}\` if it is private`,
    ]);
    expect(helpers.calls()).toHaveLength(1);
  });

  test("is not started for a registry that is not trusted, or asks for no login", async () => {
    const free = await start({});
    const other = await start({ auth: "basic" });
    helpers.add("store", prints("me", "x"));
    const env = configured({ credsStore: "store" });
    const client = clientOf({ registries: [free.host] }, env);
    expect(await lookUp(client, `${free.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await lookUp(client, `${other.host}/acme/app:1`)).toMatchObject({ reason: "untrusted-registry" });
    expect(helpers.calls()).toEqual([]);
  });

  test("is never started in the background of an editor, which reads no file either", async () => {
    const registry = await start({ auth: "basic", users: { me: "right" } });
    helpers.add("store", prints("me", "right"));
    const env = configured({ credsStore: "store" });
    const client = createClient(settingsOf({ registries: [registry.host] }), env, NO_CREDENTIALS);
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ reason: "denied" });
    client.close();
    expect(helpers.calls()).toEqual([]);
    expect((await log(registry)).join("\n")).not.toContain("Basic");
  });
});

describe("a token server on another host", () => {
  test("gets the credentials where tokenHosts names it for this registry", async () => {
    const gitlab = await start({ users: { me: "secret" }, address: "127.0.0.2" });
    const registry = await start({ auth: "token", realm: `http://${gitlab.host}/token` });
    const env = login({ [registry.host]: basic("me", "secret") });
    const settings = { registries: [registry.host] };
    const named = clientOf({ ...settings, tokenHosts: { [registry.host]: gitlab.host } }, env);
    expect(await lookUp(named, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await log(gitlab)).toEqual(["GET /token Basic"]);
    const other = clientOf(
      { registries: [registry.host, gitlab.host], tokenHosts: { "127.0.0.1:1": gitlab.host } },
      env,
    );
    expect(await lookUp(other, `${registry.host}/acme/app:1`)).toMatchObject({ ok: false });
    expect(await log(gitlab)).toEqual(["GET /token Basic", "GET /token"]);
  });

  test("may redirect to another path of its own, and nowhere else with the credentials", async () => {
    const realm = "http://{host}/token?scope=repository:acme/app:pull";
    const moved = (location: string): Rule => ({
      path: "^/token",
      status: 307,
      headers: [["location", location]],
      times: 1,
    });
    const gitlab = await start({ users: { me: "secret" }, address: "127.0.0.2", rules: [moved(realm)] });
    const registry = await start({ auth: "token", realm: `http://${gitlab.host}/token` });
    const client = clientOf(
      { registries: [registry.host], tokenHosts: { [registry.host]: gitlab.host } },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await log(gitlab)).toEqual(["GET /token Basic", "GET /token Basic"]);
    const other = await start({ address: "127.0.0.3" });
    for (const target of [`http://${other.host}/`, `http://me:x@${gitlab.host}/token`]) {
      await gitlab.script({ users: { me: "secret" }, rules: [moved(target)] });
      expect(await lookUp(client, `${registry.host}/acme/other:1`)).toMatchObject({
        reason: "untrusted-registry",
      });
    }
    expect((await other.seen()).connections).toBe(0);
  });

  test("is named where its anonymous token gives no access", async () => {
    const gitlab = await start({ users: { me: "secret" }, anonymous: true, address: "127.0.0.2" });
    const registry = await start({
      auth: "token",
      realm: `http://${gitlab.host}/token`,
      rules: [{ path: "^/v2/", afterAuth: true, status: 403 }],
    });
    const client = clientOf(
      { registries: [registry.host, gitlab.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({
      reason: "denied",
      message: expect.stringContaining(`sends its users to ${gitlab.host}, which is not its own`) as string,
    });
  });
});

describe("an image that may not be read", () => {
  test.each(["basic", "token"] as const)("says where the credentials came from: %s", async (auth) => {
    const registry = await start({
      auth,
      users: { me: "secret" },
      rules: [{ path: "^/v2/", afterAuth: true, status: 403 }],
    });
    const env = login({ [registry.host]: basic("me", "secret") });
    expect(await messages(registry, env)).toEqual([
      `${registry.host}/IMAGE:1 ${NO_ACCESS} with the credentials from ${fileOf(env)}`,
    ]);
  });
});
