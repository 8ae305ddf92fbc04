// The lookup that rules call: it decides whether a registry may be asked, and answers at once.
import type { Answer, Failure, Lookup } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import { steadyTime } from "../reference/steady-time.js";
import { trust, type TrustedRegistry, type TrustResult } from "../registry/trust.js";
import type { Settings } from "../settings/settings.js";
import { Background } from "./background.js";
import type { LookupThread } from "./background-thread.js";
import { isFresh, openCache, type Cache, type Freshness } from "./cache.js";
import { lintRun } from "./lint-run.js";
import { keyOf, type PendingLookup } from "./key.js";
import { decide, hereAndNow, readRun, type Policy, type Surroundings } from "./policy.js";
import { createSyncResolver, type SyncResolver } from "./resolve-sync.js";
import { trim } from "./trim.js";

/** How many answers an editor's server remembers: it may run for weeks. The cache has the others. */
const MOST_KNOWN = 2048;
/** Seconds for which answers of this thread count in any case: one run asks once, also with `maxAge: 0`. */
const RUN_AGE = 600;

export interface LookupOptions {
  /** What the policy is decided from; by default this process and thread. */
  readonly surroundings?: Surroundings;
  /** What asks registries while the lint waits; by default the worker. */
  readonly resolver?: SyncResolver;
  /** What asks registries in the background; by default a thread of its own. */
  readonly thread?: LookupThread;
  /** Prints a line for the user; by default on standard error. */
  readonly warn?: (line: string) => void;
}

/**
 * Makes the lookup that rules use. It checks whether the registry is trusted, then reads the cache. A
 * registry is asked only where the policy allows it: all references of one call in one batch, each distinct
 * one once.
 *
 * Where nothing may be asked, no thread is started and no socket opened. In the background mode the lint does
 * not wait: a missing digest is looked up after the lint, and a later lint has it.
 *
 * @returns a function that never throws: a digest that is not known is a failure, `offline` where it may not
 *   be looked up
 */
export function createLookup(options: LookupOptions = {}): Lookup<Settings> {
  const lookup = new RuleLookup(options);
  return (references, settings, file = "", suggested = NONE) =>
    lookup.answer({ references, suggested }, settings, file);
}

const NONE: ReadonlySet<Reference> = new Set();

/** The references of a file, and which of them no fix writes. */
interface Asked {
  readonly references: readonly Reference[];
  readonly suggested: ReadonlySet<Reference>;
}

class RuleLookup {
  readonly #options: LookupOptions;
  readonly #caches = new Map<string | undefined, Cache>();
  /** What this thread has learnt, by the key of the lookup. */
  readonly #known = new Map<string, Answer>();
  /** Whether a domain is trusted under some settings: the images of a project name few domains. */
  readonly #trusted = new WeakMap<Settings, Map<string, TrustResult>>();
  readonly #warned = new Set<string>();
  #resolver: SyncResolver | undefined;
  #background: Background | undefined;

  constructor(options: LookupOptions) {
    this.#options = options;
  }

  answer({ references, suggested }: Asked, settings: Settings, file: string): readonly Answer[] {
    const surroundings = this.#options.surroundings ?? hereAndNow();
    const policy = decide(settings.resolve, surroundings);
    if (policy.warning !== undefined) this.#warnOnce(policy.warning);
    const freshness: Freshness = { maxAge: settings.maxAge, since: readRun(surroundings)?.since };
    const found = this.#readKnown(references, settings, freshness);
    const missing = new Map<string, PendingLookup>();
    // `eslint --fix` writes fixes, and shows no suggestion to anybody.
    const isFixing = policy.mode === "registry" && policy.decidedBy === "command line";
    for (const each of found)
      if ("key" in each && !(isFixing && suggested.has(each.reference))) missing.set(each.key.text, each);

    let answerOf = (_: PendingLookup): Answer | undefined => undefined;
    if (policy.mode === "registry" && missing.size > 0) {
      this.#resolver ??=
        this.#options.resolver ??
        createSyncResolver(undefined, isFixing ? lintRun(surroundings, process.cwd()) : undefined);
      answerOf = this.#askNow(this.#resolver, [...missing.values()], settings, freshness.since);
    } else if (policy.mode === "background") answerOf = this.#askLater([...missing.values()], settings, file);
    return found.map((each) => ("key" in each ? (answerOf(each) ?? offline(each.registry, policy)) : each));
  }

  /** For each reference what is known without asking, or the lookup that is still to be made. */
  #readKnown(
    references: readonly Reference[],
    settings: Settings,
    freshness: Freshness,
  ): readonly (Answer | PendingLookup)[] {
    const cache = this.#cacheOf(settings.cacheDirectory);
    return references.map((reference) => {
      const trusted = this.#trust(reference.domain, settings);
      if (!trusted.ok) return trusted;
      const key = keyOf(reference, trusted.registry);
      const answer = remembered(this.#known.get(key.text), freshness) ?? cache.read(key, freshness);
      if (!answer) return { reference, registry: trusted.registry, key };
      this.#known.set(key.text, answer);
      return answer;
    });
  }

  /** Asks while the lint waits. */
  #askNow(
    resolver: SyncResolver,
    missing: readonly PendingLookup[],
    settings: Settings,
    since: number | undefined,
  ): (lookup: PendingLookup) => Answer | undefined {
    const references = missing.map(({ reference }) => reference);
    const answers = resolver.resolveAll(references, settings, since);
    const answerOf = new Map<string, Answer>();
    for (const [index, { key }] of missing.entries()) {
      const answer = answers[index];
      if (!answer) continue;
      this.#known.set(key.text, answer);
      answerOf.set(key.text, answer);
    }
    return ({ key }) => answerOf.get(key.text);
  }

  /** Asks after the lint. */
  #askLater(
    missing: readonly PendingLookup[],
    settings: Settings,
    file: string,
  ): (lookup: PendingLookup) => Answer {
    const { thread } = this.#options;
    this.#background ??= new Background({
      ...(thread ? { thread } : {}),
      onFound: (key, found) => this.#known.set(key.text, found),
    });
    const background = this.#background;
    background.want(file, missing, settings);
    trim(this.#known, MOST_KNOWN);
    return (lookup) => background.failureOf(lookup) ?? underWay(lookup.registry);
  }

  #trust(domain: string, settings: Settings): TrustResult {
    const known = this.#trusted.get(settings) ?? new Map<string, TrustResult>();
    this.#trusted.set(settings, known);
    const result = known.get(domain) ?? trust(domain, settings);
    known.set(domain, result);
    trim(known, MOST_KNOWN);
    return result;
  }

  #cacheOf(folder: string | undefined): Cache {
    const cache = this.#caches.get(folder) ?? openCache(folder);
    this.#caches.set(folder, cache);
    return cache;
  }

  #warnOnce(warning: string): void {
    if (this.#warned.has(warning)) return;
    this.#warned.add(warning);
    const { warn = warnOnStderr } = this.#options;
    warn(`container-images: ${warning}`);
  }
}

/**
 * An answer that this thread has, while it counts. A failure always counts. A digest counts as it does in the
 * cache, and in any case for the length of a run.
 */
function remembered(answer: Answer | undefined, { maxAge, since }: Freshness): Answer | undefined {
  if (!answer?.ok) return answer;
  const counts = { maxAge: answer.from === "registry" ? Math.max(maxAge, RUN_AGE) : maxAge, since };
  return isFresh(answer.resolvedAt, counts, steadyTime()) ? answer : undefined;
}

function underWay(registry: TrustedRegistry): Failure {
  return { ok: false, reason: "offline", message: `asking ${nameOf(registry)}: the next change has the fix` };
}

/**
 * The name to show: users know the domain that they wrote, not the host of its API; a mirror is another host.
 */
function nameOf({ account, domain, host }: TrustedRegistry): string {
  return account === domain ? domain : host;
}

function offline(registry: TrustedRegistry, { decidedBy }: Policy): Failure {
  const host = nameOf(registry);
  const forbidden = {
    variable: "not in the cache; CONTAINER_IMAGES_RESOLVE forbids asking",
    setting: "not in the cache; the setting `resolve` forbids asking",
    "command line": "`eslint --fix` looks it up at",
  }[decidedBy];
  return { ok: false, reason: "offline", message: `${forbidden} ${host}`, about: { host, cause: forbidden } };
}

function warnOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
