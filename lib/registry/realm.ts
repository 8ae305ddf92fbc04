// Decides which token server may be asked for a registry's token, and whether it may get the registry's
// credentials.
import { isAddress } from "./addresses.js";
import { LookupError } from "./failure.js";
import { findPublicRegistry } from "./hosts.js";
import { reachElsewhere, type Reach, type TrustedRegistry, type TrustSettings } from "./trust.js";

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
 * domains, and to the built-in exceptions.
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
  return { url, reach: reachElsewhere(url, registry, settings), trusted: isOwn(url, registry) };
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
 * Whether `lower` is a subdomain of `upper`. A single label (`com`, `localhost`) and an address have no
 * subdomains.
 */
function isDomainBelow(lower: string, upper: string): boolean {
  return !isLocal(upper) && !isAddress(lower) && lower.endsWith(`.${upper}`);
}
