// Gets tokens from token servers: one for each repository, kept in memory and fetched once for all references
// that wait for it.
import { startBudget, type Budget } from "./budget.js";
import { basicAuthorization, type Credential } from "./credentials.js";
import { LookupError, oneLine } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import { parseRecord } from "./json.js";
import { noAccess, notItsOwn, type Logins } from "./logins.js";
import { checkRealm, type Realm } from "./realm.js";
import { withRetries } from "./retry.js";
import type { Request, Response, Transport } from "./transport.js";
import type { TrustedRegistry, TrustSettings } from "./trust.js";

const LIMIT = 64 * 1024;
/** The least and the most seconds for which a token is kept, whatever the server says. */
const LEAST_LIFE = 60;
const MOST_LIFE = 3600;
/** Milliseconds for which it counts that a token server gave no token. */
const REFUSAL_LIFE = 60_000;
/** Seconds before its end at which a token is replaced. */
const MARGIN = 10;
const CLIENT_ID = "eslint-plugin-container-images";

/** What a token is needed for. */
export interface TokenQuery {
  readonly registry: TrustedRegistry;
  readonly host: Host;
  /** The repository as the registry knows it, a mirror's path included. */
  readonly repository: string;
  readonly realm: string;
  readonly service: string | undefined;
  /** Sent only where {@link checkRealm} allows it. */
  readonly credential: Exclude<Credential, { kind: "registry-token" }> | undefined;
  /** Why there is no credential, if something went wrong there. */
  readonly hint?: string | undefined;
  /** Waits for a request that another lookup has begun. */
  readonly aside: (request: Promise<Token>) => Promise<Token>;
}

export interface Tokens {
  /**
   * Gets a token that may pull from one repository, and nothing more.
   *
   * @param rejected a token that was just refused, so that it is not returned again
   * @throws LookupError with the reason; a refusal is remembered, so that a repository that may not be read
   *   is asked for once and not for each tag
   */
  get(query: TokenQuery, rejected?: Token): Promise<Token>;
}

export interface Token {
  readonly value: string;
  /** Milliseconds on the clock of {@link performance}: no other clock can step back. */
  readonly expires: number;
  /** The token server, where it may not get the credentials that there are. */
  readonly withheldFrom: string | undefined;
  /** Whether the registry took it. A new token that it never took is not worth another one. */
  taken: boolean;
}

/** A request for a token, and what came of it. */
interface Entry {
  readonly request: Promise<Token>;
  token?: Token;
  /** Until when its failure counts. */
  refusedUntil?: number;
}

/** What all token requests of a client share. */
export interface TokenTools {
  readonly transport: Transport;
  readonly settings: TrustSettings;
  readonly logins: Logins;
  /** Milliseconds for one token; it is shared, so the deadline of one reference does not end it. */
  readonly timeout: number;
  /** Ends every request when the client closes. */
  readonly closed: AbortSignal;
}

/** Makes the token store of one client. */
export function createTokens(tools: TokenTools): Tokens {
  const kept = new Map<string, Entry>();
  const ask = async (query: TokenQuery): Promise<Token> => {
    const realm = checkRealm(query.realm, query.registry, tools.settings);
    const credential = realm.trusted ? query.credential : undefined;
    const withheld = !realm.trusted && query.credential !== undefined;
    const budget = startBudget(tools.timeout, tools.closed);
    try {
      return await fetchToken({ ...query, credential, withheld }, realm, tools, budget);
    } finally {
      budget.end();
    }
  };
  const counts = ({ token, refusedUntil }: Entry, rejected: Token | undefined): boolean => {
    const now = performance.now();
    if (refusedUntil !== undefined) return now < refusedUntil;
    return !token || (token !== rejected && now < token.expires);
  };
  return {
    async get(query, rejected) {
      const { registry, realm, service, repository, credential } = query;
      const key = JSON.stringify([registry.origin, realm, service, repository, credential]);
      const before = kept.get(key);
      if (before && counts(before, rejected))
        return before.token || before.refusedUntil !== undefined
          ? before.request
          : query.aside(before.request);
      const entry: Entry = { request: ask(query) };
      kept.set(key, entry);
      try {
        entry.token = await entry.request;
        return entry.token;
      } catch (error) {
        if (isRefusal(error)) entry.refusedUntil = performance.now() + REFUSAL_LIFE;
        else if (kept.get(key) === entry) kept.delete(key);
        throw error;
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof LookupError && error.reason === "denied";
}

/** A query to a token server, with the credential only if the server may get it. */
interface ServerQuery extends TokenQuery {
  /** Whether there is a credential that the server may not get. */
  readonly withheld: boolean;
}

async function fetchToken(
  query: ServerQuery,
  realm: Realm,
  { transport, settings, logins }: TokenTools,
  budget: Budget,
): Promise<Token> {
  const { registry, host, credential } = query;
  const send = (
    request: Pick<Request, "method" | "url" | "headers"> & { body?: string },
  ): Promise<Response> =>
    withRetries(
      () =>
        follow(
          transport,
          { ...request, reach: realm.reach, limit: LIMIT, signal: budget.signal },
          registry,
          settings,
        ),
      host,
      realm.url.host,
      budget,
    );

  const ask = async (): Promise<Response> => {
    if (credential?.kind === "identity-token") {
      const answer = await send(refreshRequest(query, realm.url, credential.token));
      // distribution's oauth.md: a server without this endpoint answers 404. Then the older way is tried.
      if (answer.status !== 404 && answer.status !== 405) return answer;
    }
    return send(tokenRequest(query, realm.url));
  };
  const answer = credential
    ? await logins.attempt(registry, credential, {
        send: ask,
        host: realm.url.host,
        isRefused: ({ status }) => status === 401,
        signal: budget.signal,
      })
    : await ask();
  return readToken(answer, query, realm);
}

/** @see distribution's token.md, "Requesting a Token" */
function tokenRequest(
  { repository, service, credential }: TokenQuery,
  realm: URL,
): Pick<Request, "method" | "url" | "headers"> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scopeOf(repository));
  const authorization = credential && basicAuthorization(credential);
  return {
    method: "GET",
    url,
    headers: { accept: "application/json", ...(authorization === undefined ? {} : { authorization }) },
  };
}

/** @see distribution's oauth.md, "Refresh Token Format" */
function refreshRequest(
  { repository, service }: TokenQuery,
  url: URL,
  token: string,
): Pick<Request, "method" | "url" | "headers"> & { body: string } {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: CLIENT_ID,
    scope: scopeOf(repository),
    refresh_token: token,
  });
  if (service !== undefined) form.set("service", service);
  return {
    method: "POST",
    url,
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  };
}

/** Built here and never taken from a challenge, so that a registry cannot ask for more. */
function scopeOf(repository: string): string {
  return `repository:${repository}:pull`;
}

function readToken(
  { status, body }: Response,
  { registry, repository, credential, hint, withheld }: ServerQuery,
  realm: Realm,
): Token {
  const server = realm.url.host;
  if (status === 401 || status === 403) {
    const { host } = registry;
    if (withheld) throw new LookupError("denied", `${host} ${notItsOwn(server)}`);
    const cause = noAccess(registry, credential, hint);
    throw new LookupError("denied", `${host}/${repository} ${cause}`, { host, cause });
  }
  if (status >= 500 || status === 408)
    throw new LookupError("unreachable", `the token server ${server} answered ${String(status)}`);
  if (status !== 200)
    throw new LookupError("invalid-answer", `the token server ${server} answered ${String(status)}`);
  const reply = parseRecord(body);
  const value =
    reply &&
    [reply["token"], reply["access_token"]].find(
      (each): each is string => typeof each === "string" && each !== "",
    );
  // The characters that may stand in a header: a few more than RFC 6750's b64token.
  if (value === undefined || !/^[\x21-\x7e]+$/.test(value))
    throw new LookupError("invalid-answer", `the token server ${oneLine(server)} answered without a token`);
  const life = Number(reply?.["expires_in"]);
  const seconds = Math.min(Math.max(Number.isFinite(life) ? life : 0, LEAST_LIFE), MOST_LIFE) - MARGIN;
  return {
    value,
    expires: performance.now() + seconds * 1000,
    taken: false,
    withheldFrom: withheld ? server : undefined,
  };
}
