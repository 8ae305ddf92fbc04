// One reference's requests to its registry: with the right Authorization, which is learnt once for the whole host.
import { orAborted, type Budget } from "./budget.js";
import { chooseChallenge, type Challenge } from "./challenge.js";
import { basicAuthorization, type Credential, type Keychain } from "./credentials.js";
import { LookupError } from "./failure.js";
import { follow } from "./follow.js";
import type { Host } from "./host.js";
import { withRetries } from "./retry.js";
import { loginCommand, type Tokens } from "./token.js";
import type { Request, Response, Transport } from "./transport.js";
import type { TrustedRegistry, TrustSettings } from "./trust.js";

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
   * Sends one request, authenticated as the host wants it. An answer of 401 is met once: with a token, a fresh token, or
   * Basic credentials.
   *
   * @returns any answer but 401
   * @throws LookupError `denied` after a second 401, or whatever else stood in the way
   */
  ask(request: Pick<Request, "method" | "url" | "headers" | "limit">): Promise<Response>;
}

/**
 * Starts a session.
 *
 * @param repository as the registry knows it, a mirror's path included
 * @param name what is looked up, for messages
 */
export function startSession(registry: TrustedRegistry, host: Host, repository: string, name: string, shared: Shared, budget: Budget): Session {
  let token: string | undefined;
  let answered = false;
  let loggedIn = false;

  /** The value of the Authorization header. `rejected`: the token that was just refused, which will not do again. */
  const authorize = async (challenge: Challenge, rejected?: string): Promise<string> => {
    const credential = await orAborted(shared.keychain.find(registry.account, repository), budget.signal);
    loggedIn = credential !== undefined;
    if (credential?.kind === "registry-token") return `Bearer ${credential.token}`;
    if (challenge.scheme === "basic") return basic(credential, registry, name);
    const { realm, service } = challenge;
    token = await orAborted(shared.tokens.get({ registry, host, repository, realm, service, credential }, rejected), budget.signal);
    return `Bearer ${token}`;
  };

  const send = async (request: Pick<Request, "method" | "url" | "headers" | "limit">, authorization: string | undefined): Promise<Response & { url: URL }> => {
    const headers = authorization === undefined ? request.headers : { ...request.headers, authorization };
    let url = request.url;
    const response = await withRetries(
      async () => {
        const answer = await follow(shared.transport, { ...request, headers, reach: registry.reach, signal: budget.signal }, registry, shared.settings);
        ({ url } = answer);
        try {
          if (answer.status === 401 && url.origin === registry.origin) host.challenge = chooseChallenge(answer.headers["www-authenticate"], registry.host);
        } finally {
          host.contacted();
        }
        return answer;
      },
      host,
      registry.host,
      budget,
    );
    return { ...response, url };
  };

  return {
    get loggedIn() {
      return loggedIn;
    },
    async ask(request) {
      const known = host.challenge;
      const response = await send(request, known && (await authorize(known)));
      if (response.status !== 401) return response;
      if (response.url.origin !== registry.origin) throw new LookupError("denied", `${name}: ${registry.host} sent us to ${response.url.host}, which asks for a login`);
      const challenge = host.challenge;
      // Basic credentials that were refused will be refused again.
      if (answered || !challenge || (known && challenge.scheme === "basic")) throw denied(registry, name, loggedIn);
      answered = true;
      const second = await send(request, await authorize(challenge, token));
      if (second.status === 401) throw denied(registry, name, loggedIn);
      return second;
    },
  };
}

function basic(credential: Exclude<Credential, { kind: "registry-token" }> | undefined, registry: TrustedRegistry, name: string): string {
  if (!credential) throw denied(registry, name, false);
  return credential.kind === "basic" ? basicAuthorization(credential.username, credential.password) : basicAuthorization("<token>", credential.token);
}

/** The failure for a repository that is missing or private: registries do not say which, so that nobody learns what is there. */
export function denied(registry: TrustedRegistry, name: string, loggedIn: boolean): LookupError {
  return new LookupError("denied", `${name} was not found, or there is no access to it${loggedIn ? "" : `; \`${loginCommand(registry)}\` if it is private`}`);
}
