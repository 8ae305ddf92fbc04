// Limits how many lookups run at the same time, for each host and in total.
import { orAborted } from "./budget.js";

/** How many lookups run at the same time in total. */
const TOTAL = 96;

/** A place in which a lookup runs. */
export interface Place {
  /** Gives the place back; to be called once. */
  leave(): void;
  /**
   * Waits for what another lookup does, and gives the place to others meanwhile, so that the wait costs
   * nobody a turn. It then gets the next place that is free. Of one host only as many step aside as have
   * places: their time runs, so they must not become a queue of their own.
   *
   * @param work what is waited for
   * @returns what it returns
   * @throws what it throws, or the signal's reason
   */
  aside<T>(work: Promise<T>): Promise<T>;
}

/**
 * Gives lookups a place in which they run. Where the total is reached, hosts take turns; within a host, the
 * first to come is the first to get a place.
 */
export class Limits {
  /** How many lookups run for each host. */
  readonly #running = new Map<string, number>();
  #total = 0;
  /** How many lookups of each host have stepped aside. */
  readonly #aside = new Map<string, number>();
  /** For each host with waiting lookups, what starts each of them. The next place goes to the first host. */
  readonly #waiting = new Map<string, (() => void)[]>();

  /** @param placesOf how many lookups of a host may run at the same time, at least one; it may change */
  constructor(
    private readonly placesOf: (host: string) => number,
    private readonly mostInTotal = TOTAL,
  ) {}

  /**
   * Waits for a place.
   *
   * @param host any name of it
   * @param signal ends the wait
   * @returns the place
   * @throws the signal's reason, when it aborts first
   */
  async enter(host: string, signal: AbortSignal): Promise<Place> {
    signal.throwIfAborted();
    if (this.#total < this.mostInTotal && this.#hasRoom(host)) this.#admit(host);
    else await this.#queueUp(host, signal, "last");
    let held = true;
    let isOver = false;
    return {
      leave: () => {
        if (held) this.#leave(host);
        held = false;
        isOver = true;
      },
      aside: async (work) => {
        const before = this.#aside.get(host) ?? 0;
        if (before >= this.placesOf(host)) return orAborted(work, signal);
        this.#aside.set(host, before + 1);
        this.#leave(host);
        held = false;
        try {
          return await orAborted(work, signal);
        } finally {
          await this.#comeBack(host, signal);
          // Its time may have ended in the meantime.
          if (isOver) this.#leave(host);
          else held = true;
        }
      },
    };
  }

  async #comeBack(host: string, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      if (this.#total < this.mostInTotal && this.#hasRoom(host)) this.#admit(host);
      else await this.#queueUp(host, signal, "first");
    } finally {
      this.#aside.set(host, (this.#aside.get(host) ?? 1) - 1);
    }
  }

  #hasRoom(host: string): boolean {
    return (this.#running.get(host) ?? 0) < this.placesOf(host);
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

  /** Starts as many as there are places for: a host may have got more. */
  #startNext(): void {
    // What is set while the map is gone through comes once more, at its end.
    for (const [host, queue] of this.#waiting) {
      if (this.#total >= this.mostInTotal) return;
      if (!this.#hasRoom(host)) continue;
      const start = queue.shift();
      // The host goes to the end of the map, or leaves it: the next place is for another host.
      this.#waiting.delete(host);
      if (queue.length > 0) this.#waiting.set(host, queue);
      start?.();
    }
  }

  /** Waits in the queue. A lookup that is aborted leaves it, or gives back a place that it has just got. */
  async #queueUp(host: string, signal: AbortSignal, place: "first" | "last"): Promise<void> {
    const queue = this.#waiting.get(host) ?? [];
    this.#waiting.set(host, queue);
    const state = { admitted: false };
    let start: (() => void) | undefined;
    const turn = new Promise<void>((resolve) => {
      start = () => {
        state.admitted = true;
        this.#admit(host);
        resolve();
      };
      if (place === "first") queue.unshift(start);
      else queue.push(start);
    });
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
