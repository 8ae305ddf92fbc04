// The authenticated requests of one lookup. How a host wants to be asked is learnt once for the whole host.
import { orAborted, type Budget } from "./budget.js";
import { chooseChallenge, type Challenge } from "./challenge.js";
import { basicAuthorization, type Keychain } from "./credentials.js";
import { LookupError } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import { withRetries } from "./retry.js";
import { loginCommand, type TokenQuery, type Tokens } from "./token.js";
import type { Request, Response, Transport } from "./transport.js";
import { reachElsewhere, type TrustedRegistry, type TrustSettings } from "./trust.js";

/** A request without what the session adds: the Authorization header, the reach and the deadline. */
export type SessionRequest = Pick<Request, "method" | "url" | "headers" | "limit">;

interface Received {
  readonly response: Response;
  /** The URL that answered, after all redirects. */
  readonly url: URL;
  /** Set where the answer is 401. */
  readonly challenge: Challenge | undefined;
}

/** What all sessions of one client share. */
export interface Shared {
  readonly settings: TrustSettings;
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly keychain: Keychain;
}

/** What a session is for. */
export interface SessionTarget {
  /** As the registry knows it, with a mirror's path. */
  readonly repository: string;
  /** What is looked up, for messages. */
  readonly name: string;
}

/** Sends the requests of one lookup to one repository of one registry. */
export class Session {
  readonly #registry: TrustedRegistry;
  readonly #host: Host;
  readonly #target: SessionTarget;
  readonly #shared: Shared;
  readonly #budget: Budget;
  /** The last token that was sent. */
  #token: string | undefined;
  /** Whether a 401 was already answered with credentials or a token. */
  #answered = false;
  /** Whether credentials were sent. */
  #loggedIn = false;

  constructor(registry: TrustedRegistry, host: Host, target: SessionTarget, shared: Shared, budget: Budget) {
    this.#registry = registry;
    this.#host = host;
    this.#target = target;
    this.#shared = shared;
    this.#budget = budget;
  }

  /**
   * Sends one request with the authentication that the host asks for. It answers one 401: with a token, a new
   * token, or Basic credentials. A host that a redirect led to gets an anonymous token only.
   *
   * @returns any answer but 401
   * @throws LookupError `denied` after a second 401, or another reason why there is no answer
   */
  async ask(request: SessionRequest): Promise<Response> {
    const known = this.#host.challenge;
    const sent = known && (await this.#authorize(known));
    const first = await this.#send(request, sent);
    if (first.response.status !== 401) return first.response;
    if (this.#isElsewhere(first)) return this.#askElsewhere(request, first);
    const { challenge } = first;
    // Basic credentials that were refused would be refused again.
    const refused = sent?.startsWith("Basic ") === true && challenge?.scheme === "basic";
    const again = !this.#answered && challenge && !refused;
    const authorization = again ? await this.#authorize(challenge, this.#token) : undefined;
    if (authorization === undefined) throw this.denied();
    this.#answered = true;
    const second = await this.#send(request, authorization);
    if (second.response.status !== 401) return second.response;
    if (this.#isElsewhere(second)) return this.#askElsewhere(request, second);
    throw this.denied();
  }

  /**
   * The failure for a repository that is missing or private. Registries do not tell which of the two it is,
   * so that nobody learns which repositories exist.
   */
  denied(): LookupError {
    const login = this.#loggedIn ? "" : `; \`${loginCommand(this.#registry)}\` if it is private`;
    const message = `${this.#target.name} was not found, or there is no access to it${login}`;
    return new LookupError("denied", message);
  }

  /**
   * The value of the Authorization header, if there is one to send.
   *
   * @param rejected the token that was just refused
   */
  async #authorize(challenge: Challenge, rejected?: string): Promise<string | undefined> {
    const { repository } = this.#target;
    const found = this.#shared.keychain.find(this.#registry.account, repository);
    const credential = await orAborted(found, this.#budget.signal);
    this.#loggedIn = credential !== undefined;
    if (credential?.kind === "registry-token") return `Bearer ${credential.token}`;
    if (challenge.scheme === "basic") return credential && basicAuthorization(credential);
    const { realm, service } = challenge;
    this.#token = await this.#getToken({ repository, realm, service, credential }, rejected);
    return `Bearer ${this.#token}`;
  }

  #getToken(query: Omit<TokenQuery, "registry" | "host">, rejected?: string): Promise<string> {
    const whole = { registry: this.#registry, host: this.#host, ...query };
    return orAborted(this.#shared.tokens.get(whole, rejected), this.#budget.signal);
  }

  async #send(asked: SessionRequest, authorization: string | undefined): Promise<Received> {
    const { settings, transport } = this.#shared;
    const registry = this.#registry;
    const request: Request = {
      ...asked,
      headers: authorization === undefined ? asked.headers : { ...asked.headers, authorization },
      reach: reachElsewhere(asked.url, registry, settings),
      signal: this.#budget.signal,
    };
    let challenge: Challenge | undefined;
    let { url } = asked;
    const tried = async (): Promise<Response> => {
      const answer = await follow(transport, request, registry, settings);
      ({ url } = answer);
      try {
        challenge =
          answer.status === 401 ? chooseChallenge(answer.headers["www-authenticate"], url.host) : undefined;
        if (challenge && url.origin === registry.origin) this.#host.challenge = challenge;
      } finally {
        this.#host.contacted();
      }
      return answer;
    };
    const response = await withRetries(tried, this.#host, registry.host, this.#budget);
    return { response, url, challenge };
  }

  #isElsewhere({ url }: Received): boolean {
    return url.origin !== this.#registry.origin;
  }

  /** Asks the host that a redirect led to, with an anonymous token: our credentials are not for that host. */
  async #askElsewhere(request: SessionRequest, { url, challenge }: Received): Promise<Response> {
    const lead = `${this.#target.name}: ${this.#registry.host} leads to ${url.host}`;
    const [, repository] = /^\/v2\/(.+)\/manifests\//.exec(url.pathname) ?? [];
    if (challenge?.scheme !== "bearer" || repository === undefined)
      throw new LookupError("denied", `${lead}, which asks for a login`);
    const { realm, service } = challenge;
    const token = await this.#getToken({ repository, realm, service, credential: undefined });
    const { response } = await this.#send({ ...request, url }, `Bearer ${token}`);
    if (response.status === 401) throw new LookupError("denied", `${lead}, which gives no access to it`);
    return response;
  }
}
