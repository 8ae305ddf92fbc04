// Tokens: one for each repository, kept in memory, asked for once however many references wait for it.
import { startBudget, type Budget } from "./budget.js";
import { basicAuthorization, type Credential } from "./credentials.js";
import { LookupError, oneLine } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import { checkRealm, type Realm } from "./realm.js";
import { withRetries } from "./retry.js";
import type { Request, Response, Transport } from "./transport.js";
import type { TrustedRegistry, TrustSettings } from "./trust.js";

const LIMIT = 64 * 1024;
/** Seconds that a token lives at least, and at most is kept, whatever it says of itself. */
const LEAST_LIFE = 60;
const MOST_LIFE = 3600;
/** Seconds of its life that are not relied upon. */
const MARGIN = 10;
const CLIENT_ID = "eslint-plugin-container-images";

/** What a token is for. */
interface TokenQuery {
  readonly registry: TrustedRegistry;
  readonly host: Host;
  /** The repository as the registry knows it, a mirror's path included. */
  readonly repository: string;
  readonly realm: string;
  readonly service: string | undefined;
  /** Sent only where {@link checkRealm} lets it go. */
  readonly credential: Exclude<Credential, { kind: "registry-token" }> | undefined;
}

export interface Tokens {
  /**
   * Gets a token that may pull from one repository, and nothing more.
   *
   * @param rejected a token that was just refused, so that it is not given again
   * @throws LookupError with the reason
   */
  get(query: TokenQuery, rejected?: string): Promise<string>;
}

interface Token {
  readonly value: string;
  /** Milliseconds since the epoch, counted from receipt: the server's clock may be another. */
  readonly expires: number;
}

/**
 * Makes the store of tokens of one client.
 *
 * @param timeout milliseconds for one token: it is shared, so no single reference's deadline ends it
 * @param closed ends every request when the client closes
 */
export function createTokens(
  transport: Transport,
  settings: TrustSettings,
  timeout: number,
  closed: AbortSignal,
): Tokens {
  const kept = new Map<string, { readonly request: Promise<Token>; token?: Token }>();
  /** Credentials that a token server refused: trying them for each repository is how accounts get locked. */
  const refused = new Map<string, LookupError>();

  const ask = async (query: TokenQuery): Promise<Token> => {
    const realm = checkRealm(query.realm, query.registry, settings);
    const credential = realm.trusted ? query.credential : undefined;
    const account = JSON.stringify([realm.url.href, query.registry.account, credential]);
    const before = credential && refused.get(account);
    if (before) throw before;
    const budget = startBudget(timeout, closed);
    try {
      return await fetchToken(
        { ...query, credential, withheld: !realm.trusted && query.credential !== undefined },
        realm,
        transport,
        settings,
        budget,
      );
    } catch (error) {
      if (credential && error instanceof LookupError && error.reason === "credentials")
        refused.set(account, error);
      throw error;
    } finally {
      budget.end();
    }
  };

  return {
    async get(query, rejected) {
      const key = JSON.stringify([
        query.registry.origin,
        query.realm,
        query.service,
        query.repository,
        query.credential,
      ]);
      const before = kept.get(key);
      if (before && (!before.token || (before.token.value !== rejected && Date.now() < before.token.expires)))
        return (await before.request).value;
      const entry: { readonly request: Promise<Token>; token?: Token } = { request: ask(query) };
      kept.set(key, entry);
      try {
        entry.token = await entry.request;
        return entry.token.value;
      } catch (error) {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      }
    },
  };
}

/** What is asked of a token server, with the credential only if it may go there. */
interface ServerQuery extends TokenQuery {
  /** There is one that may not. */
  readonly withheld: boolean;
}

async function fetchToken(
  query: ServerQuery,
  realm: Realm,
  transport: Transport,
  settings: TrustSettings,
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

  if (credential?.kind === "identity-token") {
    const answer = await send(refreshRequest(query, realm.url, credential.token));
    // distribution's oauth.md: a server without this endpoint answers 404, and the older way is left.
    if (answer.status !== 404 && answer.status !== 405) return readToken(answer, query, realm);
  }
  return readToken(await send(tokenRequest(query, realm.url)), query, realm);
}

/** @see distribution's token.md, "Requesting a Token" */
function tokenRequest(
  { repository, service, credential }: TokenQuery,
  realm: URL,
): Pick<Request, "method" | "url" | "headers"> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scopeOf(repository));
  const authorization =
    credential?.kind === "basic"
      ? basicAuthorization(credential.username, credential.password)
      : credential && basicAuthorization("<token>", credential.token);
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

/** Built here and never taken from a challenge: a registry cannot ask for more than this. */
function scopeOf(repository: string): string {
  return `repository:${repository}:pull`;
}

function readToken(
  { status, body }: Response,
  { registry, repository, credential, withheld }: ServerQuery,
  realm: Realm,
): Token {
  const server = realm.url.host;
  if (status === 401 || status === 403) {
    if (credential && status === 401)
      throw new LookupError(
        "credentials",
        `${server} refused the credentials for ${registry.account}; \`${loginCommand(registry)}\` again`,
      );
    if (withheld)
      throw new LookupError(
        "denied",
        `${registry.host} sends its users to ${server}, which is not its own: it was asked without credentials, and gave no token`,
      );
    throw new LookupError(
      "denied",
      `${registry.host}/${repository} was not found, or there is no access to it${credential ? "" : `; \`${loginCommand(registry)}\` if it is private`}`,
    );
  }
  if (status >= 500 || status === 408)
    throw new LookupError("unreachable", `the token server ${server} answered ${String(status)}`);
  if (status !== 200)
    throw new LookupError("invalid-answer", `the token server ${server} answered ${String(status)}`);
  const reply = parseObject(body);
  const value =
    reply &&
    [reply["token"], reply["access_token"]].find(
      (each): each is string => typeof each === "string" && each !== "",
    );
  // What goes into a header: RFC 6750's b64token, and a little more than that.
  if (value === undefined || !/^[\x21-\x7e]+$/.test(value))
    throw new LookupError("invalid-answer", `the token server ${oneLine(server)} answered without a token`);
  const life = Number(reply?.["expires_in"]);
  const seconds = Math.min(Math.max(Number.isFinite(life) ? life : 0, LEAST_LIFE), MOST_LIFE) - MARGIN;
  return { value, expires: Date.now() + seconds * 1000 };
}

/** What to type to log in to a registry. */
export function loginCommand({ account }: TrustedRegistry): string {
  return account === "docker.io" ? "docker login" : `docker login ${account}`;
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
