// How the client reads what registries answer.
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { manifestOf, sha256, type Rule } from "../support/registry.js";
import { referenceOf } from "../support/settings.js";
import { ask, clientOf, open, FOUND, INDEX, MANIFESTS, methods, start } from "./clients.js";

describe("an answer", () => {
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
  const IMAGE = "application/vnd.oci.image.manifest.v1+json";
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
      // The digest of no bytes.
      sha256(""),
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
    ...[
      ["the header says index, and it is an image", INDEX, { config: {}, layers: [] }],
      ["the header says image, and it is an index", IMAGE, { manifests: [] }],
      ["it says image, and is an index", "application/json", { mediaType: IMAGE, manifests: [] }],
      ["an index and an image at once", INDEX, { manifests: [], layers: [] }],
      ["the same, and no type", "application/json", { manifests: [], config: {} }],
      ["neither an index nor an image", "application/json", {}],
    ].map(([name, header, fields]): [string, readonly Rule[], object, string] => [
      name as string,
      [
        head(),
        get(JSON.stringify({ schemaVersion: 2, ...(fields as object) }), ["content-type", header as string]),
      ],
      { ok: false, reason: "invalid-answer" },
      "HEAD GET",
    ]),
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
      "an encoding, where only the status counts",
      [{ path: MANIFESTS, status: 404, headers: [["content-encoding", "gzip"]] }],
      { ok: false, reason: "not-found" },
      "HEAD",
    ],
    [
      "another protocol",
      [
        {
          path: MANIFESTS,
          raw: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
          keepOpen: true,
        },
      ],
      { ok: false, reason: "invalid-answer", message: expect.stringContaining("(101)") as string },
      "HEAD",
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

  test("a header digest of another algorithm is checked, and the sha256 is returned", async () => {
    const { createHash } = await import("node:crypto");
    const sha512 = `sha512:${createHash("sha512").update(bytes).digest("hex")}`;
    const registry = await start({ rules: [head(type, digest(sha512)), get(bytes, type, digest(sha512))] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: true, digest: FOUND });
  });

  test("attestations do not count as platforms", async () => {
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

  test("a body that is shorter than its Content-Length is a failure", async () => {
    const raw = `HTTP/1.1 200 OK\r\nContent-Type: ${INDEX}\r\nContent-Length: 5000\r\n\r\n${bytes}`;
    const registry = await start({ rules: [head(), { path: MANIFESTS, method: "GET", raw }] });
    expect(await ask(registry, "acme/app:1")).toMatchObject({ ok: false, reason: "unreachable" });
  });
});

describe("an answer to HEAD with a body, as some proxies send it", () => {
  const DIGEST = `sha256:${"a".repeat(64)}`;
  const answer = (digest: string, body: string): string =>
    `HTTP/1.1 200 OK\r\nDocker-Content-Digest: ${digest}\r\nContent-Type: ${INDEX}\r\n` +
    `Content-Length: ${String(body.length)}\r\n\r\n`;
  const forged = answer(`sha256:${"b".repeat(64)}`, "");
  test.each<[string, string, number]>([
    ["with the headers", '{"schemaVersion":2}', 0],
    ["later, on an idle connection", '{"schemaVersion":2}', 20],
    ["that looks like another answer", forged, 0],
    ["that looks like another answer, later", forged, 20],
  ])("%s: its header counts, and nothing of the body does", async (_, body, pause) => {
    let requests = 0;
    const server = createServer({ noDelay: true }, (socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => {
        requests += 1;
        const head = answer(DIGEST, body);
        if (pause === 0) socket.write(head + body);
        else {
          socket.write(head);
          setTimeout(() => socket.write(body), pause);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => {
      server.close();
    });
    const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const client = clientOf({ registries: [host] });
    for (const wait of [0, 0, 2 * pause, 2 * pause]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      expect(
        await client.resolve(
          referenceOf(`${host}/acme/app:${String(requests)}`),
          new AbortController().signal,
        ),
      ).toMatchObject({ ok: true, digest: DIGEST });
    }
  });
});
