// Looking up behind the lint, for editors: which misses are worth asking for, when, and who is left alone for
// a while.
import type { Answer, Failure, FailureReason, Found } from "../reference/answer.js";
import { createThread, type Asker } from "./background-thread.js";
import type { LookupKey, Wanted } from "./key.js";
import type { ResolveSettings } from "./resolve.js";

export interface Background {
  /**
   * Says what a lint of a file missed, instead of what the lint before it missed; nothing missed is worth
   * saying, too, since what comes next was then typed. Returns at once; asks later, or never, where the next
   * lint no longer misses it.
   */
  want(file: string, missing: readonly Wanted[], settings: ResolveSettings): void;
  /**
   * Why a digest is not known, as far as somebody was asked: nothing while that is under way or still to
   * come.
   */
  failureOf(wanted: Wanted): Failure | undefined;
}

export interface BackgroundOptions {
  /** What asks registries; by default a thread, started at the first question. */
  readonly asker?: Asker;
  /** Called with each digest that was learnt. */
  readonly onFound: (key: LookupKey, found: Found) => void;
}

/** Milliseconds between opening a file and asking for what it misses. */
export const OPENED = 400;
/**
 * Milliseconds that a reference must have stood in a file that was open already: who types a name pauses less
 * than that.
 */
export const SETTLED = 1500;
/** Milliseconds for which a registry's verdict on one image counts. */
export const VERDICT_LIFE = 5 * 60_000;
/**
 * Milliseconds that a registry which could not be asked is left alone, at first; twice as long each time
 * after.
 */
export const REST = 60_000;
const LONGEST_REST = 15 * 60_000;

/** Files, references of one file, and failures that are remembered; a later lint brings what had no room. */
const MOST_FILES = 16;
const MOST_REFERENCES = 512;
const MOST_FAILURES = 512;
/** Questions under way: for one registry, and for all. */
const MOST_AT_ONE = 8;
const MOST_AT_ONCE = 24;

/** What says that the registry itself cannot be asked, and not only for this image. */
const REGISTRY_FAILURES: ReadonlySet<FailureReason> = new Set([
  "unreachable",
  "timeout",
  "tls",
  "rate-limited",
  "gave-up",
  "credentials",
]);

interface Entry {
  readonly wanted: Wanted;
  /** From when on it is asked for, in milliseconds since the epoch, if every lint until then misses it. */
  readonly from: number;
  /** Whether it is still to be asked for; an answer ends that until the next lint. */
  open: boolean;
}

interface File {
  readonly settings: ResolveSettings;
  readonly entries: ReadonlyMap<string, Entry>;
}

interface Rest {
  readonly until: number;
  readonly length: number;
}

/**
 * Makes the book-keeper. It holds one timer and, once something was asked, one thread; neither keeps the
 * process alive, and everything that it remembers is bounded.
 */
export function createBackground({ onFound, asker = createThread() }: BackgroundOptions): Background {
  const files = new Map<string, File>();
  const underWay = new Set<string>();
  /** By endpoint: how many of them. */
  const busy = new Map<string, number>();
  const failures = new Map<string, { readonly failure: Failure; readonly until: number }>();
  const rests = new Map<string, Rest>();
  let timer: NodeJS.Timeout | undefined;

  const isResting = ({ key }: Wanted): boolean => (rests.get(key.endpoint)?.until ?? 0) > Date.now();
  const failedLately = ({ key }: Wanted): Failure | undefined => {
    const known = failures.get(key.text);
    return known && known.until > Date.now() ? known.failure : undefined;
  };
  const hasRoom = ({ key: { endpoint } }: Wanted): boolean => {
    // Who failed the last time is tried with one question before many.
    return (
      underWay.size < MOST_AT_ONCE && (busy.get(endpoint) ?? 0) < (rests.has(endpoint) ? 1 : MOST_AT_ONE)
    );
  };
  const count = (endpoint: string, change: 1 | -1): void =>
    void busy.set(endpoint, (busy.get(endpoint) ?? 0) + change);

  const answered = (wanted: Wanted, answer: Answer): void => {
    const { key } = wanted;
    underWay.delete(key.text);
    count(key.endpoint, -1);
    for (const { entries } of files.values()) {
      const entry = entries.get(key.text);
      if (entry) entry.open = false;
    }
    if (answer.ok) {
      failures.delete(key.text);
      rests.delete(key.endpoint);
      onFound(key, answer);
    } else if (REGISTRY_FAILURES.has(answer.reason)) {
      const length = Math.min((rests.get(key.endpoint)?.length ?? REST / 2) * 2, LONGEST_REST);
      // Several that were under way together fail together: that is one failure.
      if (!isResting(wanted)) rests.set(key.endpoint, { length, until: Date.now() + length });
      remember(key, answer, length);
    } else {
      rests.delete(key.endpoint);
      remember(key, answer, VERDICT_LIFE);
    }
    plan();
  };

  const remember = (key: LookupKey, failure: Failure, milliseconds: number): void => {
    failures.delete(key.text);
    failures.set(key.text, { failure, until: Date.now() + milliseconds });
    trim(failures, MOST_FAILURES);
  };

  /** Asks for what is ready, and sets the timer for what is not. */
  const plan = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // An answer comes here again.
    if (underWay.size >= MOST_AT_ONCE) return;
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { entries, settings } of files.values()) {
      const ready: Wanted[] = [];
      for (const entry of entries.values()) {
        const { from, wanted } = entry;
        if (!entry.open || underWay.has(wanted.key.text) || isResting(wanted) || failedLately(wanted))
          continue;
        if (from > now) next = Math.min(next, from);
        // Without room it waits for an answer, which comes here again.
        else if (hasRoom(wanted)) {
          underWay.add(wanted.key.text);
          count(wanted.key.endpoint, 1);
          ready.push(wanted);
        }
      }
      if (ready.length > 0) asker.ask(ready, settings, answered);
    }
    if (next < Number.POSITIVE_INFINITY) timer = setTimeout(plan, next - now).unref();
  };

  return {
    want(file, missing, settings) {
      const before = files.get(file);
      // What stands in a file when it is opened was not typed just now.
      const from = Date.now() + (before ? SETTLED : OPENED);
      const entries = new Map<string, Entry>();
      for (const wanted of missing.slice(0, MOST_REFERENCES)) {
        const { text } = wanted.key;
        entries.set(text, { wanted, from: before?.entries.get(text)?.from ?? from, open: true });
      }
      files.delete(file);
      files.set(file, { settings, entries });
      trim(files, MOST_FILES);
      // Nothing more on the lint's own time.
      if (entries.size > 0) timer ??= setTimeout(plan, OPENED).unref();
    },
    failureOf(wanted) {
      const failure = failedLately(wanted);
      if (failure || !isResting(wanted) || underWay.has(wanted.key.text)) return failure;
      return {
        ok: false,
        reason: "unreachable",
        message: `${wanted.registry.host} could not be asked; it is asked again in a while`,
      };
    },
  };
}

function trim(map: Map<string, unknown>, size: number): void {
  for (const key of map.keys()) {
    if (map.size <= size) return;
    map.delete(key);
  }
}
