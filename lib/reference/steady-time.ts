// Tells the time without going back: a clock that is set back in a run must not make an answer of that run
// look as if it came from the future.

let latest = 0;

/**
 * The time, in milliseconds since the epoch. Where the clock was set back, it stands still until the clock
 * has caught up. Only for the times of answers; how long something took is measured with {@link performance}.
 */
export function steadyTime(): number {
  latest = Math.max(latest, Date.now());
  return latest;
}
