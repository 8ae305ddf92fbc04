// One reference's requests to its registry: with the right Authorization, which is learnt once for the whole
// host.
import { orAborted, type Budget } from "./budget.js";
import { chooseChallenge, type Challenge } from "./challenge.js";
import { basicAuthorization, type Credential, type Keychain } from "./credentials.js";
import { LookupError } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import { withRetries } from "./retry.js";
import { loginCommand, type Tokens } from "./token.js";
import type { Request, Response, Transport } from "./transport.js";
import { reachElsewhere, type TrustedRegistry, type TrustSettings } from "./trust.js";

/** What a request says of itself; the session adds who asks, and until when. */
type Asked = Pick<Request, "method" | "url" | "headers" | "limit">;

interface Received {
  readonly response: Response;
  /** Who answered, behind all redirects. */
  readonly url: URL;
  readonly challenge: Challenge | undefined;
}

/** What the requests of one client have in common. */
export interface Shared {
  readonly settings: TrustSettings;
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly keychain: Keychain;
}

/** A way to ask one repository of one registry. */
export interface Session {
  /** Whether credentials were sent. */
  readonly loggedIn: boolean;
  /**
   * Sends one request, authenticated as the host wants it. An answer of 401 is met once: with a token, a
   * fresh token, or Basic credentials; from a host that a redirect led to, with a token for nobody in
   * particular.
   *
   * @returns any answer but 401
   * @throws LookupError `denied` after a second 401, or whatever else stood in the way
   */
  ask(request: Asked): Promise<Response>;
}

/**
 * Starts a session.
 *
 * @param repository as the registry knows it, a mirror's path included
 * @param name what is looked up, for messages
 */
export function startSession(
  registry: TrustedRegistry,
  host: Host,
  repository: string,
  name: string,
  shared: Shared,
  budget: Budget,
): Session {
  const { keychain, settings, tokens, transport } = shared;
  let token: string | undefined;
  let answered = false;
  let loggedIn = false;

  /**
   * The value of the Authorization header, if there is any to send. `rejected`: the token that was just
   * refused.
   */
  const authorize = async (challenge: Challenge, rejected?: string): Promise<string | undefined> => {
    const credential = await orAborted(keychain.find(registry.account, repository), budget.signal);
    loggedIn = credential !== undefined;
    if (credential?.kind === "registry-token") return `Bearer ${credential.token}`;
    if (challenge.scheme === "basic") return credential && basicAuthorization(...pairOf(credential));
    const { realm, service } = challenge;
    token = await orAborted(
      tokens.get({ registry, host, repository, realm, service, credential }, rejected),
      budget.signal,
    );
    return `Bearer ${token}`;
  };

  const send = async (asked: Asked, authorization: string | undefined): Promise<Received> => {
    const headers = authorization === undefined ? asked.headers : { ...asked.headers, authorization };
    const request: Request = {
      ...asked,
      headers,
      reach: reachElsewhere(asked.url, registry, settings),
      signal: budget.signal,
    };
    let challenge: Challenge | undefined;
    let url = asked.url;
    const tried = async (): Promise<Response> => {
      const answer = await follow(transport, request, registry, settings);
      ({ url } = answer);
      try {
        challenge =
          answer.status === 401 ? chooseChallenge(answer.headers["www-authenticate"], url.host) : undefined;
        if (challenge && url.origin === registry.origin) host.challenge = challenge;
      } finally {
        host.contacted();
      }
      return answer;
    };
    const response = await withRetries(tried, host, registry.host, budget);
    return { response, url, challenge };
  };

  /**
   * Where a redirect led asks for a token, it gets one that stands for nobody: no credential of ours was
   * given for that host.
   */
  const sendElsewhere = async (asked: Asked, { url, challenge }: Received): Promise<Response> => {
    const [, elsewhere] = /^\/v2\/(.+)\/manifests\//.exec(url.pathname) ?? [];
    if (challenge?.scheme !== "bearer" || elsewhere === undefined)
      throw new LookupError(
        "denied",
        `${name}: ${registry.host} leads to ${url.host}, which asks for a login`,
      );
    const { realm, service } = challenge;
    const anonymous = await orAborted(
      tokens.get({ registry, host, repository: elsewhere, realm, service, credential: undefined }),
      budget.signal,
    );
    const { response } = await send({ ...asked, url }, `Bearer ${anonymous}`);
    if (response.status === 401)
      throw new LookupError(
        "denied",
        `${name}: ${registry.host} leads to ${url.host}, which gives no access to it`,
      );
    return response;
  };

  return {
    get loggedIn() {
      return loggedIn;
    },
    async ask(asked) {
      const known = host.challenge;
      const sent = known && (await authorize(known));
      const first = await send(asked, sent);
      if (first.response.status !== 401) return first.response;
      if (first.url.origin !== registry.origin) return sendElsewhere(asked, first);
      const { challenge } = first;
      // Basic credentials that were refused will be refused again.
      const again =
        !answered && challenge && !(sent?.startsWith("Basic ") === true && challenge.scheme === "basic");
      const authorization = again ? await authorize(challenge, token) : undefined;
      if (authorization === undefined) throw denied(registry, name, loggedIn);
      answered = true;
      const second = await send(asked, authorization);
      if (second.response.status !== 401) return second.response;
      if (second.url.origin !== registry.origin) return sendElsewhere(asked, second);
      throw denied(registry, name, loggedIn);
    },
  };
}

function pairOf(
  credential: Exclude<Credential, { kind: "registry-token" }>,
): [username: string, password: string] {
  return credential.kind === "basic"
    ? [credential.username, credential.password]
    : ["<token>", credential.token];
}

/**
 * The failure for a repository that is missing or private: registries do not say which, so that nobody learns
 * what is there.
 */
export function denied(registry: TrustedRegistry, name: string, loggedIn: boolean): LookupError {
  return new LookupError(
    "denied",
    `${name} was not found, or there is no access to it${loggedIn ? "" : `; \`${loginCommand(registry)}\` if it is private`}`,
  );
}
