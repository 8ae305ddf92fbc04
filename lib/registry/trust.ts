// Who may be asked: text in a repository never leads to a host that nobody named. No request is made without
// passing here.
import type { Failure } from "../reference/answer.js";
import type { Settings } from "../settings.js";
import { isAddress, isLoopbackHost } from "./addresses.js";
import { LookupError } from "./failure.js";
import { canonicalHost, findPublicRegistry, mainName } from "./hosts.js";

declare const checked: unique symbol;

/** The settings that say whom to trust. */
export type TrustSettings = Pick<Settings, "registries" | "mirrors">;

/**
 * Which addresses a connection may be made to. `public`: the host's name is in a list of ours, or a registry
 * pointed there, so what it resolves to is checked. `loopback`: plain http. `any`: the user named this very
 * host.
 */
export type Reach = "public" | "loopback" | "any";

/** A registry that may be asked. Only {@link trust} makes one, so whoever holds one has passed the check. */
export interface TrustedRegistry {
  readonly [checked]: true;
  /** The registry that the reference names, by its main name: `docker.io`, whatever mirror is asked. */
  readonly domain: string;
  /** Who is asked: scheme, host and port, as {@link URL.origin} writes it. */
  readonly origin: string;
  /** Who is asked, for messages: host and port. */
  readonly host: string;
  /** What a mirror's URL puts before the repository: empty, or a path that ends in `/`. */
  readonly prefix: string;
  /** The main name of the host whose credentials are used: the mirror's own where a mirror is asked. */
  readonly account: string;
  readonly reach: Reach;
}

export type TrustResult = { readonly ok: true; readonly registry: TrustedRegistry } | Failure;

/**
 * Decides whether a registry may be asked, and where. Pure: no file, no DNS, no packet.
 *
 * A domain with a mirror is asked there and nowhere else. Without one it must be in the built-in public list,
 * or stand in `registries` with the same port. Plain http is for loopback hosts alone: a mirror's `http:`
 * URL, or a loopback host in `registries` on a port other than 443.
 *
 * @param domain the reference's domain, in any spelling
 * @returns the registry, or an `untrusted-registry` failure
 */
export function trust(domain: string, settings: TrustSettings): TrustResult {
  const host = canonicalHost(domain);
  if (host === undefined) return untrusted("the part before the first `/` is no host that can be asked");
  const name = mainName(host);
  const mirror = mirrorOf(domain, host, name, settings);
  if (mirror !== undefined) return throughMirror(name, mirror);
  const named = isNamed(host, settings);
  const known = findPublicRegistry(host);
  if (!named && !known) return untrusted("not trusted: add its registry to the setting `registries`");
  const asked = known?.api ?? host;
  const plain = named && isLoopbackHost(hostnameOf(host)) && new URL(`https://${host}`).port !== "";
  const reach: Reach = plain ? "loopback" : named ? "any" : "public";
  return made({
    domain: name,
    origin: `${plain ? "http" : "https"}://${asked}`,
    host: asked,
    prefix: "",
    account: name,
    reach,
  });
}

/**
 * Decides whether a registry may send us elsewhere: a redirect, or the realm of its token server.
 *
 * @param target where to
 * @param from the registry that said so
 * @returns the addresses that may be connected to: the registry's own on its own origin; elsewhere https and
 *   public addresses only, unless the user named both the registry and that host
 * @throws LookupError `untrusted-registry`, naming the host and never the rest of the URL (a query may hold a
 *   signature)
 */
export function reachElsewhere(target: URL, from: TrustedRegistry, settings: TrustSettings): Reach {
  const refuse = (why: string): LookupError =>
    new LookupError("untrusted-registry", `${from.host} points to ${target.host || "no host"}, ${why}`);
  if (target.username !== "" || target.password !== "") throw refuse("with a user name in the URL");
  if (target.origin === from.origin) return from.reach;
  const named = from.reach !== "public" && isNamedOrigin(target, settings);
  if (target.protocol === "http:") {
    if (from.reach === "loopback" && named && isLoopbackHost(target.hostname)) return "loopback";
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

function throughMirror(domain: string, mirror: string): TrustResult {
  // The settings were checked, but this line is what stands between text and the network: it checks again.
  if (!URL.canParse(mirror)) return untrusted(`the mirror of ${domain} is no URL`);
  const url = new URL(mirror);
  const plain = url.protocol === "http:" && isLoopbackHost(url.hostname);
  if (url.username !== "" || url.password !== "" || !(plain || url.protocol === "https:"))
    return untrusted(`the mirror of ${domain} is no https URL`);
  const account = mainName(url.host);
  const host = findPublicRegistry(account)?.api ?? url.host;
  const path = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .join("/");
  return made({
    domain,
    origin: `${url.protocol}//${host}`,
    host,
    prefix: path === "" ? "" : `${path}/`,
    account,
    reach: plain ? "loopback" : "any",
  });
}

function isNamed(host: string, { registries }: TrustSettings): boolean {
  return registries.some((entry) => canonicalHost(entry) === host);
}

function isNamedOrigin(target: URL, settings: TrustSettings): boolean {
  // `registries` knows no scheme: a port of 80 is written out there, as 443 is the one left out.
  const host = target.protocol === "http:" && target.port === "" ? `${target.hostname}:80` : target.host;
  return (
    isNamed(host, settings) ||
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

function untrusted(message: string): Failure {
  return { ok: false, reason: "untrusted-registry", message };
}

function made(registry: Omit<TrustedRegistry, typeof checked>): TrustResult {
  return { ok: true, registry: registry as TrustedRegistry };
}
