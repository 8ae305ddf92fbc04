// The built-in public registries: they may be asked without being named in the settings.
import { isDomain } from "../reference/reference.js";

/** A row of the table of public registries. */
export interface PublicRegistry {
  /** The domain in a reference, in lower case; a leading `*.` stands for exactly one label. */
  readonly domain: string;
  /** Other names of the same registry. */
  readonly aliases?: readonly string[];
  /** The host that serves `/v2/`, if it is not the domain itself. */
  readonly api?: string;
  /**
   * Token servers that may get its credentials, beside its own host and that host's subdomains and parent
   * domains.
   */
  readonly realms?: readonly string[];
  /** The key of its entry in Docker's `config.json`, if it is not the domain. */
  readonly credentialsKey?: string;
}

/** The operator of a `*.` row runs every host below it: no one else can get a name there. */
export const PUBLIC_REGISTRIES: readonly PublicRegistry[] = [
  {
    domain: "docker.io",
    aliases: ["index.docker.io", "registry-1.docker.io"],
    api: "registry-1.docker.io",
    realms: ["auth.docker.io"],
    credentialsKey: "https://index.docker.io/v1/",
  },
  { domain: "ghcr.io" },
  { domain: "quay.io" },
  { domain: "gcr.io" },
  { domain: "*.gcr.io" },
  { domain: "*.pkg.dev" },
  { domain: "registry.k8s.io" },
  { domain: "public.ecr.aws" },
  { domain: "mcr.microsoft.com" },
  { domain: "nvcr.io" },
  { domain: "registry.gitlab.com", realms: ["gitlab.com"] },
  { domain: "cgr.dev" },
  { domain: "dhi.io" },
  { domain: "registry.access.redhat.com" },
  { domain: "registry.redhat.io" },
  { domain: "registry.connect.redhat.com" },
  { domain: "registry.fedoraproject.org" },
  { domain: "registry.suse.com" },
  { domain: "registry.opensuse.org" },
  { domain: "container-registry.oracle.com" },
  { domain: "icr.io" },
  { domain: "docker.elastic.co" },
  { domain: "lscr.io" },
  { domain: "codeberg.org" },
];

const BY_NAME: ReadonlyMap<string, PublicRegistry> = new Map(
  PUBLIC_REGISTRIES.flatMap((row) =>
    [row.domain, ...(row.aliases ?? [])].map((name) => [name, row] as const),
  ),
);

/**
 * Writes a registry's host in its canonical form: lower case, no `:443`, one spelling for each IP address
 * (`127.1`, `0x7f000001` and `2130706433` are all `127.0.0.1`).
 *
 * @param domain `host`, `host:port` or `[ipv6]:port`, as in a reference
 * @returns the host with its port, unless that is 443; `undefined` when the text is not a host
 * @see WHATWG URL, "Host parsing"
 */
export function canonicalHost(domain: string): string | undefined {
  if (!isDomain(domain) || !URL.canParse(`https://${domain}`)) return undefined;
  return new URL(`https://${domain}`).host;
}

/**
 * Finds a registry in the built-in public list.
 *
 * @param host what {@link canonicalHost} returned; a host with a port is never in the list
 * @returns its row, if it has one
 */
export function findPublicRegistry(host: string): PublicRegistry | undefined {
  return BY_NAME.get(host) ?? BY_NAME.get(`*${host.slice(Math.max(host.indexOf("."), 0))}`);
}

/**
 * The main name of a registry that may have several.
 *
 * @param host what {@link canonicalHost} returned
 * @returns `docker.io` for Docker Hub's aliases, else the host itself
 */
export function mainName(host: string): string {
  return BY_NAME.get(host)?.domain ?? host;
}

/**
 * Every name under which a registry's credentials may be kept, the most usual first.
 *
 * @param account what {@link mainName} returned
 */
export function credentialNames(account: string): readonly string[] {
  return [account, ...(BY_NAME.get(account)?.aliases ?? [])];
}

/** The key that Docker writes for a registry's entry in `config.json`. */
export function credentialsKey(account: string): string {
  return BY_NAME.get(account)?.credentialsKey ?? account;
}
