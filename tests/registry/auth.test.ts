// Logging in: which requests are made, and who sees credentials.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient, type Client } from "../../lib/registry/client.js";
import { stopClock } from "../support/clock.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const open: (() => Promise<void> | void)[] = [];
const MANIFESTS = "^/v2/.*/manifests/";

afterEach(async () => {
  vi.useRealTimers();
  for (const close of open.splice(0)) await close();
});

async function start(script: Script): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(() => registry.stop());
  return registry;
}

/** A folder with a config.json. */
function login(auths: Readonly<Record<string, object>> | string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), "container-images-login-"));
  open.push(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "config.json"), typeof auths === "string" ? auths : JSON.stringify({ auths }));
  return { DOCKER_CONFIG: folder };
}

function basic(user: string, password: string): { auth: string } {
  return { auth: Buffer.from(`${user}:${password}`).toString("base64") };
}

function clientOf(
  settings: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = { DOCKER_CONFIG: "/nonexistent" },
): Client {
  const client = createClient(settingsOf(settings), env);
  open.push(() => {
    client.close();
  });
  return client;
}

function ask(client: Client, text: string): Promise<Answer> {
  return client.resolve(referenceOf(text), new AbortController().signal);
}

async function log(registry: ScriptedRegistry): Promise<readonly string[]> {
  return (await registry.requests()).map(({ method, url, authorization }) =>
    `${method} ${url.replace(/\?.*/, "")} ${authorization.split(" ")[0] ?? ""}`.trim(),
  );
}

describe("a token server", () => {
  test("gives a token to nobody in particular, and keeps being asked for what it asked for", async () => {
    const registry = await start({ auth: "token", realm: "{origin}/token?extra=1" });
    expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject(
      { ok: true, digest: digestOf("acme/app", "1") },
    );
    expect(await log(registry)).toEqual([
      "HEAD /v2/acme/app/manifests/1",
      "GET /token",
      "HEAD /v2/acme/app/manifests/1 Bearer",
    ]);
    const url = new URL((await registry.requests())[1]?.url ?? "", "http://x");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      extra: "1",
      service: "test",
      scope: "repository:acme/app:pull",
    });
  });

  test("is asked for its token under the mirror's name of the repository", async () => {
    const registry = await start({ auth: "token" });
    expect(
      await ask(clientOf({ mirrors: { "docker.io": `http://${registry.host}/hub` } }), "nginx:1"),
    ).toMatchObject({ ok: true });
    expect((await registry.requests())[1]?.url).toContain(
      encodeURIComponent("repository:hub/library/nginx:pull"),
    );
  });

  test.each([
    [25, 25, 51],
    [200, 50, 251],
  ])("%i references in %i repositories: %i requests", async (count, repositories, expected) => {
    const registry = await start({ auth: "token" });
    // The others wait for the first for two seconds, and then ask without knowing how.
    stopClock();
    const client = clientOf({ registries: [registry.host] });
    const texts = Array.from(
      { length: count },
      (_, index) =>
        `${registry.host}/acme/r${String(index % repositories)}:v${String(Math.floor(index / repositories))}`,
    );
    const answers = await Promise.all(texts.map((text) => ask(client, text)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(new Set(answers.map((answer) => answer.ok && answer.digest)).size).toBe(count);
    const seen = await registry.seen();
    expect(seen.requests).toHaveLength(expected);
    expect(seen.connections).toBeLessThanOrEqual(16);
  });

  test("that answers in the other field", async () => {
    const registry = await start({ auth: "token", tokenField: "access_token" });
    expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject(
      { ok: true },
    );
  });

  test.each([
    ["missing", "{}"],
    ["no JSON", "token"],
    ["no text", '{"token":5}'],
    ["with a line end in it", '{"token":"a\\r\\nX-Evil: 1"}'],
    ["huge", `{"token":"${"x".repeat(70_000)}"}`],
  ])("whose token is %s", async (_, body) => {
    const registry = await start({
      auth: "token",
      rules: [{ path: "^/token", body, headers: [["content-type", "application/json"]] }],
    });
    expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject(
      { ok: false, reason: "invalid-answer" },
    );
    expect(await log(registry)).toHaveLength(2);
  });

  test.each([
    [403, "denied"],
    [401, "denied"],
    [404, "invalid-answer"],
    [503, "unreachable"],
  ])("that answers %i", async (status, reason) => {
    const registry = await start({ auth: "token", rules: [{ path: "^/token", status }] });
    expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject(
      { ok: false, reason },
    );
  });

  test("that limits us", async () => {
    const registry = await start({
      auth: "token",
      rules: [{ path: "^/token", status: 429, headers: [["retry-after", "9999"]] }],
    });
    const client = clientOf({ registries: [registry.host] });
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({
      ok: false,
      reason: "rate-limited",
    });
    expect(await ask(client, `${registry.host}/acme/other:1`)).toMatchObject({
      ok: false,
      reason: "rate-limited",
    });
    expect(await log(registry)).toHaveLength(2);
  });

  test("whose token ends: one fresh token, for all who wait", async () => {
    const registry = await start({ auth: "token" });
    const client = clientOf({ registries: [registry.host] });
    await ask(client, `${registry.host}/acme/app:1`);
    const challenge = ["www-authenticate", 'Bearer realm="{origin}/token",service="test"'] as const;
    await registry.script({ rules: [{ path: MANIFESTS, status: 401, times: 1, headers: [challenge] }] });
    expect(await ask(client, `${registry.host}/acme/app:2`)).toMatchObject({ ok: true });
    expect((await log(registry)).slice(3)).toEqual([
      "HEAD /v2/acme/app/manifests/2 Bearer",
      "GET /token",
      "HEAD /v2/acme/app/manifests/2 Bearer",
    ]);
    const used = (await registry.requests()).map(({ authorization }) => authorization);
    expect(used[3]).not.toBe(used[5]);
  });

  test("whose token is refused again: no third try", async () => {
    const registry = await start({
      auth: "token",
      rules: [
        {
          path: MANIFESTS,
          status: 401,
          headers: [["www-authenticate", 'Bearer realm="{origin}/token",service="test"']],
        },
      ],
    });
    const answer = await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`);
    expect(answer).toEqual({
      ok: false,
      reason: "denied",
      message:
        `${registry.host}/acme/app:1 was not found, or there is no access to it; \`docker login ` +
        `${registry.host}\` if it is private`,
    });
    expect(await log(registry)).toHaveLength(3);
  });

  test("the token goes to GET too, where HEAD is not enough, without another one", async () => {
    const registry = await start({
      auth: "token",
      rules: [{ path: MANIFESTS, method: "HEAD", status: 405, afterAuth: true }],
    });
    expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject(
      { ok: true },
    );
    expect(await log(registry)).toEqual([
      "HEAD /v2/acme/app/manifests/1",
      "GET /token",
      "HEAD /v2/acme/app/manifests/1 Bearer",
      "GET /v2/acme/app/manifests/1 Bearer",
    ]);
  });
});

describe("credentials", () => {
  test("go to the realm on the registry's own host, and the registry sees the token only", async () => {
    const registry = await start({ auth: "token", users: { me: "secret" } });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await log(registry)).toEqual([
      "HEAD /v2/acme/app/manifests/1",
      "GET /token Basic",
      "HEAD /v2/acme/app/manifests/1 Bearer",
    ]);
  });

  test("never go to a realm on another host: it is asked anonymously, once", async () => {
    const realm = await start({ users: { me: "secret" } });
    const registry = await start({ auth: "token", realm: `http://${realm.host}/token` });
    const client = clientOf(
      { registries: [registry.host, realm.host] },
      login({ [registry.host]: basic("me", "secret"), [realm.host]: basic("me", "secret") }),
    );
    const answer = await ask(client, `${registry.host}/acme/app:1`);
    expect(answer).toMatchObject({
      ok: false,
      reason: "denied",
      message:
        `${registry.host} sends its users to ${realm.host}, which is not its own: it was asked without ` +
        "credentials, and gave no token",
    });
    expect(await log(realm)).toEqual(["GET /token"]);
    await realm.script({ anonymous: true });
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await log(realm)).toEqual(["GET /token", "GET /token"]);
  });

  test("never go to a realm that may not be asked at all, and no connection is made to it", async () => {
    const realm = await start({});
    for (const text of [
      `http://${realm.host}/token`,
      `https://${realm.host}/token`,
      `http://localhost:${String(realm.port)}/token`,
      `https://me:x@${realm.host}/token`,
      "https://169.254.169.254/token",
    ]) {
      const registry = await start({ auth: "token", realm: text });
      const client = clientOf(
        { registries: [registry.host] },
        login({ [registry.host]: basic("me", "secret") }),
      );
      const answer = await ask(client, `${registry.host}/acme/app:1`);
      expect(answer.ok ? "found" : answer.reason, text).toMatch(/^(untrusted-registry|invalid-answer)$/);
    }
    expect((await realm.seen()).connections).toBe(0);
  });

  test("do not follow a redirect of the token server", async () => {
    const other = await start({});
    const registry = await start({
      auth: "token",
      rules: [
        {
          path: "^/token",
          status: 307,
          headers: [["location", `http://${other.host}/token?scope=repository:acme/app:pull`]],
        },
      ],
    });
    const client = clientOf(
      { registries: [registry.host, other.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    await ask(client, `${registry.host}/acme/app:1`);
    expect(await log(other)).toEqual(["GET /token"]);
  });

  test("of another host are not used", async () => {
    const registry = await start({ auth: "token" });
    const auths = {
      [`127.0.0.1:${String(registry.port + 1)}`]: basic("me", "secret"),
      "127.0.0.1": basic("me", "secret"),
      [`localhost:${String(registry.port)}`]: basic("me", "secret"),
    };
    expect(
      await ask(clientOf({ registries: [registry.host] }, login(auths)), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: true });
    expect((await registry.requests()).map(({ authorization }) => authorization.split(" ")[0])).toEqual([
      "",
      "",
      "Bearer",
    ]);
  });

  test("of the origin are not sent to its mirror, but the mirror's own are", async () => {
    const mirror = await start({ auth: "basic", users: { mirror: "own" } });
    const settings = { mirrors: { "docker.io": `http://${mirror.host}` } };
    const hub = { "https://index.docker.io/v1/": basic("me", "secret") };
    expect(await ask(clientOf(settings, login(hub)), "nginx:1")).toMatchObject({
      ok: false,
      reason: "denied",
    });
    expect(await log(mirror)).toEqual(["HEAD /v2/library/nginx/manifests/1"]);
    expect(
      await ask(clientOf(settings, login({ ...hub, [mirror.host]: basic("mirror", "own") })), "nginx:1"),
    ).toMatchObject({ ok: true });
  });

  test("that the token server refuses are tried once, and not left out instead", async () => {
    const registry = await start({ auth: "token", users: { me: "secret" }, anonymous: true });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: basic("me", "wrong") }),
    );
    const message =
      `${registry.host} refused the credentials for ${registry.host}; \`docker login ` +
      `${registry.host}\` again`;
    expect(await ask(client, `${registry.host}/acme/app:1`)).toEqual({
      ok: false,
      reason: "credentials",
      message,
    });
    expect(await ask(client, `${registry.host}/acme/other:1`)).toEqual({
      ok: false,
      reason: "credentials",
      message,
    });
    expect((await log(registry)).filter((line) => line.includes("/token"))).toEqual(["GET /token Basic"]);
  });

  test("Basic: sent when asked for, and at once from then on", async () => {
    const registry = await start({ auth: "basic", users: { me: "secret" } });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await ask(client, `${registry.host}/acme/app:2`)).toMatchObject({ ok: true });
    expect(await log(registry)).toEqual([
      "HEAD /v2/acme/app/manifests/1",
      "HEAD /v2/acme/app/manifests/1 Basic",
      "HEAD /v2/acme/app/manifests/2 Basic",
    ]);
  });

  test.each([
    ["none", {}],
    ["wrong ones", { password: "wrong" }],
  ])("Basic with %s", async (_, { password }: { password?: string }) => {
    const registry = await start({ auth: "basic", users: { me: "secret" } });
    const client = clientOf(
      { registries: [registry.host] },
      password === undefined ? undefined : login({ [registry.host]: basic("me", password) }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: false, reason: "denied" });
    expect(await log(registry)).toHaveLength(password === undefined ? 1 : 2);
  });

  test("an identity token is exchanged by POST, in the body", async () => {
    const registry = await start({ auth: "token", identityToken: "refresh-me", tokenField: "access_token" });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { identitytoken: "refresh-me" } }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    const [, request] = await registry.requests();
    expect(request).toMatchObject({ method: "POST", url: "/token", authorization: "" });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "refresh-me",
      service: "test",
      scope: "repository:acme/app:pull",
    });
  });

  test("an identity token where there is no POST: GET", async () => {
    const registry = await start({
      auth: "token",
      users: { "<token>": "refresh-me" },
      rules: [{ path: "^/token", method: "POST", status: 404 }],
    });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { identitytoken: "refresh-me" } }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect((await log(registry)).slice(1, 3)).toEqual(["POST /token", "GET /token Basic"]);
  });

  test("a registry token is used as it is", async () => {
    const registry = await start({ auth: "token", registryToken: "ready" });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { registrytoken: "ready" } }),
    );
    expect(await ask(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect((await registry.requests()).at(-1)?.authorization).toBe("Bearer ready");
  });

  test("a configuration that cannot be read is a failure only where credentials are asked for", async () => {
    const env = login("{ secret");
    const closed = await start({ auth: "token" });
    const answer = await ask(clientOf({ registries: [closed.host] }, env), `${closed.host}/acme/app:1`);
    expect(answer).toMatchObject({
      ok: false,
      reason: "credentials",
      message: expect.stringMatching(/config\.json is no JSON/) as string,
    });
    const free = await start({});
    expect(await ask(clientOf({ registries: [free.host] }, env), `${free.host}/acme/app:1`)).toMatchObject({
      ok: true,
    });
  });
});

test.each([
  ["no challenge", [], /401 without a challenge/],
  ["Negotiate only", [["www-authenticate", "Negotiate"]], /neither Bearer nor Basic/],
  ["a realm that is no URL", [["www-authenticate", 'Bearer realm="/token"']], /bad realm/],
] as const)("401 with %s", async (_, headers, message) => {
  const registry = await start({ rules: [{ path: MANIFESTS, status: 401, headers }] });
  expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject({
    ok: false,
    reason: "invalid-answer",
    message: expect.stringMatching(message) as string,
  });
  expect(await log(registry)).toHaveLength(1);
});

test("of several challenges in several lines, Bearer is answered", async () => {
  const registry = await start({
    auth: "token",
    rules: [
      {
        path: MANIFESTS,
        status: 401,
        times: 1,
        headers: [
          ["www-authenticate", "Negotiate"],
          ["www-authenticate", 'Basic realm="a, b"'],
          ["www-authenticate", 'bearer REALM="{origin}/token",service="test"'],
        ],
      },
    ],
  });
  expect(await ask(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`)).toMatchObject({
    ok: true,
  });
});

describe("where a redirect led", () => {
  const led = async (script: Script): Promise<[ScriptedRegistry, Answer]> => {
    const other = await start(script);
    const registry = await start({
      auth: "token",
      rules: [
        {
          path: MANIFESTS,
          afterAuth: true,
          status: 307,
          headers: [["location", `http://${other.host}/v2/elsewhere/app/manifests/1`]],
        },
      ],
    });
    const auths = { [registry.host]: { registrytoken: "secret" }, [other.host]: basic("me", "secret") };
    await registry.script({ registryToken: "secret" });
    return [
      other,
      await ask(
        clientOf({ registries: [registry.host, other.host] }, login(auths)),
        `${registry.host}/acme/app:1`,
      ),
    ];
  };

  test("a token for nobody in particular is asked for, and no credential is sent", async () => {
    const [other, answer] = await led({ auth: "token" });
    expect(answer).toMatchObject({ ok: true, digest: digestOf("elsewhere/app", "1") });
    expect(await log(other)).toEqual([
      "HEAD /v2/elsewhere/app/manifests/1",
      "GET /token",
      "HEAD /v2/elsewhere/app/manifests/1 Bearer",
    ]);
    expect(JSON.stringify(await other.requests())).not.toContain("secret");
  });

  test.each<[string, Script, number]>([
    ["Basic", { auth: "basic", users: { me: "secret" } }, 1],
    ["a login", { auth: "token", users: { me: "secret" } }, 2],
    [
      "something that it does not get",
      {
        rules: [
          { path: MANIFESTS, status: 401, headers: [["www-authenticate", 'Bearer realm="{origin}/token"']] },
        ],
      },
      3,
    ],
  ])("%s is not answered", async (_, script, requests) => {
    const [other, answer] = await led(script);
    expect(answer).toMatchObject({ ok: false, reason: "denied" });
    expect(await log(other)).toHaveLength(requests);
  });
});

test("a registry that wants Basic for some of its repositories gives the others to everyone", async () => {
  const registry = await start({
    rules: [{ path: "/private/", status: 401, headers: [["www-authenticate", "Basic"]] }],
  });
  const client = clientOf({ registries: [registry.host] });
  expect(await ask(client, `${registry.host}/acme/private/app:1`)).toMatchObject({
    ok: false,
    reason: "denied",
  });
  expect(await ask(client, `${registry.host}/acme/public:1`)).toMatchObject({ ok: true });
  expect(await log(registry)).toHaveLength(2);
});
