// Proxies, as the environment names them. Nothing is loaded where it names none.
import type { Agent } from "node:http";
import { LookupError, oneLine } from "./failure.js";

/** The proxy for a request. */
export interface Proxy {
  readonly agent: Agent;
  /** Host and port, without user name and password, for messages. */
  readonly host: string;
}

export interface Proxies {
  /**
   * Finds the proxy for a URL. Its own address is not guarded: the user's environment names it. It resolves the host's name
   * itself, so behind it only the trust check stands.
   *
   * @throws LookupError `unreachable` when the environment names a proxy that cannot be used
   */
  find(url: URL): Promise<Proxy | undefined>;
  close(): void;
}

/** Loopback alone is asked over plain http, and never through a proxy: `HTTP_PROXY` is of no use here. */
const VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/**
 * Reads proxies from the environment.
 *
 * @param env whether any is named; which one, `proxy-from-env` reads from the process itself (`NO_PROXY` included)
 */
export function createProxies(env: NodeJS.ProcessEnv): Proxies {
  const known = new Map<string, Proxy>();
  const closing = new AbortController();
  const any = VARIABLES.some((name) => (env[name] ?? "") !== "");
  return {
    async find(url) {
      if (!any) return undefined;
      const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([import("proxy-from-env"), import("https-proxy-agent")]);
      const text = getProxyForUrl(url.href);
      if (text === "") return undefined;
      const before = known.get(text);
      if (before) return before;
      const parsed = URL.canParse(text) ? new URL(text) : undefined;
      if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
        throw new LookupError("unreachable", "the environment (HTTPS_PROXY) names a proxy that is no http or https URL");
      }
      // The signal ends connections to a proxy that never answers: no request holds them yet.
      const options = { keepAlive: true, signal: closing.signal };
      const proxy: Proxy = { agent: new HttpsProxyAgent(parsed, options), host: oneLine(parsed.host) };
      known.set(text, proxy);
      return proxy;
    },
    close() {
      for (const { agent } of known.values()) agent.destroy();
      closing.abort();
    },
  };
}
