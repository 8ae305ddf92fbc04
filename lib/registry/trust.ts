// Decides which registries may be asked, so that text in a repository cannot lead to any host. Every request
// passes this check.
import type { Failure } from "../reference/answer.js";
import type { Settings } from "../settings/settings.js";
import { isAddress, isLoopbackHost } from "./addresses.js";
import { LookupError } from "./failure.js";
import { canonicalHost, findPublicRegistry, mainName } from "./hosts.js";
import { hostWithPort, isInsecure, isNamed } from "./named.js";

declare const checked: unique symbol;

/** The settings that say which registries are trusted. */
export type TrustSettings = Pick<Settings, "registries" | "mirrors" | "insecureRegistries" | "tokenHosts">;

/**
 * The addresses that a connection may be made to. `public`: the host is in the built-in list, or a registry
 * pointed to it, so its address must be public. `loopback`: this machine, with plain http. `any`: the user
 * named this very host. `insecure`: the user named it as one without TLS.
 */
export type Reach = "public" | "loopback" | "any" | "insecure";

/** A registry that may be asked. Only {@link trust} makes one, so each has passed the check. */
export interface TrustedRegistry {
  readonly [checked]: true;
  /** The main name of the reference's registry: `docker.io`, also when a mirror is asked. */
  readonly domain: string;
  /** What is asked: scheme, host and port, as in {@link URL.origin}. */
  readonly origin: string;
  /** Host and port of what is asked, for messages. */
  readonly host: string;
  /** The path of a mirror's URL, which goes before the repository: empty, or it ends in `/`. */
  readonly prefix: string;
  /** How many characters of the repository a mirror's path replaces. */
  readonly dropped: number;
  /** The main name of the host whose credentials are used: the mirror's own if a mirror is asked. */
  readonly account: string;
  readonly reach: Reach;
}

export type TrustResult = { readonly ok: true; readonly registry: TrustedRegistry } | Failure;

/**
 * Decides whether a registry may be asked, and where. It reads no file and uses no network.
 *
 * A domain with a mirror is asked only there. Without a mirror it must be in the built-in public list, or in
 * `registries` or `insecureRegistries` with the same port. Plain http is for `insecureRegistries` and for
 * loopback hosts: a mirror's `http:` URL, or a loopback host in `registries` with a port other than 443.
 *
 * @param domain the reference's domain, however it is spelled
 * @returns the registry, or an `untrusted-registry` failure
 */
export function trust(domain: string, settings: TrustSettings): TrustResult {
  const host = canonicalHost(domain);
  if (host === undefined) return untrusted("the part before the first `/` is no host that can be asked");
  const name = mainName(host);
  const mirror = mirrorOf(domain, host, name, settings);
  if (mirror !== undefined) return throughMirror(name, mirror, settings);
  const named = isNamed(host, settings);
  const known = findPublicRegistry(host);
  if (!named && !known) return unnamed(host);
  const asked = known?.api ?? host;
  const local = isLoopbackHost(hostnameOf(host));
  const plain =
    named && !known && (isInsecure(host, settings) || (local && new URL(`https://${host}`).port !== ""));
  const reach: Reach = plain ? (local ? "loopback" : "insecure") : named ? "any" : "public";
  return made({
    domain: name,
    // As URL writes it: without port 80.
    origin: new URL(`${plain ? "http" : "https"}://${asked}`).origin,
    host: asked,
    prefix: "",
    dropped: 0,
    account: name,
    reach,
  });
}

/** Another place at which a registry's images are. */
export interface Place {
  /** What {@link canonicalHost} returned. */
  readonly host: string;
  /** What stands there in place of {@link dropped}. */
  readonly path: string;
  /** The beginning of the repository, up to a `/`. */
  readonly dropped: string;
  readonly reach: Exclude<Reach, "public">;
}

/**
 * Makes the registry for another place that the user's own configuration names for a trusted registry.
 *
 * @param registry passed the check
 */
export function atLocation(
  registry: TrustedRegistry,
  { host, path, dropped, reach }: Place,
): TrustedRegistry {
  const account = mainName(host);
  const asked = findPublicRegistry(host)?.api ?? host;
  const { origin } = new URL(`${reach === "any" ? "https" : "http"}://${asked}`);
  const place = { domain: registry.domain, origin, host: asked, account, reach };
  return brand({ ...place, prefix: path === "" ? "" : `${path}/`, dropped: dropped.length });
}

/**
 * The repository as the registry that is asked knows it.
 *
 * @param repository as the reference names it
 */
export function repositoryAt({ prefix, dropped }: TrustedRegistry, repository: string): string {
  return `${prefix}${repository.slice(dropped).replace(/^\//, "")}`.replace(/\/$/, "");
}

/**
 * Decides whether a registry may point to another place, by a redirect or by the realm of its token server.
 *
 * @param target the place that it points to
 * @param from the registry
 * @param expected whether the user named this target for this registry
 * @returns the addresses that may be connected to: the registry's own on its own origin; elsewhere https and
 *   public addresses only, unless the user named both the registry and that host
 * @throws LookupError `untrusted-registry`, which names the host and never the rest of the URL, whose query
 *   may hold a signature
 */
export function reachElsewhere(
  target: URL,
  from: TrustedRegistry,
  settings: TrustSettings,
  expected = false,
): Reach {
  const refuse = (why: string): LookupError =>
    new LookupError("untrusted-registry", `${from.host} points to ${target.host || "no host"}, ${why}`);
  if (target.username !== "" || target.password !== "") throw refuse("with a user name in the URL");
  if (target.origin === from.origin) return from.reach;
  const named = expected || (from.reach !== "public" && isNamedOrigin(target, settings));
  if (target.protocol === "http:") {
    // From TLS, nothing leads to a host without it.
    const plain = named && from.origin.startsWith("http:");
    if (plain && isLoopbackHost(target.hostname)) return "loopback";
    if (plain && isInsecure(target.host, settings)) return "insecure";
    throw refuse("without TLS");
  }
  if (target.protocol !== "https:") throw refuse("which is no https URL");
  if (named) return "any";
  if (isAddress(target.hostname) || isLocalName(target.hostname)) throw refuse("which is not a public host");
  return "public";
}

function mirrorOf(
  domain: string,
  host: string,
  name: string,
  { mirrors }: TrustSettings,
): string | undefined {
  for (const key of [domain.toLowerCase(), host, name]) if (Object.hasOwn(mirrors, key)) return mirrors[key];
  return Object.keys(mirrors)
    .filter((key) => canonicalHost(key) === host)
    .map((key) => mirrors[key])[0];
}

function throughMirror(domain: string, mirror: string, settings: TrustSettings): TrustResult {
  // The settings were checked before. This checks again, because it is the last guard before the network.
  if (!URL.canParse(mirror)) return untrusted(`the mirror of ${domain} is no URL`);
  const url = new URL(mirror);
  const local = isLoopbackHost(url.hostname);
  const plain = url.protocol === "http:" && (local || isInsecure(url.host, settings));
  if (url.username !== "" || url.password !== "" || !(plain || url.protocol === "https:"))
    return untrusted(`the mirror of ${domain} is no https URL`);
  const account = mainName(hostWithPort(url));
  const host = findPublicRegistry(account)?.api ?? hostWithPort(url);
  const path = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .join("/");
  return made({
    domain,
    origin: new URL(`${url.protocol}//${host}`).origin,
    host,
    prefix: path === "" ? "" : `${path}/`,
    dropped: 0,
    account,
    reach: plain ? (local ? "loopback" : "insecure") : "any",
  });
}

function isNamedOrigin(target: URL, settings: TrustSettings): boolean {
  return (
    isNamed(hostWithPort(target), settings) ||
    Object.values(settings.mirrors).some(
      (mirror) => URL.canParse(mirror) && new URL(mirror).origin === target.origin,
    )
  );
}

function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.+$/, "");
  return name.endsWith(".localhost") || !name.includes(".");
}

function hostnameOf(host: string): string {
  return new URL(`https://${host}`).hostname;
}

function unnamed(host: string): Failure {
  const about = { host, cause: "not trusted: add to the setting `registries`" };
  return { ...untrusted(`not trusted: add \`${host}\` to the setting \`registries\``), about };
}

function untrusted(message: string): Failure {
  return { ok: false, reason: "untrusted-registry", message };
}

function made(registry: Omit<TrustedRegistry, typeof checked>): TrustResult {
  return { ok: true, registry: brand(registry) };
}

function brand(registry: Omit<TrustedRegistry, typeof checked>): TrustedRegistry {
  return registry as TrustedRegistry;
}
