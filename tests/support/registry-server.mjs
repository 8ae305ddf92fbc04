// The scripted registry's process: an OCI registry and token server on loopback that does what its script
// says, faults too. Plain JavaScript, because Node 20 runs no TypeScript; started by registry.ts, which it
// talks to over IPC.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect } from "node:net";

const TYPES = {
  "oci-index": "application/vnd.oci.image.index.v1+json",
  "docker-list": "application/vnd.docker.distribution.manifest.list.v2+json",
  "oci-manifest": "application/vnd.oci.image.manifest.v1+json",
  "docker-manifest": "application/vnd.docker.distribution.manifest.v2+json",
};

function digestOf(bytes) {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** The bytes of an image: a pure function of its name, so that a test can compute the digest by itself. */
function manifestOf(name, kind) {
  const hash = (part) => digestOf(`${name} ${part}`);
  const mediaType = TYPES[kind];
  if (kind === "oci-index" || kind === "docker-list") {
    const child = (architecture) => ({
      mediaType: TYPES[kind === "oci-index" ? "oci-manifest" : "docker-manifest"],
      size: 500,
      digest: hash(architecture),
      platform: { os: "linux", architecture },
    });
    return JSON.stringify({ schemaVersion: 2, mediaType, manifests: [child("amd64"), child("arm64")] });
  }
  return JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: "application/json", size: 2, digest: hash("config") },
    layers: [],
  });
}

function json(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

function listen(server, address = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, () => resolve(server.address().port));
  });
}

/** One registry, with its script and what it has seen. */
async function startRegistry(first) {
  const requests = [];
  const used = new Map();
  /** Answers that are held until the script changes. */
  const held = [];
  let connections = 0;
  let tokens = 0;
  let script = first;

  /** @returns the rule for this request, if its `times` are not used up */
  function ruleFor(request, path) {
    return (script.rules ?? []).find((rule, index) => {
      if (rule.method && rule.method !== request.method) return false;
      if (!new RegExp(rule.path).test(path)) return false;
      if (rule.host && rule.host !== request.headers.host) return false;
      const before = used.get(index) ?? 0;
      if (rule.times !== undefined && before >= rule.times) return false;
      used.set(index, before + 1);
      return true;
    });
  }

  function fill(text, request) {
    return text
      .replaceAll("{host}", request.headers.host)
      .replaceAll("{origin}", `${script.tls ? "https" : "http"}://${request.headers.host}`);
  }

  function obey(rule, request, response, body) {
    if (rule.hang) return;
    if (rule.hold) {
      held.push(() => answer(request, response, body));
      return;
    }
    if (rule.reset) {
      request.socket.resetAndDestroy();
      return;
    }
    if (rule.raw !== undefined) {
      request.socket.write(Buffer.from(fill(rule.raw, request), "latin1"));
      if (!rule.keepOpen) request.socket.end();
      return;
    }
    if (rule.trickle) {
      response.writeHead(rule.status ?? 200, Object.fromEntries(rule.headers ?? []));
      const timer = setInterval(() => response.write("x"), rule.trickle);
      response.on("close", () => clearInterval(timer));
      return;
    }
    if (rule.flood) {
      response.writeHead(rule.status ?? 200, Object.fromEntries(rule.headers ?? []));
      const chunk = Buffer.alloc(64 * 1024, 120);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      response.on("error", () => {});
      more();
      return;
    }
    const headers = (rule.headers ?? []).flatMap(([name, value]) => [name, fill(value, request)]);
    response.writeHead(rule.status ?? 200, headers);
    response.end(
      request.method === "HEAD" ? undefined : rule.body === undefined ? undefined : fill(rule.body, request),
    );
  }

  function challenge(response, request, path) {
    const name = /^\/v2\/(.+)\/manifests\//.exec(path)?.[1];
    const realm = fill(script.realm ?? "{origin}/token", request);
    const scope = name ? `,scope="repository:${name}:pull"` : "";
    const value =
      script.auth === "basic" ? 'Basic realm="test"' : `Bearer realm="${realm}",service="test"${scope}`;
    const body = '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}';
    // With the length, as registries do: without it, Node's client keeps no connection behind an answer to
    // HEAD.
    response.writeHead(401, {
      "www-authenticate": value,
      "content-type": "application/json",
      "content-length": body.length,
    });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  function isUser(authorization) {
    const [user = "", password = ""] = Buffer.from((authorization ?? "").replace(/^Basic /, ""), "base64")
      .toString()
      .split(/:(.*)/s);
    return Object.hasOwn(script.users ?? {}, user) && script.users[user] === password;
  }

  function answerToken(request, response, url, body) {
    const form = new URLSearchParams(request.method === "POST" ? body : url.search);
    const authorization = request.headers.authorization;
    if (
      request.method === "POST"
        ? form.get("refresh_token") !== script.identityToken
        : authorization !== undefined && !isUser(authorization)
    ) {
      json(response, 401, { errors: [{ code: "UNAUTHORIZED" }] });
      return;
    }
    if (script.users && request.method === "GET" && authorization === undefined && !script.anonymous) {
      json(response, 401, { errors: [{ code: "DENIED" }] });
      return;
    }
    tokens += 1;
    json(response, 200, {
      [script.tokenField ?? "token"]:
        `t${tokens}.${Buffer.from(form.get("scope") ?? "").toString("base64url")}`,
      expires_in: 300,
    });
  }

  function allowed(request, path) {
    const authorization = request.headers.authorization ?? "";
    if (script.auth === "basic") return isUser(authorization);
    if (script.auth !== "token") return true;
    const name = /^\/v2\/(.+)\/manifests\//.exec(path)?.[1];
    const [scheme, token = ""] = authorization.split(" ");
    if (script.registryToken !== undefined && token === script.registryToken) return true;
    return (
      scheme === "Bearer" &&
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString() === `repository:${name}:pull`
    );
  }

  function answer(request, response, body) {
    const url = new URL(request.url, "http://registry");
    const path = url.pathname;
    const rule = ruleFor(request, path);
    if (rule && !rule.afterAuth) return obey(rule, request, response, body);
    if (path === "/token") return answerToken(request, response, url, body);
    if (!allowed(request, path)) return challenge(response, request, path);
    if (rule) return obey(rule, request, response, body);
    const [, name, target] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(path) ?? [];
    const kind = name && (script.images ? script.images[`${name}:${target}`] : "oci-index");
    if (!kind)
      return json(response, 404, { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] });
    const bytes = Buffer.from(manifestOf(`${name}:${target}`, kind));
    // As distribution 2.8 does: who does not accept the index gets a child of it.
    const accepts = (request.headers.accept ?? "").includes(TYPES[kind]);
    const digest = accepts ? digestOf(bytes) : digestOf(`${name}:${target} amd64`);
    response.writeHead(200, {
      "content-type": TYPES[kind],
      "content-length": bytes.length,
      "docker-content-digest": digest,
    });
    response.end(request.method === "HEAD" ? undefined : bytes);
  }

  function onRequest(request, response) {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      requests.push({
        method: request.method,
        url: request.url,
        host: request.headers.host ?? "",
        authorization: request.headers.authorization ?? "",
        accept: request.headers.accept ?? "",
        encoding: request.headers["accept-encoding"] ?? "",
        body,
      });
      setTimeout(() => answer(request, response, body), script.latency ?? 0);
    });
  }

  /** A proxy that sends every host to this registry. */
  async function startProxy(port) {
    const proxy = createHttp((_, response) => response.writeHead(405).end());
    let tunnels = 0;
    const targets = [];
    proxy.on("connect", (request, socket, head) => {
      tunnels += 1;
      targets.push({ target: request.url, authorization: request.headers["proxy-authorization"] ?? "" });
      socket.on("error", () => {});
      if (script.proxy === "close") return socket.destroy();
      if (script.proxy === "hang") return undefined;
      if (typeof script.proxy === "number") return socket.end(`HTTP/1.1 ${script.proxy} No\r\n\r\n`);
      const up = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        up.write(head);
        up.pipe(socket);
        socket.pipe(up);
      });
      up.on("error", () => socket.destroy());
      socket.on("error", () => up.destroy());
      return undefined;
    });
    return { port: await listen(proxy), seen: () => ({ tunnels, targets }), stop: () => proxy.close() };
  }

  const server = script.tls
    ? createHttps(
        {
          key: readFileSync(script.tls.key),
          cert: readFileSync(script.tls.cert),
          ...(script.tls.clients && { ca: readFileSync(script.tls.clients), requestCert: true }),
        },
        onRequest,
      )
    : createHttp({ keepAliveTimeout: 60_000 }, onRequest);
  server.on("connection", () => (connections += 1));
  const port = await listen(server, script.address);
  const proxy = script.proxy === undefined ? undefined : await startProxy(port);
  return {
    port,
    proxyPort: proxy?.port,
    seen: () => ({ requests, connections, ...(proxy?.seen() ?? { tunnels: 0, targets: [] }) }),
    change(script_) {
      script = { ...script, ...script_ };
      used.clear();
      for (const again of held.splice(0)) again();
    },
    stop() {
      server.close();
      server.closeAllConnections();
      proxy?.stop();
    },
  };
}

const registries = new Map();

process.on("message", async ({ call, kind, id, script }) => {
  const registry = registries.get(id);
  const answers = {
    async start() {
      const started = await startRegistry(script);
      registries.set(call, started);
      return { id: call, port: started.port, proxyPort: started.proxyPort };
    },
    seen: () => registry.seen(),
    script: () => registry.change(script),
    stop: () => registry.stop(),
  };
  try {
    process.send({ call, value: (await answers[kind]()) ?? null });
  } catch (error) {
    process.send({ call, error: String(error) });
  }
});
process.on("disconnect", () => process.exit(0));
