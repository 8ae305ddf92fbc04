// What this process knows about one host: which authentication it asks for, and whether it must be left
// alone.
import type { Failure } from "../reference/answer.js";
import { orAborted } from "./budget.js";
import type { Challenge } from "./challenge.js";
import { LookupError } from "./failure.js";

/** Milliseconds for which a host that could not be reached is not asked again. */
const REST = 60_000;

/** Milliseconds for which other lookups wait for a host's first one: a registry that works answers sooner. */
const PATIENCE = 2_000;

/** How many lookups of a host run at the same time, as long as it does not say that it is too much. */
const MOST_PLACES = 64;
/** At least so many run, however often it says that it is too much. */
const LEAST_PLACES = 4;

/** The statuses with which a host says when it may be asked again: too many requests, and not available. */
export type Told = 429 | 503;

/**
 * The state of one host. The first lookup runs alone and learns which authentication the host asks for: none,
 * Basic, or a token and from where. All others wait for it, so that their first request is already right.
 */
export class Host {
  /** The challenge of its last 401. */
  challenge: Challenge | undefined;

  #places = MOST_PLACES;
  #contact: "none" | "under way" | "made" = "none";
  #waiters: (() => void)[] = [];
  #closed: { readonly failure: Failure; readonly until: number } | undefined;
  #quietUntil = 0;
  #quietBy: Told = 429;
  /**
   * When it last answered. All times here are on the clock of {@link performance}, which never steps back.
   */
  #heardAt = Number.NEGATIVE_INFINITY;

  /**
   * Waits while the first lookup of this host runs, but not for ever: one slow image must not delay all
   * others.
   *
   * @param timeout milliseconds that a lookup may take; at most a quarter of it, and at most two seconds, are
   *   spent here
   * @returns whether this lookup is now the first one, which must call {@link abandon} at its end
   * @throws the signal's reason
   */
  async enter(timeout: number, signal: AbortSignal): Promise<boolean> {
    const until = performance.now() + Math.min(PATIENCE, timeout / 4);
    while (this.#contact === "under way") {
      const left = until - performance.now();
      if (left <= 0) return false;
      await orAborted(
        new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          this.#waiters.push(() => {
            clearTimeout(timer);
            resolve();
          });
        }),
        signal,
      );
    }
    if (this.#contact === "made") return false;
    this.#contact = "under way";
    return true;
  }

  /**
   * How many lookups may run at the same time: half as many each time that the host says that it is too much,
   * and one more for each answer afterwards.
   *
   * @see RFC 5681, section 3.1: additive increase, multiplicative decrease
   */
  get places(): number {
    return this.#places;
  }

  /** Reports that the host has said that there are too many requests. */
  overloaded(): void {
    this.#places = Math.max(LEAST_PLACES, this.#places >> 1);
  }

  /** Reports that the host has answered. */
  contacted(): void {
    this.#places = Math.min(MOST_PLACES, this.#places + 1);
    this.#contact = "made";
    this.#heardAt = performance.now();
    this.#release();
  }

  /**
   * Reports that the first lookup ended.
   *
   * @param failure why the host itself could not be reached, if so; other lookups then fail for the same
   *   reason, without a request
   */
  abandon(failure: Failure | undefined): void {
    if (this.#contact !== "under way") return;
    this.#contact = "none";
    if (failure) this.close(failure, REST);
    this.#release();
  }

  /**
   * Reports that a lookup could not reach the host. If the host answered nobody meanwhile, it is left alone
   * as one that never answered.
   *
   * @param since when the lookup began, on the clock of {@link performance}
   */
  fellSilent(failure: Failure, since: number): void {
    if (this.#contact === "made" && this.#heardAt < since) this.close(failure, REST);
  }

  /**
   * Stops all requests to this host for some time.
   *
   * @param milliseconds from now
   */
  close(failure: Failure, milliseconds: number): void {
    this.#closed = { failure, until: performance.now() + milliseconds };
  }

  /** @throws LookupError when the host must not be asked now */
  throwIfClosed(): void {
    if (this.#closed && performance.now() < this.#closed.until) throw LookupError.of(this.#closed.failure);
  }

  /** Milliseconds until the host may be asked again, as it requested. */
  get wait(): number {
    return Math.max(this.#quietUntil - performance.now(), 0);
  }

  /** The status with which the host asked for the {@link wait}. */
  get quietBy(): Told {
    return this.#quietBy;
  }

  /** Reports that the host wants no request for some milliseconds. */
  quiet(milliseconds: number, by: Told): void {
    this.#quietUntil = Math.max(this.#quietUntil, performance.now() + milliseconds);
    this.#quietBy = by;
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
