// Gives lookups a turn at a registry: after the trust check, within the limits, and with a deadline.
import type { Failure, FailureReason } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { NetworkSettings } from "../settings/network.js";
import { orAborted, startBudget } from "./budget.js";
import { createCertificates } from "./certificates.js";
import { NO_CREDENTIALS, type Keychain } from "./credentials.js";
import { failureOf, LookupError } from "./failure.js";
import { Host } from "./host.js";
import { Limits } from "./limits.js";
import { Logins } from "./logins.js";
import { createMirrors, NO_MIRRORS, type Mirrors } from "./mirrors.js";
import { userKeychain } from "./user-keychain.js";
import { Session, type Shared } from "./session.js";
import { createTokens } from "./token.js";
import { createTransport } from "./transport.js";
import { repositoryAt, trust, type TrustedRegistry } from "./trust.js";

/** What is done in a turn. */
export interface Turn<T> {
  /** What is asked for, for messages. */
  readonly name: (registry: TrustedRegistry) => string;
  readonly work: (session: Session, registry: TrustedRegistry) => Promise<T>;
}

/** Failures of the host itself. Where a lookup meets one and no other got an answer
 * meanwhile, the waiting lookups fail too. */
const HOST_FAILURES: ReadonlySet<FailureReason> = new Set(["unreachable", "timeout", "tls"]);

/** Asks registries, one turn for each question. Nothing is sent before the first turn. */
export class Asker {
  readonly #settings: NetworkSettings;
  readonly #shared: Shared;
  readonly #mirrors: Mirrors;
  readonly #closing = new AbortController();
  readonly #limits = new Limits((origin) => this.#hosts.get(origin)?.places ?? 1);
  /** By origin. */
  readonly #hosts = new Map<string, Host>();

  /**
   * @param settings which registries are trusted, and how long a lookup may take
   * @param env names proxies and the folder of Docker's configuration
   * @param keychain where credentials come from; by default the user's logins
   * @param logins which credentials were refused; askers of one run share it
   */
  constructor(
    settings: NetworkSettings,
    env: NodeJS.ProcessEnv,
    keychain: Keychain = userKeychain(env, settings.timeout),
    logins = new Logins(),
  ) {
    const { timeout } = settings;
    const certificates = createCertificates(env, settings.caFile, keychain !== NO_CREDENTIALS);
    const times = { connect: timeout / 3, headers: (timeout * 2) / 3 };
    const transport = createTransport(env, times, certificates);
    const closed = this.#closing.signal;
    const tokens = createTokens({ transport, settings, logins, timeout, closed });
    this.#settings = settings;
    this.#mirrors = settings.registriesConf ? createMirrors(env, settings) : NO_MIRRORS;
    this.#shared = { settings, transport, keychain, logins, tokens };
  }

  /**
   * Waits for a turn at a reference's registry, and takes it.
   *
   * @param reference its domain says which registry is asked, and must pass the trust check; its mirrors
   *   are asked first, and where they have no answer, the registry is
   * @param signal ends the turn early
   * @returns what the work returned, or why it could not be done; never throws. The time limit
   *   `settings.timeout` begins with the turn: at most 64 of a host run at the same time, and 96 in all
   */
  async take<T extends { readonly ok: boolean }>(
    reference: Pick<Reference, "domain" | "repository" | "tag" | "digest">,
    turn: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure> {
    const trusted = trust(reference.domain, this.#settings);
    if (!trusted.ok) return trusted;
    const stop = startBudget(undefined, signal, this.#closing.signal);
    try {
      const { repository, tag, digest } = reference;
      const asked = { repository, byTag: tag !== undefined || digest === undefined };
      const places = await orAborted(this.#mirrors.of(trusted.registry, asked), stop.signal);
      return await this.#takeAt(places, repository, turn, stop.signal);
    } catch (error) {
      return failureOf(error, trusted.registry.host);
    } finally {
      stop.end();
    }
  }

  /** Ends all connections. */
  close(): void {
    this.#closing.abort(new LookupError("gave-up", "the lookup was stopped"));
    this.#shared.transport.close();
  }

  /** Asks each place in turn, until one has an answer. */
  async #takeAt<T extends { readonly ok: boolean }>(
    places: readonly TrustedRegistry[],
    repository: string,
    turn: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure> {
    const { timeout } = this.#settings;
    const failed: Failure[] = [];
    for (const place of places.slice(0, -1)) {
      // A mirror that is silent must leave time for the registry.
      const answer = await this.#takeNow(place, repository, turn, signal, timeout / 3);
      if (!isFailure(answer)) return answer;
      failed.push(answer);
    }
    const [last] = places.slice(-1);
    if (!last) throw new Error("there is no place to ask");
    const answer = await this.#takeNow(last, repository, turn, signal, timeout);
    return isFailure(answer) && failed.length > 0 ? withMirrors(answer, failed) : answer;
  }

  async #takeNow<T>(
    registry: TrustedRegistry,
    repository: string,
    { name, work }: Turn<T>,
    signal: AbortSignal,
    timeout: number,
  ): Promise<T | Failure> {
    const host = this.#hosts.get(registry.origin) ?? new Host();
    this.#hosts.set(registry.origin, host);
    const first = await host.enter(timeout, signal);
    let hostFailure: Failure | undefined;
    let began = Number.POSITIVE_INFINITY;
    try {
      host.throwIfClosed();
      const place = await this.#limits.enter(registry.origin, signal);
      began = performance.now();
      const budget = startBudget(timeout, signal);
      try {
        const target = { repository: repositoryAt(registry, repository), name: name(registry) };
        const session = new Session(registry, host, target, this.#shared, budget, place);
        return await work(session, registry);
      } finally {
        budget.end();
        place.leave();
      }
    } catch (error) {
      const { host: own, domain, account } = registry;
      const { secrets } = this.#shared.logins;
      const failure = secrets.hiddenIn(failureOf(error, own), [own, domain, account]);
      // A lookup that was stopped from outside says nothing about the host.
      if (!signal.aborted && HOST_FAILURES.has(failure.reason)) hostFailure = failure;
      return failure;
    } finally {
      if (first) host.abandon(hostFailure);
      if (hostFailure) host.fellSilent(hostFailure, began);
    }
  }
}

/** The registry's failure, with those of its mirrors. */
function withMirrors({ reason, message, about }: Failure, mirrors: readonly Failure[]): Failure {
  const behind = (texts: readonly string[]): string => ` (its mirror: ${texts.join("; its mirror: ")})`;
  const causes = mirrors.map((each) =>
    each.about ? `${each.about.host} ${each.about.cause}` : each.message,
  );
  return {
    ok: false,
    reason,
    message: `${message}${behind(mirrors.map((each) => each.message))}`,
    ...(about ? { about: { ...about, cause: `${about.cause}${behind(causes)}` } } : {}),
  };
}

function isFailure(answer: { readonly ok: boolean }): answer is Failure {
  return !answer.ok;
}
