// What is known of one host while the process lives: how it wants to be asked, and whether it wants to be
// left alone.
import type { Failure } from "../reference/answer.js";
import { orAborted } from "./budget.js";
import type { Challenge } from "./challenge.js";
import { LookupError } from "./failure.js";

/** How long a host that could not be reached is not asked again, in milliseconds. */
const REST = 60_000;

/**
 * How long the others wait for a host's first lookup, in milliseconds: a registry that answers is faster than
 * that.
 */
const PATIENCE = 2_000;

/**
 * One host's state. The first lookup goes alone and learns how the host wants to be asked (nothing, Basic, or
 * a token, and from where); all others wait for that and then ask rightly at once.
 */
export class Host {
  /** What its last 401 asked for. */
  challenge: Challenge | undefined;

  #contact: "none" | "under way" | "made" = "none";
  #waiters: (() => void)[] = [];
  #closed: { readonly failure: Failure; readonly until: number } | undefined;
  #quietUntil = 0;

  /**
   * Waits while the first lookup of this host is under way, but not for ever: one image that is slow to
   * answer must not hold up the others.
   *
   * @param timeout milliseconds that a lookup may take; a quarter of it, two seconds at the most, is waited
   *   here
   * @returns whether this one is now the first, which must call {@link contacted} or {@link abandon} in the
   *   end
   * @throws the signal's reason
   */
  async enter(timeout: number, signal: AbortSignal): Promise<boolean> {
    const until = Date.now() + Math.min(PATIENCE, timeout / 4);
    while (this.#contact === "under way") {
      const left = until - Date.now();
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

  /** The host has answered something. */
  contacted(): void {
    this.#contact = "made";
    this.#release();
  }

  /**
   * The first lookup ended.
   *
   * @param failure why the host itself could not be reached; others then fail for the same reason, without
   *   asking
   */
  abandon(failure: Failure | undefined): void {
    if (this.#contact !== "under way") return;
    this.#contact = "none";
    if (failure) this.close(failure, Date.now() + REST);
    this.#release();
  }

  /**
   * Asks this host nothing more for some time.
   *
   * @param until milliseconds since the epoch
   */
  close(failure: Failure, until: number): void {
    this.#closed = { failure, until };
  }

  /** @throws LookupError when the host is not to be asked now */
  throwIfClosed(): void {
    if (this.#closed && Date.now() < this.#closed.until)
      throw new LookupError(this.#closed.failure.reason, this.#closed.failure.message);
  }

  /** Milliseconds that the host has asked everyone to wait. */
  get wait(): number {
    return Math.max(this.#quietUntil - Date.now(), 0);
  }

  /** The host asked to be left alone until then, in milliseconds since the epoch. */
  quiet(until: number): void {
    this.#quietUntil = Math.max(this.#quietUntil, until);
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
