// Looks up digests in the background, for editors: decides which references are asked for, and when.
import type { Answer, Failure, Found } from "../reference/answer.js";
import { createLookupThread, type LookupThread } from "./background-thread.js";
import { FailureMemory } from "./failure-memory.js";
import type { LookupKey, PendingLookup } from "./key.js";
import type { ResolveSettings } from "./resolve-settings.js";
import { trim } from "./trim.js";

export interface BackgroundOptions {
  /** What asks the registries; by default a thread, which starts with the first question. */
  readonly thread?: LookupThread;
  /** Called with each digest that was found. */
  readonly onFound: (key: LookupKey, found: Found) => void;
}

/** Milliseconds between opening a file and asking for its missing digests. */
export const OPENED = 400;
/** Milliseconds for which a new reference must stay in an open file: a user who types pauses for less. */
export const SETTLED = 1500;

/** How many files, and references of one file, are remembered. A later lint brings the others again. */
const MOST_FILES = 16;
const MOST_REFERENCES = 512;
/** How many questions run at the same time, for one registry and for all. */
const MOST_AT_ONE = 8;
const MOST_AT_ONCE = 24;

/** A reference without a digest in one file. */
interface Entry {
  readonly pending: PendingLookup;
  /** When to ask, in milliseconds since the epoch, if every lint until then still needs the digest. */
  readonly from: number;
  /** Whether it is still to be asked for. An answer ends that until the next lint. */
  open: boolean;
}

interface File {
  readonly settings: ResolveSettings;
  readonly entries: ReadonlyMap<string, Entry>;
}

/**
 * Looks up what lints of an editor's server need. It has one timer and, after the first question, one thread.
 * Neither keeps the process alive, and everything that it remembers is bounded.
 */
export class Background {
  readonly #thread: LookupThread;
  readonly #onFound: BackgroundOptions["onFound"];
  readonly #files = new Map<string, File>();
  /** The keys of the lookups that are running. */
  readonly #running = new Set<string>();
  /** How many of them run for each endpoint. */
  readonly #runningAt = new Map<string, number>();
  readonly #failures = new FailureMemory();
  #timer: NodeJS.Timeout | undefined;

  constructor({ onFound, thread = createLookupThread() }: BackgroundOptions) {
    this.#onFound = onFound;
    this.#thread = thread;
  }

  /**
   * Tells which digests a lint of a file needed and did not have. It returns at once and asks later, or never
   * if the next lint no longer needs them. Each lint must say so, also with an empty list: references that
   * come afterwards were then typed in an open file.
   *
   * @param file its path
   * @param missing replaces what the lint before needed
   */
  want(file: string, missing: readonly PendingLookup[], settings: ResolveSettings): void {
    const before = this.#files.get(file);
    // References that are there when a file is opened were not typed just now.
    const from = Date.now() + (before ? SETTLED : OPENED);
    const entries = new Map<string, Entry>();
    for (const pending of missing.slice(0, MOST_REFERENCES)) {
      const { text } = pending.key;
      entries.set(text, { pending, from: before?.entries.get(text)?.from ?? from, open: true });
    }
    this.#files.delete(file);
    this.#files.set(file, { settings, entries });
    trim(this.#files, MOST_FILES);
    // Everything else happens after the lint.
    if (entries.size > 0) this.#timer ??= this.#planIn(OPENED);
  }

  /** Why a digest is not known. `undefined` while it is being looked up, or is still to be looked up. */
  failureOf({ key, registry }: PendingLookup): Failure | undefined {
    const failure = this.#failures.recent(key);
    if (failure || !this.#failures.isResting(key) || this.#running.has(key.text)) return failure;
    return {
      ok: false,
      reason: "unreachable",
      message: `${registry.host} could not be asked; it is asked again in a while`,
    };
  }

  #planIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#plan();
    }, milliseconds).unref();
  }

  /** Asks for what is ready, and sets the timer for the rest. */
  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // The next answer plans again.
    if (this.#running.size >= MOST_AT_ONCE) return;
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { entries, settings } of this.#files.values()) {
      const ready: PendingLookup[] = [];
      for (const { pending, from, open } of entries.values()) {
        const { key } = pending;
        if (!open || this.#running.has(key.text)) continue;
        if (this.#failures.isResting(key) || this.#failures.recent(key)) continue;
        if (from > now) next = Math.min(next, from);
        // Without room it waits for the next answer, which plans again.
        else if (this.#hasRoom(key)) {
          this.#running.add(key.text);
          this.#count(key.endpoint, 1);
          ready.push(pending);
        }
      }
      if (ready.length > 0)
        this.#thread.ask(ready, settings, ({ key }, answer) => {
          this.#answered(key, answer);
        });
    }
    if (next < Number.POSITIVE_INFINITY) this.#timer = this.#planIn(next - now);
  }

  #answered(key: LookupKey, answer: Answer): void {
    this.#running.delete(key.text);
    this.#count(key.endpoint, -1);
    for (const { entries } of this.#files.values()) {
      const entry = entries.get(key.text);
      if (entry) entry.open = false;
    }
    if (answer.ok) {
      this.#failures.forget(key);
      this.#onFound(key, answer);
    } else this.#failures.remember(key, answer);
    this.#plan();
  }

  /** Whether one more question may run. A registry that failed is tried with one question first. */
  #hasRoom(key: LookupKey): boolean {
    const most = this.#failures.hasFailed(key) ? 1 : MOST_AT_ONE;
    return this.#running.size < MOST_AT_ONCE && (this.#runningAt.get(key.endpoint) ?? 0) < most;
  }

  #count(endpoint: string, change: 1 | -1): void {
    this.#runningAt.set(endpoint, (this.#runningAt.get(endpoint) ?? 0) + change);
  }
}
