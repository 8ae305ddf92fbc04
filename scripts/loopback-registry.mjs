// A small OCI registry on loopback for the demo and the benchmark: it has every image that is asked for.
//
// `startRegistry()` runs this file in a process of its own, because a lint blocks the thread that would
// answer.
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const FILE = fileURLToPath(import.meta.url);

const sha256 = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** The index of an image: a pure function of its name, so that every run writes the same digest. */
function indexOf(repository, tag) {
  const manifests = ["amd64", "arm64"].map((architecture) => ({
    mediaType: MANIFEST,
    size: 500,
    digest: sha256(`${repository}:${tag}:${architecture}`),
    platform: { os: "linux", architecture },
  }));
  return JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
}

/**
 * Starts the registry.
 *
 * @param options.latency milliseconds before each answer
 * @param options.auth `"token"`: an anonymous Bearer token is asked for, as public registries do; `"none"`
 * @returns its `url`, `host`, `requests()` (how many it answered since the last call) and `stop()`
 */
export async function startRegistry({ latency = 0, auth = "none" } = {}) {
  const child = fork(FILE, [String(latency), auth], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [{ port }] = await once(child, "message");
  const host = `127.0.0.1:${String(port)}`;
  return {
    host,
    url: `http://${host}`,
    async requests() {
      child.send("count");
      const [{ count }] = await once(child, "message");
      return count;
    },
    async stop() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

function serve(latency, auth) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    setTimeout(() => {
      answer(request, response, auth);
    }, latency);
  });
  process.on("message", () => {
    process.send({ count });
    count = 0;
  });
  process.on("disconnect", () => process.exit(0));
  server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
}

function answer(request, response, auth) {
  const url = new URL(request.url, "http://loopback");
  const send = (status, type, text, headers = {}) => {
    response.writeHead(status, {
      "content-type": type,
      "content-length": Buffer.byteLength(text),
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  const json = "application/json";
  if (url.pathname === "/token")
    return send(
      200,
      json,
      JSON.stringify({ token: tokenFor(url.searchParams.getAll("scope")), expires_in: 300 }),
    );
  const asked = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname);
  if (auth === "token" && !allows(request.headers.authorization, asked?.[1])) {
    const scope = asked ? `,scope="repository:${asked[1]}:pull"` : "";
    return send(401, json, '{"errors":[{"code":"UNAUTHORIZED"}]}', {
      "www-authenticate": `Bearer realm="http://${request.headers.host}/token",service="loopback"${scope}`,
    });
  }
  if (url.pathname === "/v2/") return send(200, json, "{}");
  if (!asked) return send(404, json, '{"errors":[{"code":"NAME_UNKNOWN"}]}');
  const body = indexOf(asked[1], asked[2]);
  return send(200, INDEX, body, { "docker-content-digest": sha256(body) });
}

/** A token holds the scopes that were asked for: this registry gives everyone a token. */
function tokenFor(scopes) {
  return Buffer.from(JSON.stringify(scopes)).toString("base64url");
}

function allows(authorization, repository) {
  if (!authorization?.startsWith("Bearer ")) return false;
  const scopes = JSON.parse(Buffer.from(authorization.slice("Bearer ".length), "base64url").toString("utf8"));
  return repository === undefined || scopes.some((scope) => scope.startsWith(`repository:${repository}:`));
}

if (process.argv[1] === FILE) serve(Number(process.argv[2]), process.argv[3]);
