// Checks the settings `registries` and `mirrors`.
import { isDomain } from "../reference/reference.js";
import { isRecord, Wrong } from "./checks.js";

/** Checks one entry of `registries`. */
export function registry(value: unknown): unknown {
  const good = typeof value === "string" && value === value.toLowerCase() && isDomain(value);
  return good
    ? value
    : new Wrong("a registry's `host` or `host:port` in lower case, without scheme, path or wildcard");
}

/** Checks `mirrors`, and drops the slashes at the end of its URLs. */
export function mirrors(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object of `domain: url`");
  // Without a prototype, so that a domain called `constructor` is not found in Object's.
  const kept = Object.create(null) as Record<string, string>;
  for (const [domain, url] of Object.entries(value)) {
    if (domain !== domain.toLowerCase() || !isDomain(domain))
      return new Wrong("keyed by registry hosts in lower case", `[${JSON.stringify(domain)}]`);
    if (typeof url !== "string" || !isMirror(url))
      return new Wrong(
        "an https URL (http for loopback only) without user, query or fragment",
        `[${JSON.stringify(domain)}]`,
      );
    kept[domain] = url.replace(/\/+$/, "");
  }
  return kept;
}

function isMirror(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || text.includes("?") || text.includes("#")) return false;
  const loopback =
    url.hostname === "localhost" || url.hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback);
}
