// The scripted registry: a process of its own on loopback, because the synchronous bridge stops the thread
// that tests run on.
import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

export type ManifestKind = "oci-index" | "docker-list" | "oci-manifest" | "docker-manifest";

/**
 * What the registry does with some requests instead of what it should; the first that fits. `{host}` and
 * `{origin}` are filled in.
 */
export interface Rule {
  /** A pattern over the path. */
  readonly path: string;
  readonly method?: string;
  /** The Host header that it is for. */
  readonly host?: string;
  /** How often; without it, always. */
  readonly times?: number;
  /** Only when the request is authorised. */
  readonly afterAuth?: boolean;
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Never answers. */
  readonly hang?: boolean;
  /** Answers when the script changes, by the new one. */
  readonly hold?: boolean;
  /** Cuts the connection. */
  readonly reset?: boolean;
  /** These bytes and nothing else. */
  readonly raw?: string;
  /** Behind `raw`, the connection stays. */
  readonly keepOpen?: boolean;
  /** Milliseconds between single bytes of an endless body. */
  readonly trickle?: number;
  /** An endless body as fast as it goes. */
  readonly flood?: boolean;
}

/** What the registry is like. */
export interface Script {
  readonly auth?: "none" | "basic" | "token";
  /** Who may log in: user name → password. */
  readonly users?: Readonly<Record<string, string>>;
  /** With users: whether the token server gives a token to nobody in particular, too. */
  readonly anonymous?: boolean;
  readonly identityToken?: string;
  readonly registryToken?: string;
  /** The realm of the Bearer challenge; its own `/token` by default. */
  readonly realm?: string;
  readonly tokenField?: "token" | "access_token";
  /** What it has, `repository:tag` → kind; without it, it has every image, as an OCI index. */
  readonly images?: Readonly<Record<string, ManifestKind>>;
  readonly rules?: readonly Rule[];
  /** Milliseconds before each answer. */
  readonly latency?: number;
  /** With `clients`, only clients with this certificate may connect. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly clients?: string };
  /** Starts a CONNECT proxy too, which sends every host here, or closes, hangs, or refuses with a status. */
  readonly proxy?: "tunnel" | "close" | "hang" | number;
  /** The address to listen on. */
  readonly address?: string;
}

interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly authorization: string;
  readonly accept: string;
  readonly encoding: string;
  readonly body: string;
}

interface Seen {
  readonly requests: readonly SeenRequest[];
  readonly connections: number;
  readonly tunnels: number;
  readonly targets: readonly { readonly target: string; readonly authorization: string }[];
}

export interface ScriptedRegistry {
  readonly host: string;
  readonly port: number;
  /** The proxy's URL, where there is one. */
  readonly proxy: string | undefined;
  requests(): Promise<readonly SeenRequest[]>;
  seen(): Promise<Seen>;
  /** Changes the script from now on. */
  script(script: Script): Promise<void>;
  stop(): Promise<void>;
}

interface Heard {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Started {
  readonly id: number;
  readonly port: number;
  readonly proxyPort?: number;
}

const waiting = new Map<
  number,
  { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
>();
let server: ChildProcess | undefined;
let calls = 0;

/** Starts a registry. It ends with {@link ScriptedRegistry.stop}, or with this process. */
export async function startRegistry(script: Script = {}): Promise<ScriptedRegistry> {
  const { id, port, proxyPort } = (await call({ kind: "start", script })) as Started;
  const seen = async (): Promise<Seen> => (await call({ kind: "seen", id })) as Seen;
  const address = script.address ?? "127.0.0.1";
  return {
    host: `${address.includes(":") ? `[${address}]` : address}:${String(port)}`,
    port,
    proxy: proxyPort === undefined ? undefined : `http://127.0.0.1:${String(proxyPort)}`,
    requests: async () => (await seen()).requests,
    seen,
    async script(changed) {
      await call({ kind: "script", id, script: changed });
    },
    async stop() {
      await call({ kind: "stop", id });
    },
  };
}

/** One process holds all registries of a test file: starting it is what takes time. */
function call(message: object): Promise<unknown> {
  server ??= startServer();
  const to = server;
  calls += 1;
  const number = calls;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    to.send({ ...message, call: number });
  });
}

function startServer(): ChildProcess {
  const child = fork(fileURLToPath(new URL("registry-server.mjs", import.meta.url)), [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: [],
  });
  child.on("message", ({ call: number, value, error }: Heard) => {
    const { resolve, reject } = waiting.get(number) ?? {};
    waiting.delete(number);
    if (error === undefined) resolve?.(value);
    else reject?.(new Error(error));
  });
  child.once("exit", () => {
    for (const { reject } of waiting.values()) reject(new Error("the scripted registry ended"));
  });
  child.unref();
  return child;
}

/** The digest of an image that the scripted registry has, computed here and not asked for. */
export function digestOf(repository: string, tag: string, kind: ManifestKind = "oci-index"): string {
  return sha256(manifestOf(`${repository}:${tag}`, kind));
}

/** The digest of some bytes. */
export function sha256(bytes: string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

const TYPES: Readonly<Record<ManifestKind, string>> = {
  "oci-index": "application/vnd.oci.image.index.v1+json",
  "docker-list": "application/vnd.docker.distribution.manifest.list.v2+json",
  "oci-manifest": "application/vnd.oci.image.manifest.v1+json",
  "docker-manifest": "application/vnd.docker.distribution.manifest.v2+json",
};

/** The bytes of such an image, which registry-server.mjs makes in the same way. */
export function manifestOf(name: string, kind: ManifestKind): string {
  const mediaType = TYPES[kind];
  const hash = (part: string): string => sha256(`${name} ${part}`);
  if (kind === "oci-index" || kind === "docker-list") {
    const child = (architecture: string): object => ({
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
