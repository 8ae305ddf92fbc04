// No message holds a secret, also where a registry that got it says it again.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { Secrets } from "../../lib/registry/secrets.js";
import { makeCertificate } from "../support/certificates.js";
import { clientOf, MANIFESTS, start } from "./clients.js";
import { basic, login, lookUp } from "./logins.js";

const SECRET = "Hun-ter_2secret";
const NAME = "hunter2secret.evil.example";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a host whose name is a secret that the registry got", () => {
  test.each<[string, string]>([
    ["a redirect", "https://hunter2secret.localhost/x"],
    ["a redirect to a name without a dot", "http://hunter2secret:5000/x"],
    ["a redirect without TLS", `http://${NAME}/x`],
    [
      "a redirect with the whole header",
      `http://${basic("me", SECRET).auth.replace(/=/g, "")}.evil.example/`,
    ],
  ])("is not named: %s", async (_, location) => {
    const registry = await start({
      auth: "basic",
      users: { me: SECRET },
      rules: [{ path: MANIFESTS, afterAuth: true, status: 307, headers: [["location", location]] }],
    });
    const client = clientOf(
      { registries: [registry.host], timeout: 2000 },
      login({ [registry.host]: basic("me", SECRET) }),
    );
    const answer = await lookUp(client, `${registry.host}/acme/app:1`);
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toMatch(/evil|localhost|hunter/);
    expect(JSON.stringify(answer)).toContain("a host whose name holds a secret");
  });

  test.each([
    [
      "points to hunter2secret.evil.example:80, without TLS",
      "points to a host whose name holds a secret, without TLS",
    ],
    ["hunter2secret.evil.example: no", "a host whose name holds a secret: no"],
    ["from /hunter2secret/.docker/config.json; again", "from /hunter2secret/.docker/config.json; again"],
    [
      "`docker login hunter2secret.corp.example:5000` again",
      "`docker login hunter2secret.corp.example:5000` again",
    ],
    ["hunter2secret", "hunter2secret"],
  ])("is taken out of %j", (message, expected) => {
    const failure = { ok: false, reason: "denied", message, about: { host: NAME, cause: message } } as const;
    const secrets = new Secrets();
    for (const text of ["ev", ""]) secrets.add(text);
    expect(secrets.hiddenIn(failure, [])).toBe(failure);
    secrets.add(SECRET);
    expect(secrets.hiddenIn(failure, ["hunter2secret.corp.example:5000"])).toEqual({
      ...failure,
      message: expected,
      about: { host: "a host whose name holds a secret", cause: expected },
    });
  });
});

test("is not named either in a lookup with another login", async () => {
  const registry = await start({
    auth: "basic",
    users: { me: SECRET, you: "other-secret" },
    rules: [
      { path: "^/v2/other/", afterAuth: true, status: 307, headers: [["location", `http://${NAME}/x`]] },
    ],
  });
  const client = clientOf(
    { registries: [registry.host], timeout: 2000 },
    login({
      [`${registry.host}/acme`]: basic("me", SECRET),
      [`${registry.host}/other`]: basic("you", "other-secret"),
    }),
  );
  expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({ ok: true });
  const answer = await lookUp(client, `${registry.host}/other/app:1`);
  expect(answer.ok).toBe(false);
  expect(JSON.stringify(answer)).not.toMatch(/hunter/);
});

test("a failure that counts for the whole host tells no other lookup the first one's secret", async ({
  skip,
}) => {
  const host = "registry.corp.example";
  const certificate = makeCertificate(host, NAME);
  if (!certificate) return skip("openssl is not installed");
  // The registry takes the password, and then names a token server like it.
  const registry = await start({
    auth: "basic",
    users: { me: SECRET },
    tls: certificate,
    proxy: "tunnel",
    rules: [
      { path: "^/token", status: 429, headers: [["retry-after", "9999"]] },
      {
        path: MANIFESTS,
        afterAuth: true,
        status: 401,
        headers: [["www-authenticate", `Bearer realm="https://${NAME}/token"`]],
      },
    ],
  });
  const logins = login({ [`${host}/a`]: basic("me", SECRET), [`${host}/b`]: basic("me", "another") });
  const client = clientOf(
    { registries: [host], timeout: 2000, caFile: certificate.cert },
    { ...logins, HTTPS_PROXY: registry.proxy },
  );
  vi.stubEnv("HTTPS_PROXY", registry.proxy);
  const answers: Answer[] = [];
  for (const name of ["a/app:1", "a/app:2", "a/app:3", "b/app:1", "c/app:1"])
    answers.push(await lookUp(client, `${host}/${name}`));
  expect((await registry.requests()).filter(({ url }) => url.startsWith("/token"))).toHaveLength(1);
  expect(answers.slice(1)).toEqual(answers.slice(1).map(() => answers[1]));
  expect(JSON.stringify(answers)).toContain("a host whose name holds a secret takes no more requests");
  expect(JSON.stringify(answers)).not.toMatch(/evil|hunter/);
  return undefined;
});

test("a key that is a URL is named without its path and its query", async () => {
  const registry = await start({ auth: "basic", users: { me: "secret" } });
  const key = `http://${registry.host}/v1/?token=in-the-key`;
  const client = clientOf({ registries: [registry.host] }, login({ [key]: { auth: "%%%" } }));
  const answer = await lookUp(client, `${registry.host}/acme/app:1`);
  expect(answer).toMatchObject({
    reason: "credentials",
    message: expect.stringContaining(` has an entry for ${registry.host} that is not `) as string,
  });
});
