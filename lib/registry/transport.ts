// Sends one HTTP request, and guards the address it connects to, the bytes it reads, and the time it takes.
import { lookup as dnsLookup } from "node:dns";
import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingHttpHeaders,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { SecureContext } from "node:tls";
import { readBody, refusalOf } from "./answer-body.js";
import { isAddress, isLoopbackAddress, isLoopbackHost, isPublicAddress } from "./addresses.js";
import type { Certificates } from "./certificates.js";
import { codeOf, LookupError } from "./failure.js";
import { HeadBodies } from "./head-bodies.js";
import { createProxies, type EndedOption, type Proxies } from "./proxy.js";
import type { Reach } from "./trust.js";

export interface Request {
  readonly method: "HEAD" | "GET" | "POST";
  readonly url: URL;
  readonly reach: Reach;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The most bytes of a body; a longer body is a failure. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Transport {
  /**
   * Sends one request and reads the whole answer. It follows no redirect and does not retry.
   *
   * @throws LookupError where a guard refuses the request; else Node's own error, for `failureOf`
   */
  send(request: Request): Promise<Response>;
  /** Ends every connection, in use or not. */
  close(): void;
}

/** Milliseconds for the parts of a request. */
export interface TransportTimes {
  /** Until the connection is made, with TLS and proxy. */
  readonly connect: number;
  /** Until the headers of the answer have arrived. */
  readonly headers: number;
}

const USER_AGENT = "eslint-plugin-container-images";

/**
 * Opens a pool of keep-alive connections. It keeps no process alive: connections that wait for work are not
 * counted by Node.
 *
 * @param env where proxies are named (`HTTPS_PROXY`, `NO_PROXY`)
 * @param times how long each part may take
 * @param certificates what is trusted; by default Node's own authorities
 */
export function createTransport(
  env: NodeJS.ProcessEnv,
  times: TransportTimes,
  certificates?: Certificates,
): Transport {
  // A connection that was made for one reach is never used for another.
  const agents: Record<Reach, HttpAgent> = {
    public: new HttpsAgent({ keepAlive: true, lookup: guardedLookup(isPublicAddress, "not a public one") }),
    any: new HttpsAgent({ keepAlive: true }),
    loopback: new HttpAgent({
      keepAlive: true,
      lookup: guardedLookup(isLoopbackAddress, "not this machine"),
    }),
    insecure: new HttpAgent({ keepAlive: true }),
  };
  const proxies: Proxies = createProxies(env, certificates);
  const headBodies = new HeadBodies();
  return {
    async send(request) {
      refuseByReach(request);
      const plain = request.url.protocol === "http:";
      const proxy =
        plain || isLoopbackHost(request.url.hostname) ? undefined : await proxies.find(request.url);
      const secureContext = plain ? undefined : await certificates?.contextFor(request.url.host);
      const agent = proxy?.agent ?? agents[request.reach];
      return exchange(request, { agent, secureContext, headBodies, proxy: proxy?.host }, times);
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
      proxies.close();
    },
  };
}

/**
 * Checks the host in the URL. A connection to an IP address makes no DNS lookup, so the later check would not
 * see it.
 */
function refuseByReach({ url, reach }: Request): void {
  const plain = url.protocol === "http:";
  const refused =
    plain !== (reach === "loopback" || reach === "insecure") ||
    (reach === "loopback" && !isLoopbackHost(url.hostname)) ||
    (!plain && url.protocol !== "https:") ||
    (reach === "public" && (isAddress(url.hostname) || isLoopbackHost(url.hostname)));
  if (refused) throw new LookupError("untrusted-registry", `${url.host} may not be asked in this way`);
}

function guardedLookup(allowed: (address: string) => boolean, otherwise: string): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      // One forbidden address refuses the name, because Node chooses which address it connects to.
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => allowed(address))) {
        callback(
          new LookupError(
            "untrusted-registry",
            `${hostname} has an address that is ${otherwise}: add it to \`registries\` if it is yours, ` +
              "or a token server to `tokenHosts`",
          ),
          [],
        );
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** The way to a host. */
interface Way {
  readonly agent: HttpAgent;
  readonly secureContext: SecureContext | undefined;
  readonly headBodies: HeadBodies;
  /** The proxy's host and port. */
  readonly proxy: string | undefined;
}

type Options = RequestOptions & EndedOption & { rejectUnauthorized: boolean; secureContext?: SecureContext };

function optionsOf({ method, url, headers, body }: Request, way: Way, ended: AbortSignal): Options {
  return {
    method,
    agent: way.agent,
    ...(way.secureContext ? { secureContext: way.secureContext } : {}),
    headers: {
      "user-agent": USER_AGENT,
      "accept-encoding": "identity",
      ...way.headBodies.headersFor(url.host),
      ...headers,
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    },
    // Set here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot send credentials to an unknown host.
    rejectUnauthorized: true,
    ended,
  };
}

function exchange(request: Request, way: Way, times: TransportTimes): Promise<Response> {
  const { method, url, body, signal } = request;
  const { headBodies, proxy } = way;
  const ended = new AbortController();
  const options = optionsOf(request, way, ended.signal);
  return new Promise<Response>((resolve, reject) => {
    const outgoing = url.protocol === "http:" ? httpRequest(url, options) : httpsRequest(url, options);
    // A request without a connection emits no event when it is destroyed, so this settles the promise.
    const end = (error: Error | undefined, response?: Response): void => {
      clocks.stop();
      signal.removeEventListener("abort", abort);
      ended.abort();
      if (response) resolve(response);
      else {
        if (isNoAnswer(error, outgoing)) headBodies.met(url.host);
        reject(toError(error, outgoing, url.host, proxy));
        outgoing.destroy();
      }
    };
    const abort = (): void => {
      end(late());
    };
    const clocks = startClocks(outgoing, times, abort);
    outgoing.on("error", end);
    outgoing.once("socket", (socket) => {
      headBodies.use(socket);
    });
    outgoing.once("response", (incoming) => {
      clocks.stop();
      const refused = refusalOf(incoming, url);
      const { statusCode: status = 0, headers } = incoming;
      if (method === "HEAD" || refused) {
        // To HEAD, the headers are the whole answer. Where bytes follow, Node fails to read them as the next.
        incoming.on("error", () => undefined).resume();
        if (method === "HEAD") headBodies.watchAfter(incoming, url.host);
        end(refused, refused ? undefined : { status, headers, body: Buffer.alloc(0) });
        return;
      }
      readBody(incoming, request).then((read) => {
        end(undefined, { status, headers, body: read });
      }, end);
    });
    outgoing.once("upgrade", (_, socket) => {
      socket.destroy();
      end(new LookupError("invalid-answer", `${url.host} wants to speak another protocol (101)`));
    });
    if (proxy !== undefined) refuseProxyAnswers(outgoing, proxy, end);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    outgoing.end(body);
  });
}

function late(): Error {
  return Object.assign(new Error("timed out"), { code: "ETIMEDOUT" });
}

/**
 * A proxy's refusal looks like an answer of the registry. Its 404 must not be taken for a missing tag.
 */
function refuseProxyAnswers(outgoing: ClientRequest, proxy: string, end: (error: Error) => void): void {
  outgoing.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
    if (statusCode === 200) return;
    end(
      new LookupError("unreachable", `the proxy ${proxy} refused the connection: ${whyRefused(statusCode)}`),
    );
  });
}

function whyRefused(status: number): string {
  if (status === 407) return "it asks for a user name and password";
  return Number.isNaN(status) ? "it did not answer in HTTP as it should" : `it answered ${String(status)}`;
}

function startClocks(outgoing: ClientRequest, times: TransportTimes, late: () => void): { stop: () => void } {
  const headers = setTimeout(late, times.headers);
  const connect = setTimeout(late, times.connect);
  outgoing.once("socket", (socket) => {
    if (!socket.connecting) clearTimeout(connect);
    else
      socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
        clearTimeout(connect);
      });
  });
  return {
    stop() {
      clearTimeout(headers);
      clearTimeout(connect);
    },
  };
}

/** Whether the connection brought bytes of no answer: the body of an earlier answer to HEAD. */
function isNoAnswer(error: unknown, outgoing: ClientRequest): boolean {
  return outgoing.reusedSocket && codeOf(error).startsWith("HPE_");
}

function toError(error: unknown, outgoing: ClientRequest, host: string, proxy: string | undefined): Error {
  if (error instanceof LookupError) return error;
  // An idle connection that was closed when we used it: the request was not really tried.
  if (isNoAnswer(error, outgoing) || (outgoing.reusedSocket && codeOf(error) === "ECONNRESET"))
    return Object.assign(new Error("cut"), { code: "ECONNRESET", reused: true });
  if (proxy !== undefined && !outgoing.socket) {
    const code = codeOf(error);
    // A proxy is silent too while it waits for the host.
    if (code === "ETIMEDOUT") {
      const cause = `did not answer in time through the proxy ${proxy}`;
      return new LookupError("timeout", `${host} ${cause}`, { host, cause });
    }
    const why = code === "" ? "" : ` (${code})`;
    return new LookupError("unreachable", `the proxy ${proxy} could not be used${why}`);
  }
  return error instanceof Error ? error : new Error("the request failed");
}
