// Which host gets the user's credentials, and how.
import { describe, expect, test } from "vitest";
import { clientOf, start } from "./clients.js";
import { basic, log, login, lookUp } from "./logins.js";

describe("credentials", () => {
  test("go to the realm on the registry's own host, and the registry sees the token only", async () => {
    const registry = await start({ auth: "token", users: { me: "secret" } });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
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
    const answer = await lookUp(client, `${registry.host}/acme/app:1`);
    expect(answer).toMatchObject({
      ok: false,
      reason: "denied",
      message:
        `${registry.host} sends its users to ${realm.host}, which is not its own: it was asked without ` +
        "credentials, and gave no token; name it in the setting `tokenHosts` if it may get them",
    });
    expect(await log(realm)).toEqual(["GET /token"]);
    await realm.script({ anonymous: true });
    expect(await lookUp(client, `${registry.host}/acme/other:1`)).toMatchObject({ ok: true });
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
      const answer = await lookUp(client, `${registry.host}/acme/app:1`);
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
    await lookUp(client, `${registry.host}/acme/app:1`);
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
      await lookUp(clientOf({ registries: [registry.host] }, login(auths)), `${registry.host}/acme/app:1`),
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
    expect(await lookUp(clientOf(settings, login(hub)), "nginx:1")).toMatchObject({
      ok: false,
      reason: "denied",
    });
    expect(await log(mirror)).toEqual(["HEAD /v2/library/nginx/manifests/1"]);
    expect(
      await lookUp(clientOf(settings, login({ ...hub, [mirror.host]: basic("mirror", "own") })), "nginx:1"),
    ).toMatchObject({ ok: true });
  });

  test("that the token server refuses are tried once, and no anonymous request follows", async () => {
    const registry = await start({ auth: "token", users: { me: "secret" }, anonymous: true });
    const env = login({ [registry.host]: basic("me", "wrong") });
    const client = clientOf({ registries: [registry.host] }, env);
    const message =
      `${registry.host} refused the credentials for ${registry.host} from ` +
      `${String(env["DOCKER_CONFIG"])}/config.json; \`docker login ${registry.host}\` again`;
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toEqual({
      ok: false,
      reason: "credentials",
      message,
    });
    expect(await lookUp(client, `${registry.host}/acme/other:1`)).toEqual({
      ok: false,
      reason: "credentials",
      message,
    });
    expect((await log(registry)).filter((line) => line.includes("/token"))).toEqual(["GET /token Basic"]);
  });

  test("for Basic are sent when the registry asks for them, and then with every request", async () => {
    const registry = await start({ auth: "basic", users: { me: "secret" } });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: basic("me", "secret") }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect(await lookUp(client, `${registry.host}/acme/app:2`)).toMatchObject({ ok: true });
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
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({
      ok: false,
      reason: password === undefined ? "denied" : "credentials",
    });
    expect(await log(registry)).toHaveLength(password === undefined ? 1 : 2);
  });

  test("an identity token is sent in the body of a POST", async () => {
    const registry = await start({ auth: "token", identityToken: "refresh-me", tokenField: "access_token" });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { identitytoken: "refresh-me" } }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    const [, request] = await registry.requests();
    expect(request).toMatchObject({ method: "POST", url: "/token", authorization: "" });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "refresh-me",
      service: "test",
      scope: "repository:acme/app:pull",
    });
  });

  test("an identity token is sent by GET where the server does not know POST", async () => {
    const registry = await start({
      auth: "token",
      users: { "<token>": "refresh-me" },
      rules: [{ path: "^/token", method: "POST", status: 404 }],
    });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { identitytoken: "refresh-me" } }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect((await log(registry)).slice(1, 3)).toEqual(["POST /token", "GET /token Basic"]);
  });

  test("a registry token is used as it is", async () => {
    const registry = await start({ auth: "token", registryToken: "ready" });
    const client = clientOf(
      { registries: [registry.host] },
      login({ [registry.host]: { registrytoken: "ready" } }),
    );
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
    expect((await registry.requests()).at(-1)?.authorization).toBe("Bearer ready");
  });

  test("an unreadable configuration is a failure only where a registry asks for credentials", async () => {
    const env = login("{ secret");
    const closed = await start({ auth: "token" });
    const answer = await lookUp(clientOf({ registries: [closed.host] }, env), `${closed.host}/acme/app:1`);
    expect(answer).toMatchObject({
      ok: false,
      reason: "credentials",
      message: expect.stringMatching(/config\.json is no JSON/) as string,
    });
    const free = await start({});
    expect(await lookUp(clientOf({ registries: [free.host] }, env), `${free.host}/acme/app:1`)).toMatchObject(
      {
        ok: true,
      },
    );
  });
});
