// Gives lookups a turn at a registry: after the trust check, within the limits, and with a deadline.
import type { Failure, FailureReason } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";
import { startBudget } from "./budget.js";
import { firstOf, type Keychain } from "./credentials.js";
import { dockerConfig, dockerConfigFile } from "./docker-config.js";
import { failureOf, LookupError } from "./failure.js";
import { Host } from "./host.js";
import { Limits } from "./limits.js";
import { Logins } from "./logins.js";
import { Session, type Shared } from "./session.js";
import { createTokens } from "./token.js";
import { createTransport } from "./transport.js";
import { trust, type TrustedRegistry } from "./trust.js";

/** The settings that a client needs. */
export type ClientSettings = Pick<Settings, "registries" | "mirrors" | "timeout">;

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
  readonly #settings: ClientSettings;
  readonly #shared: Shared;
  readonly #closing = new AbortController();
  readonly #limits = new Limits();
  /** By origin. */
  readonly #hosts = new Map<string, Host>();

  /**
   * @param settings which registries are trusted, and how long a lookup may take
   * @param env names proxies and the folder of Docker's configuration
   * @param keychain where credentials come from; by default Docker's configuration
   * @param logins which credentials were refused; askers of one run share it
   */
  constructor(
    settings: ClientSettings,
    env: NodeJS.ProcessEnv,
    keychain: Keychain = firstOf(dockerConfig(dockerConfigFile(env))),
    logins = new Logins(),
  ) {
    const { timeout } = settings;
    const transport = createTransport(env, { connect: timeout / 3, headers: (timeout * 2) / 3 });
    const closed = this.#closing.signal;
    const tokens = createTokens({ transport, settings, logins, timeout, closed });
    this.#settings = settings;
    this.#shared = { settings, transport, keychain, logins, tokens };
  }

  /**
   * Waits for a turn at a reference's registry, and takes it.
   *
   * @param reference its domain says which registry is asked, and must pass the trust check
   * @param signal ends the turn early
   * @returns what the work returned, or why it could not be done; never throws. The time limit
   *   `settings.timeout` begins with the turn: 16 turns run at the same time for a host, and 32 in all
   */
  async take<T>(
    reference: Pick<Reference, "domain" | "repository">,
    turn: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure> {
    const trusted = trust(reference.domain, this.#settings);
    if (!trusted.ok) return trusted;
    const stop = startBudget(undefined, signal, this.#closing.signal);
    try {
      return await this.#takeNow(trusted.registry, reference.repository, turn, stop.signal);
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

  async #takeNow<T>(
    registry: TrustedRegistry,
    repository: string,
    { name, work }: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure> {
    const { timeout } = this.#settings;
    const host = this.#hosts.get(registry.origin) ?? new Host();
    this.#hosts.set(registry.origin, host);
    const first = await host.enter(timeout, signal);
    let hostFailure: Failure | undefined;
    let began = Number.POSITIVE_INFINITY;
    try {
      host.throwIfClosed();
      const leave = await this.#limits.enter(registry.origin, signal);
      began = performance.now();
      const budget = startBudget(timeout, signal);
      try {
        const target = { repository: `${registry.prefix}${repository}`, name: name(registry) };
        return await work(new Session(registry, host, target, this.#shared, budget), registry);
      } finally {
        budget.end();
        leave();
      }
    } catch (error) {
      const failure = failureOf(error, registry.host);
      // A lookup that was stopped from outside says nothing about the host.
      if (!signal.aborted && HOST_FAILURES.has(failure.reason)) hostFailure = failure;
      return failure;
    } finally {
      if (first) host.abandon(hostFailure);
      if (hostFailure) host.fellSilent(hostFailure, began);
    }
  }
}
