// Proxies, as the environment names them. Nothing is loaded where it names none.
import type { Agent, ClientRequest, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import { LookupError, oneLine } from "./failure.js";

/** The proxy for a request. */
interface Proxy {
  readonly agent: Agent;
  /** Host and port, without user name and password, for messages. */
  readonly host: string;
}

/** An option of requests, for the proxy's agent: aborted when the request is over, also before it has a connection. */
export interface EndedOption {
  readonly ended?: AbortSignal;
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
      const proxy: Proxy = { agent: await createAgent(parsed), host: oneLine(parsed.host) };
      known.set(text, proxy);
      return proxy;
    },
    close() {
      for (const { agent } of known.values()) agent.destroy();
    },
  };
}

async function createAgent(url: URL): Promise<Agent> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  type ConnectOptions = Parameters<InstanceType<typeof HttpsProxyAgent>["connect"]>[1];

  class ProxyAgent extends HttpsProxyAgent<string> {
    override connect(
      request: ClientRequest,
      options: ConnectOptions & RequestOptions & EndedOption,
    ): Promise<Socket> {
      // While the proxy has not answered, its connection is held by nobody: a request that is over would leave it open, and
      // the process with it. `connectOpts` is read before the first wait in `super.connect`, so no other call sees this.
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
  return new ProxyAgent(url, { keepAlive: true });
}
