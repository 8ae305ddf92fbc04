// Tells public IP addresses from private ones, so that text in a repository cannot reach machines of the
// local network.
import { BlockList, isIP } from "node:net";

/** IANA's special-purpose IPv4 addresses, multicast, and reserved addresses. */
const SPECIAL_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/**
 * Inside 2000::/3: Teredo and other protocol assignments, documentation, 6to4 (an IPv4 address in disguise).
 */
const SPECIAL_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const specialV4 = listOf(SPECIAL_IPV4, "ipv4");
const specialV6 = listOf(SPECIAL_IPV6, "ipv6");
const globalV6 = listOf(["2000::/3"], "ipv6");
const loopbackV4 = listOf(["127.0.0.0/8"], "ipv4");

/**
 * Whether an address is reachable from the internet: not private, loopback, link-local, shared, multicast or
 * reserved.
 *
 * @param address an IP address without brackets; any other text is not public
 * @returns whether it is public; an IPv6 address that contains an IPv4 address (mapped, or with NAT64's
 *   well-known prefix) counts as that address
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890); RFC 6052 for NAT64
 */
export function isPublicAddress(address: string): boolean {
  const v4 = ipv4In(address);
  if (v4 !== undefined) return !specialV4.check(v4, "ipv4");
  return (
    isIP(address) === 6 &&
    !address.includes("%") &&
    globalV6.check(address, "ipv6") &&
    !specialV6.check(address, "ipv6")
  );
}

/** Whether an address is a loopback address: 127.0.0.0/8 or ::1, with or without brackets. */
export function isLoopbackAddress(address: string): boolean {
  const bare = unbracket(address);
  return bare === "::1" || (isIP(bare) === 4 && loopbackV4.check(bare, "ipv4"));
}

/** Whether a URL's hostname means this machine: `localhost`, 127.0.0.0/8 or [::1]. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || isLoopbackAddress(hostname);
}

/** Whether a URL's hostname is an IP address and not a name. */
export function isAddress(hostname: string): boolean {
  return isIP(unbracket(hostname)) !== 0;
}

function unbracket(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function ipv4In(address: string): string | undefined {
  const version = isIP(address);
  if (version === 4) return address;
  if (version !== 6 || address.includes("%")) return undefined;
  // WHATWG URL writes every IPv6 address in one way, the last 32 bits in hexadecimal.
  const match = /^\[(?:::ffff:|64:ff9b::)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})\]$/.exec(
    new URL(`http://[${address}]`).hostname,
  );
  if (!match) return undefined;
  const [high, low] = [parseInt(match[1] ?? "0", 16), parseInt(match[2] ?? "0", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].map(String).join(".");
}

function listOf(subnets: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", bits = ""] = subnet.split("/");
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
