// What rules call: an answer for each reference at once, and the decision whether anyone may be asked for it.
import type { Answer, Failure, Lookup } from "../reference/answer.js";
import { trust, type TrustedRegistry } from "../registry/trust.js";
import type { Settings } from "../settings.js";
import { createBackground, type Background } from "./background.js";
import type { Asker } from "./background-thread.js";
import { isFresh, openCache, type Cache, type Freshness } from "./cache.js";
import { keyOf, type Wanted } from "./key.js";
import { decide, hereAndNow, readRun, type Policy, type Surroundings } from "./policy.js";
import { createSyncResolver, type SyncResolver } from "./resolve-sync.js";

/** Answers that an editor's server remembers; it may run for weeks. The cache has the others. */
const MOST_KNOWN = 2048;
/**
 * Seconds for which this thread's own answers count in any case: one run asks once, also with `maxAge: 0`.
 */
const RUN_AGE = 600;

export interface LookupOptions {
  /** What the policy is decided from; by default this process and thread. */
  readonly surroundings?: Surroundings;
  /** What asks registries; by default the worker. */
  readonly resolver?: SyncResolver;
  /** What asks them behind the lint; by default a thread of its own. */
  readonly asker?: Asker;
  /** Where a line for a person goes; by default standard error. */
  readonly warn?: (line: string) => void;
}

/**
 * Makes the lookup that rules use. First comes the trust check, then the cache; a registry is asked only
 * where the policy says so, for all references of one call in one batch, and for each distinct one at most
 * once.
 *
 * Where nobody may be asked, no thread is started and no socket opened: the cache is read on this thread. In
 * the background nobody waits: what is missing is asked for after the lint, and is there in a later one.
 *
 * @returns a function that never throws: what is not known is a failure, `offline` where it may not be looked
 *   up
 */
export function createLookup(options: LookupOptions = {}): Lookup<Settings> {
  const { warn = warnOnStderr } = options;
  const caches = new Map<string | undefined, Cache>();
  const known = new Map<string, Answer>();
  const warned = new Set<string>();
  let resolver: SyncResolver | undefined;
  let background: Background | undefined;

  const cacheOf = (folder: string | undefined): Cache => {
    const cache = caches.get(folder) ?? openCache(folder);
    caches.set(folder, cache);
    return cache;
  };

  return (references, settings, file = "") => {
    const surroundings = options.surroundings ?? hereAndNow();
    const policy = decide(settings.resolve, surroundings);
    if (policy.warning !== undefined && !warned.has(policy.warning)) {
      warned.add(policy.warning);
      warn(`container-images: ${policy.warning}`);
    }
    const freshness: Freshness = { maxAge: settings.maxAge, since: readRun(surroundings)?.since };
    const cache = cacheOf(settings.cacheDirectory);
    const missing = new Map<string, Wanted>();
    const answered = new Map<string, Answer>();

    const first = references.map((reference): Answer | Wanted => {
      const trusted = trust(reference.domain, settings);
      if (!trusted.ok) return trusted;
      const key = keyOf(reference, trusted.registry);
      const answer = remembered(known.get(key.text), freshness) ?? cache.read(key, freshness);
      if (answer) {
        known.set(key.text, answer);
        return answer;
      }
      const wanted = { reference, registry: trusted.registry, key };
      missing.set(key.text, wanted);
      return wanted;
    });

    if (policy.mode === "registry" && missing.size > 0) {
      resolver ??= options.resolver ?? createSyncResolver();
      const wanted = [...missing.values()];
      const answers = resolver.resolveAll(
        wanted.map(({ reference }) => reference),
        settings,
        freshness.since,
      );
      for (const [index, { key }] of wanted.entries()) {
        const answer = answers[index];
        if (!answer) continue;
        known.set(key.text, answer);
        answered.set(key.text, answer);
      }
    } else if (policy.mode === "background") {
      background ??= createBackground({
        ...(options.asker ? { asker: options.asker } : {}),
        onFound: (key, found) => known.set(key.text, found),
      });
      background.want(file, [...missing.values()], settings);
      for (const wanted of missing.values())
        answered.set(wanted.key.text, background.failureOf(wanted) ?? underWay(wanted.registry));
      for (const key of known.keys()) if (known.size > MOST_KNOWN) known.delete(key);
    }
    return first.map((item) =>
      "key" in item ? (answered.get(item.key.text) ?? offline(item.registry, policy)) : item,
    );
  };
}

/**
 * What this thread heard before: a failure stays one; a digest counts as in the cache, and for the run in any
 * case.
 */
function remembered(answer: Answer | undefined, { maxAge, since }: Freshness): Answer | undefined {
  if (!answer?.ok) return answer;
  const counts = { maxAge: answer.from === "registry" ? Math.max(maxAge, RUN_AGE) : maxAge, since };
  return isFresh(answer.resolvedAt, counts, Date.now()) ? answer : undefined;
}

function underWay(registry: TrustedRegistry): Failure {
  return { ok: false, reason: "offline", message: `asking ${nameOf(registry)}: the next change has the fix` };
}

/** Users know the name that they wrote, not the host that its API is at; a mirror is another host. */
function nameOf({ account, domain, host }: TrustedRegistry): string {
  return account === domain ? domain : host;
}

function offline(registry: TrustedRegistry, { decidedBy }: Policy): Failure {
  const host = nameOf(registry);
  const message = {
    variable: `not in the cache; CONTAINER_IMAGES_RESOLVE forbids asking ${host}`,
    setting: `not in the cache; the setting \`resolve\` forbids asking ${host}`,
    "command line": `\`eslint --fix\` looks it up at ${host}`,
  }[decidedBy];
  return { ok: false, reason: "offline", message };
}

function warnOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
