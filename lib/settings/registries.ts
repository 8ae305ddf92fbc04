// Checks the settings that name hosts: `registries`, `insecureRegistries`, `mirrors` and `tokenHosts`.
import { isDomain } from "../reference/reference.js";
import { isRecord, textsIn, Wrong } from "./checks.js";

const HOST = "`host` or `host:port` in lower case, without scheme or path";

/** Checks one entry of `registries`. */
export function registry(value: unknown): unknown {
  return isHost(value) || isHostPattern(value)
    ? value
    : new Wrong(
        `a registry's ${HOST}; \`*\` may stand for a whole label before the last two (\`*.azurecr.io\`)`,
      );
}

/** Checks one entry of `insecureRegistries`. */
export function insecureRegistry(value: unknown): unknown {
  return isHost(value) ? value : new Wrong(`a registry's ${HOST} or wildcard`);
}

/** Checks `tokenHosts`, and makes a list of each single host. */
export function tokenHosts(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object of `registry: token server`");
  const kept = Object.create(null) as Record<string, readonly string[]>;
  for (const [name, hosts] of Object.entries(value)) {
    const at = `[${JSON.stringify(name)}]`;
    if (!isHost(name) && !isHostPattern(name)) return new Wrong("keyed by registry hosts in lower case", at);
    const list = textsIn(hosts);
    if (!list?.every(isHost))
      return new Wrong(`a token server's ${HOST} or wildcard, or an array of them`, at);
    kept[name] = list;
  }
  return kept;
}

/** Checks `mirrors`, and drops the slashes at the end of its URLs. */
export function mirrors(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object of `domain: url`");
  // Without a prototype, so that a domain called `constructor` is not found in Object's.
  const kept = Object.create(null) as Record<string, string>;
  for (const [domain, url] of Object.entries(value)) {
    const at = `[${JSON.stringify(domain)}]`;
    if (!isHost(domain)) return new Wrong("keyed by registry hosts in lower case", at);
    if (typeof url !== "string" || !isMirror(url)) return new Wrong(MIRROR, at);
    kept[domain] = url.replace(/\/+$/, "");
  }
  return kept;
}

const MIRROR =
  "an https URL (http for loopback and `insecureRegistries` only) without user, query or fragment";

/**
 * Checks the mirrors with plain http, which depend on another setting.
 *
 * @param mirrors what {@link mirrors} returned
 * @param insecure the hosts that may be asked without TLS
 */
export function plainMirrors(
  mirrors: Readonly<Record<string, string>>,
  insecure: readonly string[],
): Wrong | undefined {
  const hosts = new Set(insecure.map((each) => new URL(`http://${each}`).host));
  for (const [domain, text] of Object.entries(mirrors)) {
    const { protocol, hostname, host } = new URL(text);
    const loopback = hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
    if (protocol === "http:" && !loopback && !hosts.has(host))
      return new Wrong(MIRROR, `[${JSON.stringify(domain)}]`);
  }
  return undefined;
}

function isMirror(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || text.includes("?") || text.includes("#")) return false;
  return url.protocol === "https:" || url.protocol === "http:";
}

function isHost(value: unknown): value is string {
  return typeof value === "string" && value === value.toLowerCase() && isDomain(value);
}

/**
 * Whether this is a host with `*` for whole labels. The last two labels are written out, so that no pattern
 * stands for a whole top-level domain, and none for addresses.
 */
function isHostPattern(value: unknown): boolean {
  if (typeof value !== "string" || !isHost(value.replaceAll("*", "x"))) return false;
  const labels = value.replace(/:\d+$/, "").split(".");
  return (
    labels.every((label) => label === "*" || !label.includes("*")) &&
    labels.length > 2 &&
    !labels.slice(-2).includes("*") &&
    /[a-z]/.test(labels.at(-1) ?? "")
  );
}
