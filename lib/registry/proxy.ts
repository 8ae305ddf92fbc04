// Finds the proxy for a request in the environment. Without a proxy, no code for it is loaded.
import type { Agent, ClientRequest, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Certificates } from "./certificates.js";
import { LookupError, oneLine } from "./failure.js";

/** The proxy for a request. */
interface Proxy {
  readonly agent: Agent;
  /** Host and port, without user name and password, for messages. */
  readonly host: string;
}

/**
 * An option of a request, for the proxy's agent: it is aborted when the request is over, also before it has a
 * connection.
 */
export interface EndedOption {
  readonly ended?: AbortSignal;
}

export interface Proxies {
  /**
   * Finds the proxy for a URL. The address of the proxy is not checked, because the user's environment names
   * it. A proxy resolves the host's name itself, so that only the trust check protects a request through it.
   *
   * @throws LookupError `unreachable` when the environment names a proxy that cannot be used
   */
  find(url: URL): Promise<Proxy | undefined>;
  close(): void;
}

/** `HTTP_PROXY` is not read: what is asked without TLS is never asked through a proxy. */
const VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/**
 * Reads proxies from the environment.
 *
 * @param env says whether there is any proxy; `proxy-from-env` reads the process's own environment for the
 *   rest, with `NO_PROXY`
 * @param certificates what is trusted where the proxy itself speaks TLS
 */
export function createProxies(env: NodeJS.ProcessEnv, certificates?: Certificates): Proxies {
  const known = new Map<string, Proxy>();
  const any = VARIABLES.some((name) => (env[name] ?? "") !== "");
  return {
    async find(url) {
      if (!any) return undefined;
      const { getProxyForUrl } = await import("proxy-from-env");
      const text = getProxyForUrl(url.href);
      if (text === "") return undefined;
      const before = known.get(text);
      if (before) return before;
      const parsed = URL.canParse(text) ? new URL(text) : undefined;
      if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
        throw new LookupError(
          "unreachable",
          "the environment (HTTPS_PROXY) names a proxy that is no http or https URL",
        );
      }
      const context = parsed.protocol === "https:" ? await certificates?.contextFor(parsed.host) : undefined;
      const proxy: Proxy = { agent: await createAgent(parsed, context), host: oneLine(parsed.host) };
      known.set(text, proxy);
      return proxy;
    },
    close() {
      for (const { agent } of known.values()) agent.destroy();
    },
  };
}

async function createAgent(url: URL, secureContext: SecureContext | undefined): Promise<Agent> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  type ConnectOptions = Parameters<InstanceType<typeof HttpsProxyAgent>["connect"]>[1];

  class ProxyAgent extends HttpsProxyAgent<string> {
    override connect(
      request: ClientRequest,
      options: ConnectOptions & RequestOptions & EndedOption,
    ): Promise<Socket> {
      // Until the proxy has answered, its connection belongs to no request: it would stay open, and keep the
      // process alive, when the request is over. `super.connect` reads `connectOpts` before its first wait,
      // so that no other call sees this change.
      const before = this.connectOpts;
      const abandoned = new AbortController();
      const abandon = (): void => {
        abandoned.abort();
      };
      if (options.ended?.aborted) abandon();
      options.ended?.addEventListener("abort", abandon, { once: true });
      this.connectOpts = { ...before, signal: abandoned.signal };
      const connected = super.connect(request, options);
      this.connectOpts = before;
      return connected.finally(() => {
        options.ended?.removeEventListener("abort", abandon);
      });
    }
  }
  return new ProxyAgent(url, { keepAlive: true, ...(secureContext ? { secureContext } : {}) });
}
