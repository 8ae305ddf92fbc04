// The client against a real server on loopback: what it sends, and what it makes of what comes back.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "../../lib/reference/answer.js";
import { createClient, type Client } from "../../lib/registry/client.js";
import { stopClock, until } from "../support/clock.js";
import {
  digestOf,
  manifestOf,
  sha256,
  startRegistry,
  type ManifestKind,
  type Rule,
  type Script,
  type ScriptedRegistry,
} from "../support/registry.js";
import { referenceOf, settingsOf } from "../support/settings.js";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFESTS = "^/v2/.*/manifests/";
const open: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

async function start(script: Script = {}): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(registry);
  return registry;
}

function clientOf(settings: Readonly<Record<string, unknown>>): Client {
  // No environment: no proxy, and no credentials of whoever runs this.
  const client = createClient(settingsOf(settings), { DOCKER_CONFIG: "/nonexistent" });
  open.push({
    stop: () => {
      client.close();
      return Promise.resolve();
    },
  });
  return client;
}

async function ask(
  registry: ScriptedRegistry,
  text: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const client = clientOf({ registries: [registry.host], ...settings });
  return client.resolve(referenceOf(`${registry.host}/${text}`), new AbortController().signal);
}

async function methods(registry: ScriptedRegistry): Promise<string> {
  return (await registry.requests()).map(({ method }) => method).join(" ");
}

const FOUND = digestOf("acme/app", "1");

describe("what is asked", () => {
  test.each<ManifestKind>(["oci-index", "docker-list", "oci-manifest", "docker-manifest"])(
    "the digest of the bytes of a %s, with one HEAD",
    async (kind) => {
      const registry = await start({ images: { "acme/app:1": kind } });
      const answer = await ask(registry, "acme/app:1");
      expect(answer).toMatchObject({ ok: true, digest: digestOf("acme/app", "1", kind), from: "registry" });
      expect(await methods(registry)).toBe("HEAD");
    },
  );

  test("every type is accepted, indexes first, and no encoding", async () => {
    const registry = await start();
    await ask(registry, "acme/app:1");
    const [request] = await registry.requests();
    expect(request).toMatchObject({
      url: "/v2/acme/app/manifests/1",
      authorization: "",
      encoding: "identity",
    });
    expect(request?.accept.split(", ").map((type) => type.replace(/^application\/vnd\./, ""))).toEqual([
      "oci.image.index.v1+json",
      "docker.distribution.manifest.list.v2+json",
      "oci.image.manifest.v1+json",
      "docker.distribution.manifest.v2+json",
    ]);
  });

  test("`latest` without a tag, the tag even beside a digest, the digest where there is no tag", async () => {
    const registry = await start();
    await ask(registry, "acme/app");
    await ask(registry, `acme/app:1@${FOUND}`);
    await ask(registry, `acme/app@${FOUND}`);
    expect((await registry.requests()).map(({ url }) => url.replace("/v2/acme/app/manifests/", ""))).toEqual([
      "latest",
      "1",
      FOUND,
    ]);
  });

  test("another manifest than the digest that was asked for is a failure", async () => {
    const registry = await start();
    expect(await ask(registry, `acme/app@${FOUND}`)).toMatchObject({ ok: false, reason: "invalid-answer" });
  });

  test("a mirror, with its path before the repository, and not the origin", async () => {
    const mirror = await start();
    const client = clientOf({ mirrors: { "docker.io": `http://${mirror.host}/proxy/hub` } });
    const answer = await client.resolve(referenceOf("nginx:1.27"), new AbortController().signal);
    expect(answer).toMatchObject({ ok: true, digest: digestOf("proxy/hub/library/nginx", "1.27") });
    expect((await mirror.requests()).map(({ url }) => url)).toEqual([
      "/v2/proxy/hub/library/nginx/manifests/1.27",
    ]);
  });

  test("the failure of a mirror names it, and what was looked up as it is written", async () => {
    const mirror = await start({ images: {} });
    const client = clientOf({ mirrors: { "docker.io": `http://${mirror.host}` } });
    const answer = await client.resolve(referenceOf("nginx:1.27.9"), new AbortController().signal);
    expect(answer).toEqual({
      ok: false,
      reason: "not-found",
      message: `no tag 1.27.9 in docker.io/library/nginx at ${mirror.host}`,
    });
  });

  test("nothing of a registry that is not named: no connection is made", async () => {
    const registry = await start();
    const client = clientOf({ registries: ["registry.corp.example"] });
    for (const domain of [
      registry.host,
      `localhost:${String(registry.port)}`,
      `127.1:${String(registry.port)}`,
      `2130706433:${String(registry.port)}`,
    ]) {
      const answer = await client.resolve(referenceOf(`${domain}/acme/app:1`), new AbortController().signal);
      expect(answer).toMatchObject({ ok: false, reason: "untrusted-registry" });
    }
    expect((await registry.seen()).connections).toBe(0);
  });

  test("a registry on IPv6", async ({ skip }) => {
    const registry = await startRegistry({ address: "::1" }).catch(() => undefined);
    if (!registry) {
      skip("no IPv6 on this machine");
      return;
    }
    open.push(registry);
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true });
  });
});

describe("what is answered", () => {
  const bytes = manifestOf("acme/app:1", "oci-index");
  const head = (...headers: readonly (readonly [string, string])[]): Rule => ({
    path: MANIFESTS,
    method: "HEAD",
    status: 200,
    headers,
  });
  const get = (body: string, ...headers: readonly (readonly [string, string])[]): Rule => ({
    path: MANIFESTS,
    method: "GET",
    status: 200,
    headers,
    body,
  });
  const type = ["content-type", INDEX] as const;
  const digest = (value: string) => ["docker-content-digest", value] as const;
  const schema1 = JSON.stringify({ schemaVersion: 1, name: "acme/app", tag: "1", fsLayers: [] });

  test.each<[string, readonly Rule[], object, string]>([
    [
      "404: no such tag, and no GET",
      [{ path: MANIFESTS, status: 404 }],
      { ok: false, reason: "not-found" },
      "HEAD",
    ],
    [
      "403: not found or no access",
      [{ path: MANIFESTS, status: 403 }],
      { ok: false, reason: "denied" },
      "HEAD",
    ],
    [
      "418: said as it is",
      [{ path: MANIFESTS, status: 418 }],
      { ok: false, reason: "invalid-answer" },
      "HEAD",
    ],
    [
      "the digest in HEAD",
      [head(type, digest(FOUND))],
      { ok: true, digest: FOUND, mediaType: INDEX },
      "HEAD",
    ],
    [
      "the type's parameters are dropped",
      [head(["content-type", `${INDEX}; charset=utf-8`], digest(FOUND))],
      { ok: true, mediaType: INDEX },
      "HEAD",
    ],
    ["no type, but a digest", [head(digest(FOUND))], { ok: true, mediaType: "" }, "HEAD"],
    [
      "no digest in HEAD: the bytes are hashed",
      [head(type), get(bytes, type)],
      { ok: true, digest: FOUND, mediaType: INDEX, platformCount: 2 },
      "HEAD GET",
    ],
    ...[
      "sha256:XYZ",
      `sha256:${"A".repeat(64)}`,
      "md5:d41d8cd98f00b204e9800998ecf8427e",
      `sha256:${"a".repeat(63)}`,
      "",
      `${FOUND} x`,
    ].map((bad): [string, readonly Rule[], object, string] => [
      `the digest ${bad} in HEAD: the bytes are hashed`,
      [head(type, digest(bad)), get(bytes, type)],
      { ok: true, digest: FOUND },
      "HEAD GET",
    ]),
    [
      "two digests in HEAD: the bytes are hashed",
      [head(type, digest(FOUND), digest(FOUND)), get(bytes, type)],
      { ok: true, digest: FOUND },
      "HEAD GET",
    ],
    ...[400, 405, 501].map((status): [string, readonly Rule[], object, string] => [
      `HEAD is ${String(status)}: GET`,
      [{ path: MANIFESTS, method: "HEAD", status }],
      { ok: true, digest: FOUND },
      "HEAD GET",
    ]),
    [
      "another digest in the header than the bytes have",
      [head(type), get(bytes, type, digest(sha256("other")))],
      { ok: false, reason: "invalid-answer", message: expect.stringContaining("digest mismatch") as string },
      "HEAD GET",
    ],
    [
      "a header that is no digest does not count",
      [head(type), get(bytes, type, digest("nonsense"))],
      { ok: true, digest: FOUND },
      "HEAD GET",
    ],
    [
      "a type in the body that is not the header's",
      [head(type), get(bytes, ["content-type", "application/vnd.oci.image.manifest.v1+json"])],
      { ok: false, reason: "invalid-answer" },
      "HEAD GET",
    ],
    [
      "a type that says nothing",
      [head(), get(bytes, ["content-type", "application/json"])],
      { ok: true, digest: FOUND, mediaType: INDEX },
      "HEAD GET",
    ],
    [
      "a web page in HEAD",
      [head(["content-type", "text/html; charset=utf-8"], digest(FOUND))],
      { ok: false, reason: "invalid-answer", message: expect.stringContaining("not a registry") as string },
      "HEAD",
    ],
    [
      "a web page in GET",
      [head(), get("<html>log in</html>", ["content-type", "text/html"])],
      { ok: false, reason: "invalid-answer", message: expect.stringContaining("not a registry") as string },
      "HEAD GET",
    ],
    ["no manifest", [head(), get("{}", type)], { ok: false, reason: "invalid-answer" }, "HEAD GET"],
    ["no JSON", [head(), get("oops", type)], { ok: false, reason: "invalid-answer" }, "HEAD GET"],
    ["nothing", [head(), get("", type)], { ok: false, reason: "invalid-answer" }, "HEAD GET"],
    [
      "schema 1 by its type",
      [head(["content-type", "application/vnd.docker.distribution.manifest.v1+prettyjws"], digest(FOUND))],
      { ok: false, message: expect.stringContaining("schema 1") as string },
      "HEAD",
    ],
    [
      "schema 1 by its bytes",
      [head(), get(schema1, ["content-type", "application/json"])],
      { ok: false, message: expect.stringContaining("schema 1") as string },
      "HEAD GET",
    ],
    [
      "an encoding that was not asked for",
      [head(), get(bytes, type, ["content-encoding", "gzip"])],
      { ok: false, reason: "invalid-answer" },
      "HEAD GET",
    ],
    [
      "endless bytes",
      [head(), { path: MANIFESTS, method: "GET", flood: true, headers: [type] }],
      { ok: false, reason: "invalid-answer", message: expect.stringContaining("4096 KiB") as string },
      "HEAD GET",
    ],
    [
      "headers beyond all measure",
      [head(["x-large", "x".repeat(20_000)], digest(FOUND))],
      { ok: false, reason: "invalid-answer" },
      "HEAD",
    ],
    [
      "no HTTP at all",
      [{ path: MANIFESTS, raw: "SSH-2.0-OpenSSH_9.2\r\n" }],
      { ok: false, reason: "invalid-answer" },
      "HEAD",
    ],
    [
      "a NUL in a header",
      [
        {
          path: MANIFESTS,
          raw: `HTTP/1.1 200 OK\r\nDocker-Content-Digest: ${FOUND}\u0000\r\nContent-Length: 0\r\n\r\n`,
        },
      ],
      { ok: false, reason: "invalid-answer" },
      "HEAD",
    ],
  ])("%s", async (_, rules, expected, sent) => {
    const registry = await start({ rules });
    expect(await ask(registry, "acme/app:1")).toMatchObject(expected);
    expect(await methods(registry)).toBe(sent);
  });

  test("a digest of another algorithm in GET is checked, and ours is returned", async () => {
    const { createHash } = await import("node:crypto");
    const sha512 = `sha512:${createHash("sha512").update(bytes).digest("hex")}`;
    const registry = await start({ rules: [head(type, digest(sha512)), get(bytes, type, digest(sha512))] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
  });

  test("attestations are no platforms", async () => {
    const index = {
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        { platform: { os: "linux", architecture: "amd64" } },
        { platform: { os: "unknown", architecture: "unknown" } },
        {},
      ],
    };
    const registry = await start({ rules: [head(), get(JSON.stringify(index), type)] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, platformCount: 2 });
  });

  test("a body that is shorter than it says is no answer", async () => {
    const raw = `HTTP/1.1 200 OK\r\nContent-Type: ${INDEX}\r\nContent-Length: 5000\r\n\r\n${bytes}`;
    const registry = await start({ rules: [head(), { path: MANIFESTS, method: "GET", raw }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: false, reason: "unreachable" });
  });
});

describe("asking again", () => {
  test.each([408, 429, 500, 502, 503, 504, 522])("after %i", async (status) => {
    const registry = await start({ rules: [{ path: MANIFESTS, status, times: 1 }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
    expect(await methods(registry)).toBe("HEAD HEAD");
  });

  test("after a connection that was cut", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, reset: true, times: 2 }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
  });

  test("three times, and not a fourth", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, status: 503 }] });
    expect(await ask(registry, "acme/app:1")).toEqual({
      ok: false,
      reason: "unreachable",
      message: `${registry.host} answered 503 for ${registry.host}/acme/app:1`,
    });
    expect(await methods(registry)).toBe("HEAD HEAD HEAD");
  });

  test("not where the host says to wait for longer than there is time; then nobody asks it", async () => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 429, headers: [["retry-after", "99999"]] }],
    });
    const client = clientOf({ registries: [registry.host] });
    const answers = await Promise.all(
      ["a:1", "b:1", "c:1"].map((text) =>
        client.resolve(referenceOf(`${registry.host}/${text}`), new AbortController().signal),
      ),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({
        ok: false,
        reason: "rate-limited",
        message: expect.stringMatching(/ until \d{4}-\d\d-\d\dT[\d:]+Z; logging in/) as string,
      });
    expect(await methods(registry)).toBe("HEAD");
  });

  test("where the host limits us and does not say for how long: three times, then no more", async () => {
    const registry = await start({ rules: [{ path: MANIFESTS, status: 429 }] });
    const client = clientOf({ registries: [registry.host] });
    for (const text of ["a:1", "b:1", "c:1"]) {
      const answer = await client.resolve(
        referenceOf(`${registry.host}/${text}`),
        new AbortController().signal,
      );
      expect(answer).toEqual({
        ok: false,
        reason: "rate-limited",
        message: `${registry.host} takes no more requests from here; logging in may raise the limit`,
      });
    }
    expect(await methods(registry)).toBe("HEAD HEAD HEAD");
  });

  test("after as long as the host says", async () => {
    const registry = await start({
      rules: [{ path: MANIFESTS, status: 429, headers: [["retry-after", "1"]], times: 1 }],
    });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true });
  });
});

describe("hosts that cannot be reached", () => {
  test("are asked once, however many references they have", async () => {
    const registry = await start();
    const host = registry.host;
    await registry.stop();
    open.length = 0;
    const client = clientOf({ registries: [host] });
    const answers = await Promise.all(
      ["a:1", "b:1", "c:1"].map((text) =>
        client.resolve(referenceOf(`${host}/${text}`), new AbortController().signal),
      ),
    );
    for (const answer of answers)
      expect(answer).toEqual({
        ok: false,
        reason: "unreachable",
        message: `${host} cannot be reached: the connection was refused`,
      });
  });

  test("are left alone when they never answer, and the others are asked", async () => {
    const hung = await start({ rules: [{ path: ".", hang: true }] });
    const good = await start();
    stopClock();
    const client = clientOf({ registries: [hung.host, good.host], timeout: 300 });
    const resolve = (text: string): Promise<string> =>
      client
        .resolve(referenceOf(text), new AbortController().signal)
        .then((answer) => (answer.ok ? "found" : answer.reason));
    const [a, b] = [resolve(`${hung.host}/a:1`), resolve(`${hung.host}/b:1`)];
    expect(await Promise.all([resolve(`${good.host}/a:1`), resolve(`${good.host}/b:1`)])).toEqual([
      "found",
      "found",
    ]);
    await until(async () => (await methods(hung)) === "HEAD");
    // A quarter of the time is waited for the first; then the other tries, too.
    vi.advanceTimersByTime(75);
    await until(async () => (await methods(hung)) === "HEAD HEAD");
    vi.advanceTimersByTime(300);
    expect(await Promise.all([a, b])).toEqual(["timeout", "timeout"]);
    expect(await client.resolve(referenceOf(`${hung.host}/c:1`), new AbortController().signal)).toMatchObject(
      { ok: false, reason: "timeout" },
    );
    expect(await methods(hung)).toBe("HEAD HEAD");
  });

  test("do not hold up the others where only one image is never answered", async () => {
    const registry = await start({ rules: [{ path: "/slow/", hang: true }] });
    stopClock();
    const client = clientOf({ registries: [registry.host], timeout: 800 });
    const [slow, ...others] = ["slow", "a", "b"].map((name) =>
      client.resolve(referenceOf(`${registry.host}/${name}:1`), new AbortController().signal),
    );
    await until(async () => (await methods(registry)) === "HEAD");
    vi.advanceTimersByTime(200);
    expect(await Promise.all(others)).toMatchObject([{ ok: true }, { ok: true }]);
    vi.advanceTimersByTime(600);
    expect(await slow).toMatchObject({ reason: "timeout" });
  });

  test.each<[string, Rule]>([
    [
      "headers that come byte by byte",
      { path: MANIFESTS, raw: "HTTP/1.1 200 OK\r\nX-Slow: ", keepOpen: true },
    ],
    [
      "a body that comes byte by byte",
      { path: MANIFESTS, method: "GET", trickle: 20, headers: [["content-type", INDEX]] },
    ],
  ])("%s end at the reference's deadline", async (_, rule) => {
    const registry = await start({ rules: [{ ...rule }, { path: MANIFESTS, method: "HEAD", status: 405 }] });
    expect(await ask(registry, "acme/app:1", { timeout: 500 })).toMatchObject({
      ok: false,
      reason: "timeout",
    });
  });
});

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

  test("to a host that nobody named makes no connection", async () => {
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

  test("without end, or to nowhere", async () => {
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

test("a lookup that is stopped is a failure, and says nothing of the host", async () => {
  const registry = await start({ rules: [{ path: MANIFESTS, hang: true, times: 1 }] });
  const client = clientOf({ registries: [registry.host] });
  const controller = new AbortController();
  const stopped = client.resolve(referenceOf(`${registry.host}/acme/app:1`), controller.signal);
  const behind = client.resolve(referenceOf(`${registry.host}/acme/app:1`), new AbortController().signal);
  while ((await registry.requests()).length === 0);
  controller.abort();
  expect(await stopped).toMatchObject({ ok: false });
  expect(await behind).toMatchObject({ ok: true, digest: FOUND });
});
