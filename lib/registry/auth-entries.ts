// Reads one text in the format of Docker's config.json: its logins, and the helpers that it names.
import { TOKEN_USER, type Credential } from "./credentials.js";
import { LookupError, oneLine } from "./failure.js";
import { canonicalHost, credentialNames, credentialsKey, mainName } from "./hosts.js";
import { isRecord } from "./json.js";

/** The variable that holds the text of a `config.json`. */
export const LOGIN_VARIABLE = "DOCKER_AUTH_CONFIG";

/** For which registry a key is. */
interface Place {
  /** The key as the file spells it. */
  readonly key: string;
  /** The registry's main name. */
  readonly account: string;
  /** The repository, or the folder of repositories, that the entry is for; empty for the whole registry. */
  readonly path: string;
}

/** One entry of `auths`. */
interface Login extends Place {
  readonly value: Readonly<Record<string, unknown>>;
}

/** One entry of `credHelpers`. */
interface NamedHelper extends Place {
  readonly helper: unknown;
}

/** What such a text holds. */
export interface AuthEntries {
  readonly logins: readonly Login[];
  readonly helpers: readonly NamedHelper[];
  /** `credsStore`: the helper for every registry that has no other. */
  readonly store: unknown;
}

/** The entries of a file that does not exist. */
export const NO_ENTRIES: AuthEntries = { logins: [], helpers: [], store: undefined };

/**
 * Parses such a text.
 *
 * @param name its path, or the name of its variable, for messages
 * @param legacy whether it is a `.dockercfg`, which is what `auths` is elsewhere
 * @throws LookupError `credentials` where it has another format; the message holds nothing of it
 * @see docker/cli `ConvertToHostname`; containers-auth.json(5) for keys with a path
 */
export function parseAuthEntries(text: string, name: string, legacy = false): AuthEntries {
  let whole: unknown;
  try {
    whole = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw unusable(name, "is no JSON");
  }
  if (!isRecord(whole)) throw unusable(name, "is no JSON object");
  const config = legacy ? { auths: whole } : whole;
  const part = (key: string): readonly (readonly [Place, unknown])[] => {
    const value = own(config, key) ?? {};
    if (!isRecord(value)) throw unusable(name, `has \`${key}\` that is no object`);
    return Object.entries(value).flatMap(([each, content]) => {
      const place = placeOf(each);
      return place ? [[{ key: each, ...place }, content] as const] : [];
    });
  };
  return {
    logins: part("auths").flatMap(([place, value]) => (isRecord(value) ? [{ ...place, value }] : [])),
    helpers: part("credHelpers").map(([place, helper]) => ({ ...place, helper })),
    store: own(config, "credsStore") ?? undefined,
  };
}

/**
 * Finds the entry for a repository: the one with the longest path, then the one whose key is spelled as
 * Docker spells it.
 *
 * @param account the registry's main name with its port; it is compared as a whole
 */
export function bestOf<T extends Place>(
  entries: readonly T[],
  account: string,
  repository: string,
): T | undefined {
  const usual = [credentialsKey(account), ...credentialNames(account)];
  const rank = ({ key, path }: Place): number =>
    path.length * 16 + (usual.includes(key) ? usual.length - usual.indexOf(key) : 0);
  let best: T | undefined;
  for (const entry of entries) {
    if (entry.account !== account || !covers(entry.path, repository)) continue;
    if (!best || rank(entry) > rank(best)) best = entry;
  }
  return best;
}

function covers(path: string, repository: string): boolean {
  return path === "" || repository === path || repository.startsWith(`${path}/`);
}

function placeOf(key: string): Pick<Place, "account" | "path"> | undefined {
  const scheme = /^https?:\/\//.exec(key)?.[0] ?? "";
  const [domain = "", ...parts] = key.slice(scheme.length).split("/");
  const host = canonicalHost(domain);
  if (host === undefined) return undefined;
  const path = parts.filter((part) => part !== "").join("/");
  // Docker ignores the path of a URL, and `v1` and `v2` are paths of the API.
  return { account: mainName(host), path: scheme !== "" || /^v[12]$/.test(path) ? "" : path };
}

/**
 * Reads the credential of an entry.
 *
 * @param name the file's path, or the variable's name
 * @returns the credential; `undefined` for the empty entry that `docker login` writes where it keeps the
 *   password elsewhere
 * @throws LookupError `credentials` for an entry that cannot be used
 * @see docker/cli `decodeAuth`
 */
export function credentialOf({ value, ...place }: Login, name: string): Credential | undefined {
  const text = (field: string): string => {
    const content = own(value, field);
    return typeof content === "string" ? content : "";
  };
  const from = name;
  const token = text("registrytoken");
  if (token !== "") {
    if (!/^[\x21-\x7e]+$/.test(token))
      throw unusable(name, `has a registrytoken for ${placeName(place)} that no header can hold`);
    return { kind: "registry-token", token, from };
  }
  if (text("identitytoken") !== "") return { kind: "identity-token", token: text("identitytoken"), from };
  const pair =
    text("auth") === ""
      ? { username: text("username"), password: text("password") }
      : decodeAuth(text("auth"));
  if (!pair)
    throw unusable(name, `has an entry for ${placeName(place)} that is not user and password in base64`);
  return loginOf(pair.username, pair.password, from);
}

/** What a key is for, for messages: a key that is a URL may hold a secret in its path or its query. */
export function placeName({ account, path }: Place): string {
  return oneLine(path === "" ? account : `${account}/${path}`);
}

/**
 * Makes the credential of a user name and a password.
 *
 * @returns `undefined` where both are empty
 */
export function loginOf(username: string, password: string, from: string): Credential | undefined {
  if (username === TOKEN_USER) return { kind: "identity-token", token: password, from };
  return username === "" && password === "" ? undefined : { kind: "basic", username, password, from };
}

function decodeAuth(auth: string): { username: string; password: string } | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(auth.trim())) return undefined;
  const decoded = Buffer.from(auth.trim(), "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return undefined;
  // docker/cli trims the NUL bytes with which some stores pad passwords.
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/^\0+|\0+$/g, "") };
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/**
 * The failure for a file or variable with logins that cannot be used.
 *
 * @param what completes the sentence "The file …"
 */
export function unusable(name: string, what: string): LookupError {
  const remedy = name === LOGIN_VARIABLE ? "correct it" : "correct it, or log in again";
  return new LookupError("credentials", `${oneLine(name)} ${what}; ${remedy}`);
}
