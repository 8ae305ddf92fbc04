// Reads credentials from `auths` in Docker's config.json, which `docker login` writes where no credential
// helper is set.
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { TOKEN_USER, type Credential, type Keychain } from "./credentials.js";
import { codeOf, LookupError, oneLine } from "./failure.js";
import { canonicalHost, credentialNames, credentialsKey, mainName } from "./hosts.js";
import { isRecord } from "./json.js";

/** Far more than any real file holds. */
const MAX_BYTES = 1024 * 1024;

/** One entry of `auths`. */
interface Entry {
  /** The key as the file spells it. */
  readonly key: string;
  /** The registry's main name. */
  readonly account: string;
  /** The repository, or the folder of repositories, that the entry is for; empty for the whole registry. */
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Finds Docker's configuration file.
 *
 * @param env `DOCKER_CONFIG` names its folder; the default is `.docker` in the home folder
 */
export function dockerConfigFile(env: NodeJS.ProcessEnv): string {
  const folder = env["DOCKER_CONFIG"];
  return join(folder === undefined || folder === "" ? join(homedir(), ".docker") : folder, "config.json");
}

/**
 * Makes a keychain of `auths` in a Docker configuration file. The file is read once, when the first
 * credential is needed.
 *
 * A key names one registry: `host`, `host:port`, or a legacy URL (`https://host/v1/`). A key without a scheme
 * may also name a folder of repositories (`host/team`); the longest one that fits counts. All names of Docker
 * Hub are one registry.
 *
 * @param file its path; a file that does not exist has no credentials
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
  // The longest path wins; then a key that is spelled as Docker spells it.
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
  // Docker ignores the path of a URL, and `v1` and `v2` are paths of the API.
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
  // `docker login` writes an empty entry where it stores the password elsewhere.
  return pair.username === "" && pair.password === "" ? undefined : { kind: "basic", ...pair };
}

function decodeAuth(auth: string): { username: string; password: string } | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(auth.trim())) return undefined;
  const decoded = Buffer.from(auth.trim(), "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return undefined;
  // docker/cli trims the NUL bytes with which some stores pad passwords.
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/^\0+|\0+$/g, "") };
}

function unreadable(file: string, what: string): LookupError {
  return new LookupError(
    "credentials",
    `${oneLine(file)} ${what}; correct it, or run \`docker login\` again`,
  );
}
