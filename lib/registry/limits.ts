// How many lookups go on at once: for each host, so that nobody is flooded, and in total.
import { orAborted } from "./budget.js";

/** At most this many lookups of one host at once. */
const PER_HOST = 16;
/** At most this many lookups at once. */
const TOTAL = 32;

export interface Limits {
  /**
   * Waits for a place.
   *
   * @returns a function that gives the place back, to be called once
   * @throws the signal's reason, when it aborts first
   */
  enter(host: string, signal: AbortSignal): Promise<() => void>;
}

/**
 * Makes a set of limits. Hosts take turns where the total is what holds them back; within a host the first
 * come is served.
 */
export function createLimits(perHost = PER_HOST, total = TOTAL): Limits {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  let all = 0;

  const admit = (host: string): void => {
    running.set(host, (running.get(host) ?? 0) + 1);
    all += 1;
  };
  const next = (): void => {
    for (const [host, queue] of waiting) {
      if (all >= total) return;
      if ((running.get(host) ?? 0) >= perHost) continue;
      const start = queue.shift();
      // To the end of the map, or gone from it: the next place is another host's.
      waiting.delete(host);
      if (queue.length > 0) waiting.set(host, queue);
      start?.();
      return;
    }
  };
  const leave = (host: string): void => {
    running.set(host, (running.get(host) ?? 1) - 1);
    all -= 1;
    next();
  };

  /** Waits in the queue; who gives up leaves it, or the place that came at the same moment. */
  const queueUp = async (host: string, signal: AbortSignal): Promise<void> => {
    const queue = waiting.get(host) ?? [];
    waiting.set(host, queue);
    const state = { admitted: false };
    const turn = new Promise<void>((resolve) => {
      queue.push(() => {
        state.admitted = true;
        admit(host);
        resolve();
      });
    });
    const start = queue.at(-1);
    try {
      await orAborted(turn, signal);
    } catch (error) {
      if (state.admitted) leave(host);
      const rest = waiting.get(host)?.filter((each) => each !== start) ?? [];
      if (rest.length > 0) waiting.set(host, rest);
      else waiting.delete(host);
      throw error;
    }
  };

  return {
    async enter(host, signal) {
      signal.throwIfAborted();
      if (all < total && (running.get(host) ?? 0) < perHost) admit(host);
      else await queueUp(host, signal);
      return () => {
        leave(host);
      };
    },
  };
}
