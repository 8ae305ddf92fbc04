// The keychain in Docker's config.json: its `auths`, which `docker login` writes where no credential helper
// is set.
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Credential, Keychain } from "./credentials.js";
import { codeOf, LookupError, oneLine } from "./failure.js";
import { canonicalHost, credentialNames, credentialsKey, mainName } from "./hosts.js";

/** Far more than any such file holds. */
const MAX_BYTES = 1024 * 1024;
/** The user name that says: the password is an identity token. */
const TOKEN_USER = "<token>";

/** One entry of `auths`, under every name that its key may mean. */
interface Entry {
  /** The key as it stands. */
  readonly key: string;
  /** The registry's main name. */
  readonly account: string;
  /** The repository, or the folder of repositories, that it is for; empty for the whole registry. */
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Finds Docker's configuration file.
 *
 * @param env `DOCKER_CONFIG` is the folder that it is in; without it, `.docker` in the home folder
 */
export function dockerConfigFile(env: NodeJS.ProcessEnv): string {
  const folder = env["DOCKER_CONFIG"];
  return join(folder === undefined || folder === "" ? join(homedir(), ".docker") : folder, "config.json");
}

/**
 * Reads credentials from `auths` of a Docker configuration file, once, when the first is asked for.
 *
 * A key stands for one registry, compared as a whole: `host`, `host:port`, or a legacy URL
 * (`https://host/v1/`), and without a scheme it may name a folder of repositories (`host/team`), of which the
 * longest counts. Docker Hub's names are one.
 *
 * @param file its path; where it does not exist there are no credentials
 * @see docker/cli `ConvertToHostname` and `decodeAuth`; containers-auth.json(5) for keys with a path
 */
export function dockerConfig(file: string): Keychain {
  let entries: Promise<readonly Entry[]> | undefined;
  return {
    async find(account, repository) {
      entries ??= read(file);
      const best = bestOf(await entries, account, repository);
      return best && credentialOf(best, file);
    },
  };
}

function bestOf(entries: readonly Entry[], account: string, repository: string): Entry | undefined {
  const usual = [credentialsKey(account), ...credentialNames(account)];
  // By the longest path; among those, a key spelled as Docker spells it goes before one that only means the
  // same.
  const rank = ({ key, path }: Entry): number =>
    path.length * 16 + (usual.includes(key) ? usual.length - usual.indexOf(key) : 0);
  let best: Entry | undefined;
  for (const entry of entries) {
    if (entry.account !== account || !covers(entry.path, repository)) continue;
    if (!best || rank(entry) > rank(best)) best = entry;
  }
  return best;
}

function covers(path: string, repository: string): boolean {
  return path === "" || repository === path || repository.startsWith(`${path}/`);
}

async function read(file: string): Promise<readonly Entry[]> {
  const text = await readText(file);
  if (text === undefined) return [];
  let config: unknown;
  try {
    config = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw unreadable(file, "is no JSON");
  }
  if (!isRecord(config)) throw unreadable(file, "is no JSON object");
  const auths = Object.hasOwn(config, "auths") ? config["auths"] : undefined;
  if (auths === undefined || auths === null) return [];
  if (!isRecord(auths)) throw unreadable(file, "has `auths` that is no object");
  return Object.entries(auths).flatMap(([key, value]) => {
    const place = placeOf(key);
    return place && isRecord(value) ? [{ key, ...place, value }] : [];
  });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES) throw unreadable(file, "is larger than 1 MiB");
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof LookupError) throw error;
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(file, `cannot be read (${oneLine(code)})`);
  }
}

function placeOf(key: string): Pick<Entry, "account" | "path"> | undefined {
  const scheme = /^https?:\/\//.exec(key)?.[0] ?? "";
  const [domain = "", ...parts] = key.slice(scheme.length).split("/");
  const host = canonicalHost(domain);
  if (host === undefined) return undefined;
  const path = parts.filter((part) => part !== "").join("/");
  // A URL's path never narrowed anything down: Docker drops it, and `v1` and `v2` are the API's own.
  return { account: mainName(host), path: scheme !== "" || /^v[12]$/.test(path) ? "" : path };
}

function credentialOf({ key, value }: Entry, file: string): Credential | undefined {
  const text = (name: string): string =>
    Object.hasOwn(value, name) && typeof value[name] === "string" ? value[name] : "";
  if (text("registrytoken") !== "") return { kind: "registry-token", token: text("registrytoken") };
  if (text("identitytoken") !== "") return { kind: "identity-token", token: text("identitytoken") };
  const pair =
    text("auth") === ""
      ? { username: text("username"), password: text("password") }
      : decodeAuth(text("auth"));
  if (!pair)
    throw unreadable(file, `has an entry for ${oneLine(key)} that is not user and password in base64`);
  if (pair.username === TOKEN_USER) return { kind: "identity-token", token: pair.password };
  // `docker login` leaves an empty entry where it put the password elsewhere.
  return pair.username === "" && pair.password === "" ? undefined : { kind: "basic", ...pair };
}

function decodeAuth(auth: string): { username: string; password: string } | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(auth.trim())) return undefined;
  const decoded = Buffer.from(auth.trim(), "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return undefined;
  // docker/cli trims the NUL bytes that some stores pad with.
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/^\0+|\0+$/g, "") };
}

function unreadable(file: string, what: string): LookupError {
  return new LookupError("credentials", `${oneLine(file)} ${what}; mend it, or \`docker login\` again`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
