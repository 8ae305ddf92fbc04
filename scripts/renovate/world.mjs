// The world that Renovate and `pin` see in the check: a CONNECT proxy that leads every host to one registry
// with TLS on loopback.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";

const INDEX = "application/vnd.oci.image.index.v1+json";
const HOSTS = [
  "docker.io",
  "*.docker.io",
  "quay.io",
  "ghcr.io",
  "registry.k8s.io",
  "nvcr.io",
  "public.ecr.aws",
  "gcr.io",
  "*.gcr.io",
];

const sha256 = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/**
 * Starts the world.
 *
 * @param folder where its certificate goes
 * @returns `env` for those who live in it, `moveTags()`, after which every tag points elsewhere,
 *   `addTag(host/repository, tag)`, `digestOf(repository, tag)`, and `stop()`
 */
export async function startWorld(folder) {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = HOSTS.map((host) => `DNS:${host}`).join(",");
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=registry",
      "-addext",
      `subjectAltName=${names}`,
      "-keyout",
      key,
      "-out",
      cert,
    ],
    { stdio: "pipe" },
  );
  const manifests = new Map();
  const tags = new Map();
  let generation = 1;

  const registry = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const answer = (status, type, text, headers = {}) => {
      response.writeHead(status, {
        "content-type": type,
        "content-length": Buffer.byteLength(text),
        ...headers,
      });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    const { pathname, host } = new URL(request.url, `https://${request.headers.host}`);
    if (pathname === "/v2/") return answer(200, "application/json", "{}");
    const listed = /^\/v2\/(.+)\/tags\/list$/.exec(pathname)?.[1];
    if (listed)
      return answer(
        200,
        "application/json",
        JSON.stringify({ name: listed, tags: [...(tags.get(`${host}/${listed}`) ?? [])] }),
      );
    // quay.io is asked for its tags in a way of its own.
    const quay = /^\/api\/v1\/repository\/(.+)\/tag\/$/.exec(pathname)?.[1];
    if (quay)
      return answer(
        200,
        "application/json",
        JSON.stringify({
          tags: [...(tags.get(`${host}/${quay}`) ?? [])].map((tag) => ({ name: tag })),
          has_additional: false,
        }),
      );
    const [, name, target] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(pathname) ?? [];
    if (!name) return answer(404, "application/json", '{"errors":[{"code":"NAME_UNKNOWN"}]}');
    if (target.startsWith("sha256:")) {
      const known = manifests.get(`${name}@${target}`);
      return known
        ? answer(200, INDEX, known, { "docker-content-digest": target })
        : answer(404, "application/json", '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    }
    addTag(`${host}/${name}`, target);
    const body = indexOf(name, target);
    manifests.set(`${name}@${sha256(body)}`, body);
    return answer(200, INDEX, body, { "docker-content-digest": sha256(body) });
  });
  const addTag = (name, tag) => tags.set(name, (tags.get(name) ?? new Set()).add(tag));
  const indexOf = (name, target) =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          size: 500,
          digest: sha256(`${name}:${target}:${generation}`),
          platform: { os: "linux", architecture: "amd64" },
        },
      ],
    });
  const port = await listen(registry);

  const proxy = createHttp((_, response) => response.writeHead(405).end());
  proxy.on("connect", (_request, socket, head) => {
    const up = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      up.write(head);
      up.pipe(socket).pipe(up);
    });
    up.on("error", () => socket.destroy());
    socket.on("error", () => up.destroy());
  });
  const url = `http://127.0.0.1:${String(await listen(proxy))}`;

  return {
    env: {
      HTTPS_PROXY: url,
      https_proxy: url,
      NO_PROXY: "127.0.0.1,localhost",
      no_proxy: "127.0.0.1,localhost",
      NODE_EXTRA_CA_CERTS: cert,
    },
    moveTags() {
      generation += 1;
    },
    addTag,
    digestOf: (name, tag) => sha256(indexOf(name, tag)),
    stop() {
      for (const server of [registry, proxy]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

export async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}
