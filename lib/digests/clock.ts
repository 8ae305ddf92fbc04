// When a run gives up: registries that have gone silent must not hold a lint for ever, and a long healthy run
// must not be cut.

/** Milliseconds of silence after which a lint looks nothing more up. */
export const LINT_PATIENCE = 30_000;

/** Counts the silence of a whole run: the time in which requests were under way and nothing was answered. */
export interface RunClock {
  /** Aborted when the run gave up, for good. */
  readonly signal: AbortSignal;
  /**
   * Lookups begin. @returns to be called when they have all ended: silence between batches does not count,
   * silence in them adds up
   */
  begin(): () => void;
  /** A registry answered something. */
  heard(): void;
}

/**
 * Starts a clock, stopped.
 *
 * @param patience milliseconds
 */
export function createRunClock(patience = LINT_PATIENCE): RunClock {
  const controller = new AbortController();
  let spent = 0;
  let active = 0;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;

  const arm = (): void => {
    since = performance.now();
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        controller.abort(new Error("gave up"));
      },
      Math.max(patience - spent, 0),
    );
  };
  return {
    signal: controller.signal,
    begin() {
      active += 1;
      if (active === 1) arm();
      return () => {
        active -= 1;
        if (active > 0) return;
        clearTimeout(timer);
        spent += performance.now() - since;
      };
    },
    heard() {
      spent = 0;
      if (active > 0 && !controller.signal.aborted) arm();
    },
  };
}
