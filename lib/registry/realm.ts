// Decides which token server may be asked for a registry's token, and whether it may get the registry's
// credentials.
import { createRequire } from "node:module";
import type * as Tldts from "tldts";
import { isAddress } from "./addresses.js";
import { LookupError } from "./failure.js";
import { canonicalHost, findPublicRegistry } from "./hosts.js";
import { hostWithPort, isInsecure, matchesHost } from "./named.js";
import { reachElsewhere, type Reach, type TrustedRegistry, type TrustSettings } from "./trust.js";

const require = createRequire(import.meta.url);

/** A token server that may be asked. */
export interface Realm {
  readonly url: URL;
  readonly reach: Reach;
  /** Whether credentials of the registry may be sent there. If not, it is asked without credentials, once. */
  readonly trusted: boolean;
}

/**
 * Checks the realm of a registry's Bearer challenge. A registry may name any realm, so this check alone
 * protects its credentials: they are sent only to the registry's own host, to its subdomains and parent
 * domains, to the built-in exceptions, and to what the setting `tokenHosts` names for this registry.
 *
 * @param realm the challenge's `realm`
 * @throws LookupError `invalid-answer` for a realm that is not a URL, `untrusted-registry` for one that may
 *   not be asked at all
 * @see CVE-2020-15157, CVE-2024-35192 and GHSA-xf85-363p-868w, each a client that sent credentials to any
 *   realm
 */
export function checkRealm(realm: string, registry: TrustedRegistry, settings: TrustSettings): Realm {
  if (!URL.canParse(realm))
    throw new LookupError(
      "invalid-answer",
      `${registry.host} names no token server that can be asked (bad realm)`,
    );
  const url = new URL(realm);
  url.hash = "";
  const named = isTokenHost(url, registry, settings);
  const reach = reachElsewhere(url, registry, settings, named);
  return { url, reach, trusted: named || isOwn(url, registry) };
}

/** Whether `tokenHosts` names the realm's host, with its port, for the registry that is asked. */
function isTokenHost(url: URL, { account }: TrustedRegistry, settings: TrustSettings): boolean {
  const isIt = (host: string): boolean =>
    canonicalHost(host) === hostWithPort(url) ||
    (url.protocol === "http:" && canonicalHost(host) === url.host && isInsecure(url.host, settings));
  return Object.entries(settings.tokenHosts).some(
    ([registry, hosts]) => matchesHost(registry, account) && hosts.some(isIt),
  );
}

function isOwn(url: URL, registry: TrustedRegistry): boolean {
  if (url.origin === registry.origin) return true;
  // On loopback, another port is another program, and without TLS nothing proves whose it is.
  if (url.protocol !== "https:" || !registry.origin.startsWith("https:")) return false;
  const { hostname } = new URL(registry.origin);
  if (url.hostname === hostname && !isLocal(hostname)) return true;
  if (findPublicRegistry(registry.account)?.realms?.includes(url.host)) return true;
  return isDomainBelow(url.hostname, hostname) || isDomainBelow(hostname, url.hostname);
}

function isLocal(hostname: string): boolean {
  return isAddress(hostname) || !hostname.includes(".");
}

/**
 * Whether `lower` is a subdomain of `upper`, and both are the same owner's. A single label (`com`,
 * `localhost`) and an address have no subdomains, and below a public suffix (`co.uk`, `github.io`)
 * everybody may have one.
 */
function isDomainBelow(lower: string, upper: string): boolean {
  if (isLocal(upper) || isAddress(lower) || !lower.endsWith(`.${upper}`)) return false;
  // Loaded here, because few registries have their token server there.
  const { getDomain } = require("tldts") as typeof Tldts;
  return getDomain(upper, { allowPrivateDomains: true }) !== null;
}
