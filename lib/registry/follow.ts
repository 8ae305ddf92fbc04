// Follows redirects: only a few, never to plain http, and never with credentials to another origin.
import { codeOf, failureOf, LookupError } from "./failure.js";
import { reachElsewhere, type TrustedRegistry, type TrustSettings } from "./trust.js";
import type { Request, Response, Transport } from "./transport.js";

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and follows its redirects.
 *
 * @param registry the registry that is asked; it decides which hosts and addresses a redirect may lead to
 * @returns the first answer that is not a redirect, and the URL that gave it
 * @throws LookupError `untrusted-registry` for a target that may not be asked, `invalid-answer` for too many
 *   redirects or a missing target
 * @see OCI distribution-spec, "API": no Authorization across host boundaries
 */
export async function follow(
  transport: Transport,
  request: Request,
  registry: TrustedRegistry,
  settings: TrustSettings,
): Promise<Response & { readonly url: URL }> {
  let current = request;
  for (let redirects = 0; ; redirects += 1) {
    const { host } = current.url;
    const response = await transport.send(current).catch((error: unknown) => {
      if (redirects === 0) throw error;
      throw ofTarget(error, host);
    });
    if (!REDIRECTS.has(response.status) || request.method === "POST")
      return { ...response, url: current.url };
    const { location } = response.headers;
    if (location === undefined || !URL.canParse(location, current.url.href))
      throw new LookupError("invalid-answer", `${current.url.host} redirects to nowhere`);
    if (redirects === MAX_REDIRECTS)
      throw new LookupError(
        "invalid-answer",
        `${registry.host} redirects more than ${String(MAX_REDIRECTS)} times`,
      );
    const url = new URL(location, current.url);
    url.hash = "";
    const isOwn = url.origin === request.url.origin && url.username === "" && url.password === "";
    // A token server that the user named may be where only its own name leads.
    const reach = isOwn ? request.reach : reachElsewhere(url, registry, settings);
    // Once removed it stays removed: a redirect back to the first origin was chosen by another host.
    const headers =
      url.origin === current.url.origin ? current.headers : withoutAuthorization(current.headers);
    current = { ...current, url, reach, headers };
  }
}

/** The failure of the host that a redirect led to: the registry itself has answered. */
function ofTarget(error: unknown, host: string): LookupError {
  return Object.assign(LookupError.of(failureOf(error, host)), { code: codeOf(error) });
}

function withoutAuthorization(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"),
  );
}
