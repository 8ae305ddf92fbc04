// Limits how many lookups run at the same time, for each host and in total.
import { orAborted } from "./budget.js";

/** How many lookups of one host run at the same time. */
const PER_HOST = 32;
/** How many lookups run at the same time in total. */
const TOTAL = 64;

/**
 * A place in which a lookup runs. Where the total is reached, hosts take turns; within a host, the first to
 * come is the first to get a place.
 */
export class Limits {
  /** How many lookups run for each host. */
  readonly #running = new Map<string, number>();
  #total = 0;
  /** For each host with waiting lookups, what starts each of them. The next place goes to the first host. */
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(
    private readonly mostPerHost = PER_HOST,
    private readonly mostInTotal = TOTAL,
  ) {}

  /**
   * Waits for a place.
   *
   * @returns a function that gives the place back, to be called once
   * @throws the signal's reason, when it aborts first
   */
  async enter(host: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#total < this.mostInTotal && this.#hasRoom(host)) this.#admit(host);
    else await this.#queueUp(host, signal);
    return () => {
      this.#leave(host);
    };
  }

  #hasRoom(host: string): boolean {
    return (this.#running.get(host) ?? 0) < this.mostPerHost;
  }

  #admit(host: string): void {
    this.#running.set(host, (this.#running.get(host) ?? 0) + 1);
    this.#total += 1;
  }

  #leave(host: string): void {
    this.#running.set(host, (this.#running.get(host) ?? 1) - 1);
    this.#total -= 1;
    this.#startNext();
  }

  #startNext(): void {
    for (const [host, queue] of this.#waiting) {
      if (this.#total >= this.mostInTotal) return;
      if (!this.#hasRoom(host)) continue;
      const start = queue.shift();
      // The host goes to the end of the map, or leaves it: the next place is for another host.
      this.#waiting.delete(host);
      if (queue.length > 0) this.#waiting.set(host, queue);
      start?.();
      return;
    }
  }

  /** Waits in the queue. A lookup that is aborted leaves it, or gives back a place that it has just got. */
  async #queueUp(host: string, signal: AbortSignal): Promise<void> {
    const queue = this.#waiting.get(host) ?? [];
    this.#waiting.set(host, queue);
    const state = { admitted: false };
    const turn = new Promise<void>((resolve) => {
      queue.push(() => {
        state.admitted = true;
        this.#admit(host);
        resolve();
      });
    });
    const start = queue.at(-1);
    try {
      await orAborted(turn, signal);
    } catch (error) {
      if (state.admitted) this.#leave(host);
      const rest = this.#waiting.get(host)?.filter((each) => each !== start) ?? [];
      if (rest.length > 0) this.#waiting.set(host, rest);
      else this.#waiting.delete(host);
      throw error;
    }
  }
}
