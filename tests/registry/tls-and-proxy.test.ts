// TLS and proxies: read when a process starts, so the built resolver runs in a process of its own. Needs
// openssl.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBuilt, type BuiltResult } from "../support/built.js";
import { makeCertificate, type Certificate } from "../support/certificates.js";
import { digestOf, startRegistry, type Script, type ScriptedRegistry } from "../support/registry.js";

const PUBLIC = ["registry-1.docker.io", "auth.docker.io", "ghcr.io", "quay.io", "registry.corp.example"];
const open: ScriptedRegistry[] = [];
let certificate: Certificate | undefined;
let foreign: Certificate | undefined;
let cache = "";

beforeAll(() => {
  certificate = makeCertificate(...PUBLIC, "127.0.0.1", "localhost");
  foreign = makeCertificate("other.example");
  cache = mkdtempSync(join(tmpdir(), "container-images-proxy-"));
});

afterAll(async () => {
  await Promise.all(open.map((each) => each.stop()));
  rmSync(cache, { recursive: true, force: true });
});

let runs = 0;

async function start(script: Script): Promise<ScriptedRegistry> {
  const registry = await startRegistry(script);
  open.push(registry);
  return registry;
}

function resolve(
  references: readonly string[],
  env: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<BuiltResult> {
  runs += 1;
  const run = {
    way: "resolver",
    calls: [references],
    settings: { cacheDirectory: join(cache, String(runs)), ...settings },
  } as const;
  return runBuilt(run, { DOCKER_CONFIG: "/nonexistent", ...env });
}

function only(result: BuiltResult): unknown {
  return result.answers[0]?.[0];
}

describe("with openssl", () => {
  test("public names through a proxy: Docker Hub's hosts, its token server, and one request each", async ({
    skip,
  }) => {
    if (!certificate) return skip("openssl is not installed");
    const registry = await start({
      tls: certificate,
      proxy: "tunnel",
      auth: "token",
      realm: "https://auth.docker.io/token",
    });
    const references = [
      "nginx:1.27",
      "docker.io/library/nginx:1.27",
      "index.docker.io/library/nginx:1.27",
      "registry-1.docker.io/library/nginx:1.27",
      "library/nginx:1.27",
    ];
    const { answers } = await resolve(references, {
      HTTPS_PROXY: registry.proxy ?? "",
      NODE_EXTRA_CA_CERTS: certificate.cert,
    });
    for (const answer of answers[0] ?? [])
      expect(answer).toMatchObject({ ok: true, digest: digestOf("library/nginx", "1.27") });
    expect(
      (await registry.requests()).map(
        ({ method, host, url }) => `${method} ${host} ${url.replace(/\?.*/, "")}`,
      ),
    ).toEqual([
      "HEAD registry-1.docker.io /v2/library/nginx/manifests/1.27",
      "GET auth.docker.io /token",
      "HEAD registry-1.docker.io /v2/library/nginx/manifests/1.27",
    ]);
    expect((await registry.seen()).targets.map(({ target }) => target)).toEqual([
      "registry-1.docker.io:443",
      "auth.docker.io:443",
    ]);
    return undefined;
  });

  test("Docker Hub's manifests are not read where HEAD has no digest: that would count as a pull", async ({
    skip,
  }) => {
    if (!certificate) return skip("openssl is not installed");
    const registry = await start({
      tls: certificate,
      proxy: "tunnel",
      rules: [{ path: "^/v2/", method: "HEAD" }],
    });
    const result = await resolve(["nginx:1.27", "ghcr.io/acme/app:1"], {
      HTTPS_PROXY: registry.proxy ?? "",
      NODE_EXTRA_CA_CERTS: certificate.cert,
    });
    expect(result.answers[0]).toMatchObject([{ ok: false, reason: "invalid-answer" }, { ok: true }]);
    expect((await registry.requests()).map(({ method, host }) => `${method} ${host}`).sort()).toEqual([
      "GET ghcr.io",
      "HEAD ghcr.io",
      "HEAD registry-1.docker.io",
    ]);
    return undefined;
  });

  test("a company's authority and a client certificate also count behind a proxy", async ({ skip }) => {
    if (!certificate || !foreign) return skip("openssl is not installed");
    const registry = await start({ tls: { ...certificate, clients: foreign.cert }, proxy: "tunnel" });
    const folder = join(cache, "config", "docker", "certs.d", "ghcr.io");
    mkdirSync(folder, { recursive: true });
    copyFileSync(foreign.cert, join(folder, "client.cert"));
    copyFileSync(foreign.key, join(folder, "client.key"));
    const env = { HTTPS_PROXY: registry.proxy ?? "", XDG_CONFIG_HOME: join(cache, "config") };
    const answers = await resolve(["ghcr.io/acme/app:1", "quay.io/acme/app:1"], env, {
      caFile: certificate.cert,
    });
    expect(answers.answers[0]).toMatchObject([{ ok: true }, { ok: false }]);
    return undefined;
  });

  test("a token server elsewhere is asked, and gets no credentials", async ({ skip }) => {
    if (!certificate) return skip("openssl is not installed");
    const { writeFileSync, mkdirSync } = await import("node:fs");
    const folder = join(cache, "login");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ auths: { "ghcr.io": { auth: Buffer.from("me:secret").toString("base64") } } }),
    );
    const registry = await start({
      tls: certificate,
      proxy: "tunnel",
      auth: "token",
      realm: "https://registry.corp.example/token",
    });
    const result = await resolve(["ghcr.io/acme/app:1"], {
      HTTPS_PROXY: registry.proxy ?? "",
      NODE_EXTRA_CA_CERTS: certificate.cert,
      DOCKER_CONFIG: folder,
    });
    expect(only(result)).toMatchObject({ ok: true });
    expect(
      (await registry.requests()).map(({ host, authorization }) =>
        `${host} ${authorization.split(" ")[0] ?? ""}`.trim(),
      ),
    ).toEqual(["ghcr.io", "registry.corp.example", "ghcr.io Bearer"]);
    return undefined;
  });

  test("the proxy does not learn the name of a registry that is not trusted", async ({ skip }) => {
    if (!certificate) return skip("openssl is not installed");
    const registry = await start({ tls: certificate, proxy: "tunnel" });
    const result = await resolve(["registry.corp.example/a:1"], {
      HTTPS_PROXY: registry.proxy ?? "",
      NODE_EXTRA_CA_CERTS: certificate.cert,
    });
    expect(only(result)).toMatchObject({ ok: false, reason: "untrusted-registry" });
    expect((await registry.seen()).tunnels).toBe(0);
    return undefined;
  });

  test.each<[NonNullable<Script["proxy"]>, string]>([
    ["close", "unreachable"],
    [407, "unreachable"],
    [404, "unreachable"],
    [401, "unreachable"],
    ["hang", "timeout"],
  ])("a proxy that answers %s: one connection, and its password is not told", async (proxy, reason) => {
    const registry = await start({ proxy });
    const url = (registry.proxy ?? "").replace("//", "//user:secret@");
    const result = await resolve(
      ["ghcr.io/acme/app:1"],
      { HTTPS_PROXY: url },
      { timeout: reason === "timeout" ? 6000 : 60_000 },
    );
    expect(only(result)).toMatchObject({ ok: false, reason });
    expect(JSON.stringify(result)).not.toContain("secret");
    expect(only(result)).toMatchObject({
      message: expect.stringContaining((registry.proxy ?? "").replace("http://", "the proxy ")) as string,
    });
    expect((await registry.seen()).tunnels).toBe(1);
  });

  test("a proxy that does not speak HTTP says so", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end("boo\r\n\r\n"));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const result = await resolve(["ghcr.io/acme/app:1"], { HTTPS_PROXY: `http://${host}` });
    server.close();
    expect(only(result)).toMatchObject({
      reason: "unreachable",
      message: `the proxy ${host} refused the connection: it did not answer in HTTP as it should`,
    });
  });

  test.each([["ghcr.io"], [".io"], ["*"]])("NO_PROXY=%s goes past the proxy", async (value) => {
    const registry = await start({ proxy: "tunnel" });
    const result = await resolve(
      ["ghcr.io/acme/app:1"],
      { HTTPS_PROXY: registry.proxy ?? "", NO_PROXY: value },
      { timeout: 1500 },
    );
    expect(only(result)).toMatchObject({ ok: false });
    expect((await registry.seen()).tunnels).toBe(0);
  });

  test("loopback is never asked through a proxy", async () => {
    const registry = await start({ proxy: "close" });
    const env = {
      HTTPS_PROXY: registry.proxy ?? "",
      HTTP_PROXY: registry.proxy ?? "",
      ALL_PROXY: registry.proxy ?? "",
    };
    expect(
      only(await resolve([`${registry.host}/acme/app:1`], env, { registries: [registry.host] })),
    ).toMatchObject({ ok: true });
    expect((await registry.seen()).tunnels).toBe(0);
  });

  test.each([
    ["not known", "self", {}, "NODE_EXTRA_CA_CERTS"],
    ["for another host", "foreign", {}, "cannot prove who it is: its certificate is for another host"],
    [
      "not known, and checks switched off in Node",
      "self",
      { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
      "NODE_EXTRA_CA_CERTS",
    ],
  ])("a certificate that is %s: a failure, and no plain http instead", async (_, which, env, says) => {
    const tls = which === "self" ? certificate : foreign;
    if (!tls) {
      console.warn("openssl is not installed: not tested");
      return;
    }
    const registry = await start({ tls });
    const trusted = which === "self" ? {} : { NODE_EXTRA_CA_CERTS: tls.cert };
    const result = await resolve(
      ["docker.io/library/nginx:1"],
      { ...trusted, ...env },
      { mirrors: { "docker.io": `https://${registry.host}` } },
    );
    expect(only(result)).toMatchObject({
      ok: false,
      reason: "tls",
      message: expect.stringContaining(says) as string,
    });
    expect(await registry.requests()).toEqual([]);
  });

  test("a mirror on loopback with TLS", async ({ skip }) => {
    if (!certificate) return skip("openssl is not installed");
    const registry = await start({ tls: certificate });
    const result = await resolve(
      ["docker.io/library/nginx:1"],
      { NODE_EXTRA_CA_CERTS: certificate.cert },
      { mirrors: { "docker.io": `https://${registry.host}` } },
    );
    expect(only(result)).toMatchObject({ ok: true });
    return undefined;
  });

  test("plain http where TLS should be: a failure, and no request", async () => {
    const registry = await start({});
    const result = await resolve(
      ["docker.io/library/nginx:1"],
      {},
      { mirrors: { "docker.io": `https://${registry.host}` } },
    );
    expect(only(result)).toMatchObject({ ok: false, reason: "tls" });
    expect(await registry.requests()).toEqual([]);
  });
});
