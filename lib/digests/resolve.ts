// Looks up many references at once: in the cache first, and what is missing there at the registries.
import type { Answer, Failure } from "../reference/answer.js";
import { displayText } from "../reference/display.js";
import type { Reference } from "../reference/reference.js";
import { startBudget } from "../registry/budget.js";
import { createClient, type Client } from "../registry/client.js";
import { Logins } from "../registry/logins.js";
import { trust } from "../registry/trust.js";
import { networkSettings } from "../settings/network.js";
import { openCache, type Cache } from "./cache.js";
import { createRunClock, gaveUp, isHeard, LINT_PATIENCE, type RunClock } from "./clock.js";
import { keyOf, type LookupKey } from "./key.js";
import type { ResolveSettings } from "./resolve-settings.js";

interface ResolveOptions {
  /** Stops the running lookups; an answer that is still missing is then a `gave-up` failure. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch: cached answers that are newer count whatever `maxAge` says. */
  readonly since?: number | undefined;
  /** Called for each answer as soon as it is there, in any order. */
  readonly onAnswer?: ((answer: Answer, reference: Reference) => void) | undefined;
}

export interface Resolver {
  /**
   * Finds out what references point to: all at once, each distinct one once.
   *
   * @returns one answer for each reference, in their order; never throws. A failure is remembered while the
   *   resolver lives, so that no image is asked for twice
   */
  resolveAll(
    references: readonly Reference[],
    settings: ResolveSettings,
    options?: ResolveOptions,
  ): Promise<readonly Answer[]>;
  /** Whether the resolver has given up, because registries were silent for too long. */
  readonly gaveUp: boolean;
  /** Ends all connections. */
  close(): void;
}

export interface ResolverOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds of silence after which the run gives up. */
  readonly patience?: number;
  /** Called once for each cache folder in which no answer can be kept; by default a line says so. */
  readonly onUnkept?: (folder: string) => void;
}

/**
 * Makes a resolver: one for each process or thread, because it keeps connections and what it learnt.
 */
export function createResolver(options: ResolverOptions = {}): Resolver {
  return new RegistryResolver(options);
}

/** What the lookups of one call have in common. */
interface Batch {
  readonly settings: ResolveSettings;
  readonly cache: Cache;
  readonly since: number | undefined;
  readonly signal: AbortSignal;
  /** The same for all batches whose lookups are the same. */
  readonly name: string;
}

class RegistryResolver implements Resolver {
  readonly #env: NodeJS.ProcessEnv;
  readonly #onUnkept: (folder: string) => void;
  readonly #patience: number;
  readonly #clock: RunClock;
  readonly #logins = new Logins();
  /** By the settings that a client depends on. */
  readonly #clients = new Map<string, Client>();
  /** By the key of the lookup. */
  readonly #failures = new Map<string, Failure>();
  /** The lookups that are under way, by their batch and key. */
  readonly #running = new Map<string, Promise<Answer>>();
  /** The cache folders of which it was said that they cannot be written. */
  readonly #warned = new Set<string>();

  constructor({ env = process.env, patience = LINT_PATIENCE, onUnkept = sayUnkept }: ResolverOptions) {
    this.#env = env;
    this.#onUnkept = onUnkept;
    this.#patience = patience;
    this.#clock = createRunClock(patience);
  }

  get gaveUp(): boolean {
    return this.#clock.signal.aborted;
  }

  async resolveAll(
    references: readonly Reference[],
    settings: ResolveSettings,
    { signal, since, onAnswer }: ResolveOptions = {},
  ): Promise<readonly Answer[]> {
    const cache = openCache(settings.cacheDirectory);
    const budget = startBudget(undefined, this.#clock.signal, ...(signal ? [signal] : []));
    const batch: Batch = {
      settings,
      cache,
      since,
      signal: budget.signal,
      name: nameOf(settings, since),
    };
    const end = this.#clock.begin();
    try {
      return await Promise.all(
        references.map(async (reference) => {
          const answer = await this.#answer(reference, batch);
          onAnswer?.(answer, reference);
          return answer;
        }),
      );
    } finally {
      end();
      budget.end();
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  /** A lookup that another call has begun is waited for. */
  async #answer(reference: Reference, batch: Batch): Promise<Answer> {
    const trusted = trust(reference.domain, batch.settings);
    if (!trusted.ok) return trusted;
    const key = keyOf(reference, trusted.registry);
    const name = `${batch.name} ${key.text}`;
    const running =
      this.#running.get(name) ??
      this.#ask(reference, key, batch).finally(() => {
        this.#running.delete(name);
      });
    this.#running.set(name, running);
    return await running;
  }

  async #ask(
    reference: Reference,
    key: LookupKey,
    { settings, cache, since, signal }: Batch,
  ): Promise<Answer> {
    const before = this.#failures.get(key.text);
    if (before) return before;
    // Another thread or process may have asked in the meantime.
    const cached = cache.read(key, { maxAge: settings.maxAge, since });
    if (cached) return cached;
    if (signal.aborted) return gaveUp(this.#patience);
    const answer = await this.#clientFor(settings).resolve(reference, signal);
    // In a function, because TypeScript assumes that the signal did not change during the wait.
    if (!answer.ok && isAborted(signal)) return gaveUp(this.#patience);
    if (isHeard(answer)) this.#clock.heard();
    if (!answer.ok) this.#failures.set(key.text, answer);
    else if (!cache.write(key, answer) && !this.#warned.has(cache.folder)) {
      this.#warned.add(cache.folder);
      this.#onUnkept(cache.folder);
    }
    return answer;
  }

  #clientFor(settings: ResolveSettings): Client {
    const network = networkSettings(settings);
    const key = JSON.stringify(network);
    const client = this.#clients.get(key) ?? createClient(network, this.#env, undefined, this.#logins);
    this.#clients.set(key, client);
    return client;
  }
}

function nameOf(settings: ResolveSettings, since: number | undefined): string {
  return JSON.stringify([networkSettings(settings), settings.maxAge, settings.cacheDirectory, since]);
}

function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}

function sayUnkept(folder: string): void {
  process.stderr.write(
    `container-images: ${displayText(folder)} cannot be written, so digests are not kept\n`,
  );
}
