// The authenticated requests of one lookup. How a host wants to be asked is learnt once for the whole host.
import { orAborted, type Budget } from "./budget.js";
import { chooseChallenge, type Challenge } from "./challenge.js";
import { basicAuthorization, type Credential, type Keychain } from "./credentials.js";
import { failureOf, LookupError } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import type { Place } from "./limits.js";
import { noAccess, notItsOwn, refusedBy, type Logins } from "./logins.js";
import { withRetries } from "./retry.js";
import type { Token, TokenQuery, Tokens } from "./token.js";
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

/** What is sent as the Authorization header. */
interface Authorization {
  readonly header: string;
  /** The challenge that it answers. */
  readonly challenge: Challenge;
  /** Set where it holds the user's name and password. */
  readonly login?: Exclude<Credential, { kind: "registry-token" }>;
  /** Set where it holds a token that a token server gave. */
  readonly token?: Token;
}

/** What all sessions of one client share. */
export interface Shared {
  readonly settings: TrustSettings;
  readonly transport: Transport;
  readonly tokens: Tokens;
  readonly logins: Logins;
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
  readonly #place: Place;
  /** Whether a 401 was already answered with credentials or a token. */
  #answered = false;
  /** The credential that was found, if any. */
  #credential: Credential | undefined;
  /** The token server that may not get it, where that is so. */
  #withheldFrom: string | undefined;

  /**
   * @param place the lookup's, which it gives away while it waits for the token of another one
   */
  constructor(
    registry: TrustedRegistry,
    host: Host,
    target: SessionTarget,
    shared: Shared,
    budget: Budget,
    place: Place,
  ) {
    this.#registry = registry;
    this.#host = host;
    this.#target = target;
    this.#shared = shared;
    this.#budget = budget;
    this.#place = place;
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
    const again = !this.#answered && challenge && !isFinal(sent, challenge);
    const authorization = again ? await this.#authorize(challenge, sent?.token) : undefined;
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
    const registry = this.#registry;
    const { host, account } = registry;
    if (this.#withheldFrom !== undefined)
      return new LookupError("denied", `${host} ${notItsOwn(this.#withheldFrom)}`);
    const cause = noAccess(registry, this.#credential, this.#shared.keychain.hint?.(account));
    return new LookupError("denied", `${this.#target.name} ${cause}`, { host, cause });
  }

  /**
   * What to send as the Authorization header, if there is something.
   *
   * @param rejected the token that was just refused
   */
  async #authorize(challenge: Challenge, rejected?: Token): Promise<Authorization | undefined> {
    const { repository } = this.#target;
    const { keychain, logins } = this.#shared;
    const { account } = this.#registry;
    const found = keychain.find(account, repository);
    const credential = await orAborted(found, this.#budget.signal);
    this.#credential = credential;
    if (credential) logins.secrets.addThoseOf(credential);
    if (credential?.kind === "registry-token") return { header: `Bearer ${credential.token}`, challenge };
    if (challenge.scheme === "basic")
      return credential && { header: basicAuthorization(credential), challenge, login: credential };
    const { realm, service } = challenge;
    const hint = keychain.hint?.(account);
    const token = await this.#getToken({ repository, realm, service, credential, hint }, rejected);
    this.#withheldFrom = token.withheldFrom;
    logins.secrets.add(token.value);
    return { header: `Bearer ${token.value}`, challenge, token };
  }

  /** @throws LookupError which names the token server where that is what failed: the registry has answered */
  async #getToken(query: Omit<TokenQuery, "registry" | "host" | "aside">, rejected?: Token): Promise<Token> {
    const aside = this.#place.aside.bind(this.#place);
    const whole = { registry: this.#registry, host: this.#host, aside, ...query };
    try {
      return await orAborted(this.#shared.tokens.get(whole, rejected), this.#budget.signal);
    } catch (error) {
      const server = URL.canParse(query.realm) ? new URL(query.realm).host : this.#registry.host;
      throw LookupError.of(failureOf(error, `the token server ${server}`));
    }
  }

  /** @throws LookupError `credentials` where the user's own credentials are refused */
  async #send(asked: SessionRequest, authorization: Authorization | undefined): Promise<Received> {
    const registry = this.#registry;
    const send = (): Promise<Received> => this.#sendNow(asked, authorization?.header);
    const refuses = (received: Received): boolean =>
      received.response.status === 401 && !this.#isElsewhere(received);
    if (!authorization) return send();
    const { login, token } = authorization;
    if (login)
      return this.#shared.logins.attempt(registry, login, {
        send,
        host: registry.host,
        isRefused: (received) => refuses(received) && received.challenge?.scheme === "basic",
        signal: this.#budget.signal,
      });
    const received = await send();
    if (token && !refuses(received)) token.taken = true;
    if (!token && this.#credential && refuses(received))
      throw refusedBy(registry.host, registry, this.#credential);
    return received;
  }

  async #sendNow(asked: SessionRequest, authorization: string | undefined): Promise<Received> {
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
    const { response } = await this.#sendNow({ ...request, url }, `Bearer ${token.value}`);
    if (response.status === 401) throw new LookupError("denied", `${lead}, which gives no access to it`);
    return response;
  }
}

/**
 * Whether asking again changes nothing: the registry never took this token, and names the same token server.
 * It then tells with every token that there is no access.
 */
function isFinal(sent: Authorization | undefined, challenge: Challenge): boolean {
  if (sent?.token?.taken !== false || sent.challenge.scheme !== "bearer" || challenge.scheme !== "bearer")
    return false;
  return sent.challenge.realm === challenge.realm && sent.challenge.service === challenge.service;
}
