// Which requests are made to log in, with Basic and with tokens.
import { describe, expect, test } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { stopClock } from "../support/clock.js";
import { digestOf, type Script, type ScriptedRegistry } from "../support/registry.js";
import { clientOf, MANIFESTS, start } from "./clients.js";
import { basic, log, login, lookUp } from "./logins.js";

describe("a token server", () => {
  test("gives an anonymous token, and the query of its realm is kept", async () => {
    const registry = await start({ auth: "token", realm: "{origin}/token?extra=1" });
    expect(
      await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: true, digest: digestOf("acme/app", "1") });
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
      await lookUp(clientOf({ mirrors: { "docker.io": `http://${registry.host}/hub` } }), "nginx:1"),
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
    const answers = await Promise.all(texts.map((text) => lookUp(client, text)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(new Set(answers.map((answer) => answer.ok && answer.digest)).size).toBe(count);
    const seen = await registry.seen();
    expect(seen.requests).toHaveLength(expected);
    expect(seen.connections).toBeLessThanOrEqual(64);
  });

  test("may answer with `access_token`", async () => {
    const registry = await start({ auth: "token", tokenField: "access_token" });
    expect(
      await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: true });
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
    expect(
      await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: false, reason: "invalid-answer" });
    expect(await log(registry)).toHaveLength(2);
  });

  test.each([
    [403, "denied"],
    [401, "denied"],
    [404, "invalid-answer"],
    [503, "unreachable"],
  ])("that answers %i", async (status, reason) => {
    const registry = await start({ auth: "token", rules: [{ path: "^/token", status }] });
    expect(
      await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: false, reason });
  });

  test.each([
    [{ hang: true }, "timeout", "did not answer in time", { timeout: 600 }],
    [{ reset: true }, "unreachable", "cannot be reached: the connection was cut", {}],
    [
      { raw: "x\r\n\r\n" },
      "invalid-answer",
      "did not answer in HTTP as it should (HPE_INVALID_CONSTANT)",
      {},
    ],
  ])("is named where it fails, and not the registry: %o", async (rule, reason, cause, more) => {
    const server = await start({ address: "127.0.0.2", rules: [{ path: "^/token", ...rule }] });
    const registry = await start({ auth: "token", realm: `http://${server.host}/token` });
    const settings = { registries: [registry.host, server.host], ...more };
    const host = `the token server ${server.host}`;
    expect(await lookUp(clientOf(settings), `${registry.host}/acme/app:1`)).toMatchObject({
      reason,
      message: `${host} ${cause}`,
      about: { host, cause },
    });
  });

  test("may limit our requests", async () => {
    const registry = await start({
      auth: "token",
      rules: [{ path: "^/token", status: 429, headers: [["retry-after", "9999"]] }],
    });
    const client = clientOf({ registries: [registry.host] });
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({
      ok: false,
      reason: "rate-limited",
    });
    expect(await lookUp(client, `${registry.host}/acme/other:1`)).toMatchObject({
      ok: false,
      reason: "rate-limited",
    });
    expect(await log(registry)).toHaveLength(2);
  });

  test("gives a new token where the registry refuses the old one", async () => {
    const registry = await start({ auth: "token" });
    const client = clientOf({ registries: [registry.host] });
    await lookUp(client, `${registry.host}/acme/app:1`);
    const challenge = ["www-authenticate", 'Bearer realm="{origin}/token",service="test"'] as const;
    await registry.script({ rules: [{ path: MANIFESTS, status: 401, times: 1, headers: [challenge] }] });
    expect(await lookUp(client, `${registry.host}/acme/app:2`)).toMatchObject({ ok: true });
    expect((await log(registry)).slice(3)).toEqual([
      "HEAD /v2/acme/app/manifests/2 Bearer",
      "GET /token",
      "HEAD /v2/acme/app/manifests/2 Bearer",
    ]);
    const used = (await registry.requests()).map(({ authorization }) => authorization);
    expect(used[3]).not.toBe(used[5]);
  });

  test("is asked only once more when its token is refused", async () => {
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
    const answer = await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`);
    expect(answer).toMatchObject({
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
    expect(
      await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
    ).toMatchObject({ ok: true });
    expect(await log(registry)).toEqual([
      "HEAD /v2/acme/app/manifests/1",
      "GET /token",
      "HEAD /v2/acme/app/manifests/1 Bearer",
      "GET /v2/acme/app/manifests/1 Bearer",
    ]);
  });
});

test.each([
  ["no challenge", [], /401 without a challenge/],
  ["Negotiate only", [["www-authenticate", "Negotiate"]], /neither Bearer nor Basic/],
  ["a realm that is no URL", [["www-authenticate", 'Bearer realm="/token"']], /bad realm/],
] as const)("401 with %s", async (_, headers, message) => {
  const registry = await start({ rules: [{ path: MANIFESTS, status: 401, headers }] });
  expect(
    await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
  ).toMatchObject({
    ok: false,
    reason: "invalid-answer",
    message: expect.stringMatching(message) as string,
  });
  expect(await log(registry)).toHaveLength(1);
});

test("of several challenges in several headers, Bearer is answered", async () => {
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
  expect(
    await lookUp(clientOf({ registries: [registry.host] }), `${registry.host}/acme/app:1`),
  ).toMatchObject({
    ok: true,
  });
});

describe("the host that a redirect leads to", () => {
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
      await lookUp(
        clientOf({ registries: [registry.host, other.host] }, login(auths)),
        `${registry.host}/acme/app:1`,
      ),
    ];
  };

  test("is asked with an anonymous token, and gets no credentials", async () => {
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

test("a registry may want Basic for some repositories and give the others to everyone", async () => {
  const registry = await start({
    rules: [{ path: "/private/", status: 401, headers: [["www-authenticate", "Basic"]] }],
  });
  const client = clientOf({ registries: [registry.host] });
  expect(await lookUp(client, `${registry.host}/acme/private/app:1`)).toMatchObject({
    ok: false,
    reason: "denied",
  });
  expect(await lookUp(client, `${registry.host}/acme/public:1`)).toMatchObject({ ok: true });
  expect(await log(registry)).toHaveLength(2);
});
