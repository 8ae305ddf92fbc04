// Debian's docker-registry on loopback: open, with Basic authentication over TLS, and with a token server on
// the same address.
import { spawn, type ChildProcess } from "node:child_process";
import { createSign, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { join } from "node:path";
import { request } from "./http.js";
import type { Target } from "./manifests.js";
import { run, tool } from "./tools.js";

export const USER = "reader";
/** Of a registry on loopback that lives as long as the test. */
export const PASSWORD = "pass:word";
const BASIC = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;

export interface Registry extends Target {
  readonly host: string;
  /** The file of the certificate to trust, where it speaks TLS. */
  readonly caFile?: string;
  /** A folder with the config.json of somebody who has logged in, or of somebody who has not. */
  readonly dockerConfig: string;
  stop(): void;
}

type Start = (folder: string) => Promise<Registry>;

/** The registries by how they let one in. */
export const REGISTRIES: Readonly<Record<"anonymous" | "Basic and TLS" | "token", Start>> = {
  anonymous: startOpen,
  "Basic and TLS": startBasic,
  token: startToken,
};

async function startOpen(folder: string): Promise<Registry> {
  const { child, port } = await serve(folder, "");
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    url,
    host: `127.0.0.1:${String(port)}`,
    dockerConfig: dockerConfig(folder, {}),
    authorization: () => Promise.resolve(undefined),
    stop: () => child.kill(),
  };
}

async function startBasic(folder: string): Promise<Registry> {
  const { key, certificate } = await selfSigned(folder, "IP:127.0.0.1");
  const { stdout } = await run("htpasswd", ["-Bbn", USER, PASSWORD]);
  const passwords = join(folder, "htpasswd");
  writeFileSync(passwords, stdout);
  const ca = readFileSync(certificate, "utf8");
  const { child, port } = await serve(
    folder,
    `  tls: { certificate: ${certificate}, key: ${key} }\n` +
      "auth:\n" +
      `  htpasswd: { realm: oracle, path: ${passwords} }\n`,
    ca,
  );
  const host = `127.0.0.1:${String(port)}`;
  const config = dockerConfig(folder, { auths: { [host]: { auth: BASIC.slice("Basic ".length) } } });
  return {
    url: `https://${host}`,
    host,
    ca,
    caFile: certificate,
    dockerConfig: config,
    authorization: () => Promise.resolve(BASIC),
    stop: () => child.kill(),
  };
}

/**
 * The token server stands on the registry's own host and port: crane trusts no other realm on loopback, and
 * neither do we.
 */
async function startToken(folder: string): Promise<Registry> {
  const { key, certificate } = await selfSigned(folder, "DNS:token.example");
  let port = 0;
  const front = http.createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith("/token?") === true) issue(incoming, outgoing, key, certificate);
    else forward(incoming, outgoing, port);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${String((front.address() as AddressInfo).port)}`;
  const url = `http://${host}`;
  const { child, port: behind } = await serve(
    folder,
    "auth:\n" +
      `  token: { realm: "${url}/token", service: oracle, issuer: oracle, rootcertbundle: ${certificate} }\n`,
  );
  port = behind;
  const authorization = (repository: string): Promise<string> => tokenOf(`${url}/token`, repository);
  const stop = (): void => {
    child.kill();
    front.closeAllConnections();
    front.close();
  };
  return {
    url,
    host,
    dockerConfig: dockerConfig(folder, { auths: { [host]: { auth: BASIC.slice("Basic ".length) } } }),
    authorization,
    stop,
  };
}

/**
 * Starts a registry whose token server is another host, as GitLab's is.
 *
 * @returns the registry, and the token server's host and port
 */
export async function startWithTokenHost(
  folder: string,
): Promise<{ readonly registry: Registry; readonly tokenHost: string }> {
  const { key, certificate } = await selfSigned(folder, "DNS:token.example");
  const front = http.createServer((incoming, outgoing) => {
    issue(incoming, outgoing, key, certificate);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.2", resolve));
  const tokenHost = `127.0.0.2:${String((front.address() as AddressInfo).port)}`;
  const { child, port } = await serve(
    folder,
    "auth:\n" +
      "  token:\n" +
      `    { realm: "http://${tokenHost}/jwt/auth", service: oracle, ` +
      `issuer: oracle, rootcertbundle: ${certificate} }\n`,
  );
  const host = `127.0.0.1:${String(port)}`;
  const registry: Registry = {
    url: `http://${host}`,
    host,
    dockerConfig: dockerConfig(folder, { auths: { [host]: { auth: BASIC.slice("Basic ".length) } } }),
    authorization: (repository) => tokenOf(`http://${tokenHost}/jwt/auth`, repository),
    stop: () => {
      child.kill();
      front.closeAllConnections();
      front.close();
    },
  };
  return { registry, tokenHost };
}

async function tokenOf(realm: string, repository: string): Promise<string> {
  const { body } = await request(`${realm}?service=oracle&scope=repository:${repository}:pull,push`, {
    headers: { authorization: BASIC },
  });
  return `Bearer ${(JSON.parse(body) as { token: string }).token}`;
}

/** Answers a token request: anybody may pull, who has logged in may pull `private/` and push. */
function issue(
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
  key: string,
  certificate: string,
): void {
  const url = new URL(incoming.url ?? "", "http://loopback");
  const known = incoming.headers.authorization === BASIC;
  const access = url.searchParams.getAll("scope").flatMap((scope) => {
    const [type = "", name = "", actions = ""] = scope.split(":");
    const allowed = actions
      .split(",")
      .filter((action) => known || (action === "pull" && !name.startsWith("private/")));
    return allowed.length === 0 ? [] : [{ type, name, actions: allowed }];
  });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const x5c = [readFileSync(certificate, "utf8").replace(/-----[A-Z ]+-----|\s/g, "")];
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "oracle",
    sub: known ? USER : "",
    aud: "oracle",
    exp: now + 300,
    nbf: now - 10,
    iat: now,
    jti: randomUUID(),
    access,
  };
  const unsigned = `${part({ typ: "JWT", alg: "RS256", x5c })}.${part(claims)}`;
  const signature = createSign("RSA-SHA256").update(unsigned).sign(readFileSync(key), "base64url");
  const token = `${unsigned}.${signature}`;
  outgoing.setHeader("content-type", "application/json");
  outgoing.end(JSON.stringify({ token, expires_in: 300 }));
}

function forward(incoming: http.IncomingMessage, outgoing: http.ServerResponse, port: number): void {
  const behind = http.request(
    { host: "127.0.0.1", port, method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  behind.on("error", () => outgoing.writeHead(502).end());
  incoming.pipe(behind);
}

/**
 * Starts a registry. A port that is free may be another's a moment later: then the registry ends, and the
 * next one is tried.
 */
async function serve(
  folder: string,
  more: string,
  ca?: string,
): Promise<{ child: ChildProcess; port: number }> {
  const file = join(folder, "registry.yml");
  mkdirSync(join(folder, "storage"), { recursive: true });
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    writeFileSync(
      file,
      "version: 0.1\n" +
        "log: { level: error }\n" +
        `storage: { filesystem: { rootdirectory: ${join(folder, "storage")} } }\n` +
        "http:\n" +
        `  addr: 127.0.0.1:${String(port)}\n` +
        `  secret: oracle\n${more}`,
    );
    const child = spawn(tool("docker-registry") ?? "docker-registry", ["serve", file], { stdio: "ignore" });
    if (await ready(child, `${ca === undefined ? "http" : "https"}://127.0.0.1:${String(port)}/v2/`, ca))
      return { child, port };
    child.kill();
    if (tries === 5) throw new Error("docker-registry does not start");
  }
}

async function ready(child: ChildProcess, url: string, ca?: string): Promise<boolean> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    try {
      const { status, headers } = await request(url, ca === undefined ? {} : { ca });
      if ((status === 200 || status === 401) && "docker-distribution-api-version" in headers) return true;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function selfSigned(folder: string, name: string): Promise<{ key: string; certificate: string }> {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const { code, stderr } = await run("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    certificate,
    "-subj",
    "/CN=oracle",
    "-addext",
    `subjectAltName=${name}`,
  ]);
  if (code !== 0) throw new Error(`openssl: ${stderr}`);
  return { key, certificate };
}

function dockerConfig(folder: string, content: object): string {
  const where = join(folder, "docker");
  mkdirSync(where, { recursive: true });
  writeFileSync(join(where, "config.json"), JSON.stringify(content));
  return where;
}
