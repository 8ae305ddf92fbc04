// A turn at a registry: trust, one host's manners, at most so many at once, a deadline; what is asked in it is the caller's.
import type { Failure, FailureReason } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { Settings } from "../settings.js";
import { startBudget } from "./budget.js";
import { firstOf, type Keychain } from "./credentials.js";
import { dockerConfig, dockerConfigFile } from "./docker-config.js";
import { failureOf, LookupError } from "./failure.js";
import { Host } from "./host.js";
import { createLimits } from "./limits.js";
import { startSession, type Session, type Shared } from "./session.js";
import { createTokens } from "./token.js";
import { createTransport } from "./transport.js";
import { trust, type TrustedRegistry } from "./trust.js";

/** The settings that a client needs. */
export type ClientSettings = Pick<Settings, "registries" | "mirrors" | "timeout">;

/** What a turn is for. */
interface Turn<T> {
  /** What is asked for, for messages. */
  readonly name: (registry: TrustedRegistry) => string;
  readonly work: (session: Session, registry: TrustedRegistry) => Promise<T>;
}

export interface Asker {
  /**
   * Waits for a turn at a reference's registry, and takes it.
   *
   * @param reference its domain says who is asked, and must pass the trust check
   * @param signal ends it early
   * @returns what the work returned, or why it could not be done; never throws. The time that `settings.timeout` gives
   *   counts from when it is this one's turn: at most 16 go on at once for a host, 32 in all
   */
  take<T>(
    reference: Pick<Reference, "domain" | "repository">,
    turn: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure>;
  /** Ends all connections. */
  close(): void;
}

/** Failures that the whole host shares, when they meet its first lookup. */
const HOST_FAILURES: ReadonlySet<FailureReason> = new Set(["unreachable", "timeout", "tls"]);

/**
 * Makes an asker. Nothing is sent before the first turn.
 *
 * @param env names proxies and the folder of Docker's configuration
 * @param keychain where credentials come from; by default wherever the user keeps them
 */
export function createAsker(
  settings: ClientSettings,
  env: NodeJS.ProcessEnv,
  keychain: Keychain = firstOf(dockerConfig(dockerConfigFile(env))),
): Asker {
  const closing = new AbortController();
  const transport = createTransport(env, {
    connect: settings.timeout / 3,
    headers: (settings.timeout * 2) / 3,
  });
  const common: Shared = {
    settings,
    transport,
    keychain,
    tokens: createTokens(transport, settings, settings.timeout, closing.signal),
  };
  const limits = createLimits();
  const hosts = new Map<string, Host>();

  const takeNow = async <T>(
    registry: TrustedRegistry,
    repository: string,
    { name, work }: Turn<T>,
    signal: AbortSignal,
  ): Promise<T | Failure> => {
    const host = hosts.get(registry.origin) ?? new Host();
    hosts.set(registry.origin, host);
    const first = await host.enter(settings.timeout, signal);
    let shared: Failure | undefined;
    try {
      host.throwIfClosed();
      const leave = await limits.enter(registry.origin, signal);
      const budget = startBudget(settings.timeout, signal);
      try {
        return await work(
          startSession(registry, host, `${registry.prefix}${repository}`, name(registry), common, budget),
          registry,
        );
      } finally {
        budget.end();
        leave();
      }
    } catch (error) {
      const failure = failureOf(error, registry.host);
      // Stopped from outside: that says nothing of the host.
      if (!signal.aborted && HOST_FAILURES.has(failure.reason)) shared = failure;
      return failure;
    } finally {
      if (first) host.abandon(shared);
    }
  };

  return {
    async take({ domain, repository }, turn, signal) {
      const trusted = trust(domain, settings);
      if (!trusted.ok) return trusted;
      const stop = startBudget(undefined, signal, closing.signal);
      try {
        return await takeNow(trusted.registry, repository, turn, stop.signal);
      } catch (error) {
        return failureOf(error, trusted.registry.host);
      } finally {
        stop.end();
      }
    },
    close() {
      closing.abort(new LookupError("gave-up", "the lookup was stopped"));
      transport.close();
    },
  };
}
