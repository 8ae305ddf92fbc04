// Whether the user's settings name a host.
import type { Settings } from "../settings/settings.js";
import { canonicalHost } from "./hosts.js";

/**
 * Whether an entry of `registries` is for a host.
 *
 * @param pattern `host` or `host:port`; a label that is `*` stands for exactly one label
 * @param host what {@link canonicalHost} returned
 */
export function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.includes("*")) return canonicalHost(pattern) === host;
  const labels = (text: string): readonly string[] => text.replace(/:443$/, "").split(".");
  const [wanted, given] = [labels(pattern), labels(host)];
  return (
    wanted.length === given.length &&
    wanted.every((label, index) => label === given[index] || (label === "*" && given[index] !== ""))
  );
}

/**
 * Whether `insecureRegistries` names a host, so that it is asked without TLS. Port 80 is the default there.
 *
 * @param host a host with or without a port
 */
export function isInsecure(
  host: string,
  { insecureRegistries }: Pick<Settings, "insecureRegistries">,
): boolean {
  const plain = plainHost(host);
  return insecureRegistries.some((entry) => plainHost(entry) === plain);
}

/** Whether `registries` or `insecureRegistries` names a host: what {@link canonicalHost} returned. */
export function isNamed(
  host: string,
  settings: Pick<Settings, "registries" | "insecureRegistries">,
): boolean {
  return settings.registries.some((entry) => matchesHost(entry, host)) || isInsecure(host, settings);
}

/** The host as references and `registries` name it, without a scheme: only port 443 is left out. */
export function hostWithPort({ protocol, port, hostname, host }: URL): string {
  return protocol === "http:" && port === "" ? `${hostname}:80` : host;
}

function plainHost(host: string): string | undefined {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : undefined;
}
