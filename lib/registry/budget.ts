// The time limit of a lookup, and waiting within it.
import { setMaxListeners } from "node:events";
import { LookupError } from "./failure.js";

/** A time limit: work may go on until the signal aborts, which happens at `endsAt` at the latest. */
export interface Budget {
  readonly signal: AbortSignal;
  /** On the clock of {@link performance}, which never steps back. */
  readonly endsAt: number;
  /**
   * Must be called when the work is done. It clears the timer, which keeps the process alive, and lets go of
   * the parents.
   */
  end(): void;
}

/**
 * Starts a budget.
 *
 * @param milliseconds from now; without a number, only the parents end it
 * @param parents signals that may end it earlier
 */
export function startBudget(milliseconds: number | undefined, ...parents: readonly AbortSignal[]): Budget {
  // Not AbortSignal.any and AbortSignal.timeout: Node 20 may collect their signals while something waits for
  // them.
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const stops: (() => void)[] = [];
  if (milliseconds !== undefined) {
    const timer = setTimeout(() => {
      controller.abort(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" }));
    }, milliseconds);
    stops.push(() => {
      clearTimeout(timer);
    });
  }
  for (const parent of parents) {
    const abort = (): void => {
      controller.abort(parent.reason);
    };
    if (parent.aborted) abort();
    // Hundreds of lookups listen to one signal by design, so Node must not warn of a leak.
    setMaxListeners(0, parent);
    parent.addEventListener("abort", abort, { once: true });
    stops.push(() => {
      parent.removeEventListener("abort", abort);
    });
  }
  return {
    signal: controller.signal,
    endsAt: milliseconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + milliseconds,
    end() {
      for (const stop of stops) stop();
    },
  };
}

/**
 * Waits, unless the signal aborts first.
 *
 * @throws the signal's reason
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return orAborted(elapsed, signal).finally(() => {
    clearTimeout(timer);
  });
}

/**
 * Waits for shared work, unless the signal aborts first. The work itself goes on for others that wait for it.
 *
 * @throws what the work threw, or the signal's reason
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => {
      reject(reasonOf(signal));
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    stop = () => {
      signal.removeEventListener("abort", abort);
    };
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop?.();
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new LookupError("gave-up", "the lookup was stopped");
}
