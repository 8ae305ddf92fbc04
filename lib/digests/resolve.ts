// The resolver: many references in, an answer for each out, from the cache where it has one and from registries where not.
import type { Answer, Failure, FailureReason } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import { createClient, type Client } from "../registry/client.js";
import { trust } from "../registry/trust.js";
import type { Settings } from "../settings.js";
import { openCache } from "./cache.js";
import { createRunClock, LINT_PATIENCE } from "./clock.js";
import { keyOf, type LookupKey } from "./key.js";

export type ResolveSettings = Pick<
  Settings,
  "registries" | "mirrors" | "timeout" | "maxAge" | "cacheDirectory"
>;

interface ResolveOptions {
  /** Ends the lookups that are under way; what is not known by then is a `gave-up` failure. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch: cached answers since then count whatever `maxAge`. */
  readonly since?: number | undefined;
  /** Called for each answer as it comes, in no order: a sign of progress. */
  readonly onAnswer?: ((answer: Answer) => void) | undefined;
}

export interface Resolver {
  /**
   * Finds out what references point to: all at once, each distinct one once.
   *
   * @returns one answer for each reference, in their order; never throws. A failure is remembered while the resolver lives,
   *   so that no image is asked for twice
   */
  resolveAll(
    references: readonly Reference[],
    settings: ResolveSettings,
    options?: ResolveOptions,
  ): Promise<readonly Answer[]>;
  /** Whether registries were silent for too long, so that nothing more is looked up. */
  readonly gaveUp: boolean;
  /** Ends all connections. */
  close(): void;
}

export interface ResolverOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds of silence after which the run gives up. */
  readonly patience?: number;
  /** Where one line goes when answers cannot be kept. */
  readonly warn?: (line: string) => void;
}

/** Failures in which no registry said anything: they are no sign of life. */
const SILENT: ReadonlySet<FailureReason> = new Set([
  "timeout",
  "unreachable",
  "tls",
  "untrusted-registry",
  "gave-up",
  "offline",
]);

/**
 * Makes a resolver, which holds connections and what was learnt of hosts and failures: one for each process or thread.
 */
export function createResolver({
  env = process.env,
  patience = LINT_PATIENCE,
  warn = warnOnStderr,
}: ResolverOptions = {}): Resolver {
  const clients = new Map<string, Client>();
  const failures = new Map<string, Failure>();
  const clock = createRunClock(patience);
  const warned = new Set<string>();

  const clientFor = ({ registries, mirrors, timeout }: ResolveSettings): Client => {
    const key = JSON.stringify([registries, mirrors, timeout]);
    const client = clients.get(key) ?? createClient({ registries, mirrors, timeout }, env);
    clients.set(key, client);
    return client;
  };

  return {
    get gaveUp() {
      return clock.signal.aborted;
    },
    async resolveAll(references, settings, { signal, since, onAnswer } = {}) {
      const cache = openCache(settings.cacheDirectory);
      const freshness = { maxAge: settings.maxAge, since };
      const stop = anyOf(clock.signal, signal);
      const asked = new Map<string, Promise<Answer>>();
      const stopped = (): boolean => stop.signal.aborted;

      const ask = async (reference: Reference, key: LookupKey): Promise<Answer> => {
        const before = failures.get(key.text);
        if (before) return before;
        // Read just now: another thread or process may have asked in the meantime.
        const cached = cache.read(key, freshness);
        if (cached) return cached;
        if (stopped()) return gaveUp();
        const answer = await clientFor(settings).resolve(reference, stop.signal);
        if (!answer.ok && stopped()) return gaveUp();
        if (answer.ok || !SILENT.has(answer.reason)) clock.heard();
        if (!answer.ok) failures.set(key.text, answer);
        else if (!cache.write(key, answer) && !warned.has(cache.folder)) {
          warned.add(cache.folder);
          warn(`container-images: ${cache.folder} cannot be written, so digests are not kept`);
        }
        return answer;
      };

      const end = clock.begin();
      try {
        return await Promise.all(
          references.map((reference) => {
            const trusted = trust(reference.domain, settings);
            if (!trusted.ok) return Promise.resolve<Answer>(trusted);
            const key = keyOf(reference, trusted.registry);
            const answer = asked.get(key.text) ?? ask(reference, key);
            asked.set(key.text, answer);
            return onAnswer ? answer.then(told(onAnswer)) : answer;
          }),
        );
      } finally {
        end();
        stop.end();
      }
    },
    close() {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}

function told(onAnswer: (answer: Answer) => void): (answer: Answer) => Answer {
  return (answer) => {
    onAnswer(answer);
    return answer;
  };
}

/** The failure of everything that is asked for after a run gave up. */
function gaveUp(): Failure {
  return {
    ok: false,
    reason: "gave-up",
    message:
      "registries did not answer for too long, so nothing more is looked up in this run; `container-images pin` waits longer",
  };
}

function warnOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

function anyOf(...signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  end: () => void;
} {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  for (const signal of signals) {
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
  }
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) signal?.removeEventListener("abort", abort);
    },
  };
}
