// The work that reading one chart may take: all that can grow pays for it, so that reading ends.

/** Thrown where a chart needs more work than is done for one; whoever reads the chart catches it. */
export class TooMuch extends Error {}

/** What is left of the work that is done now. Nothing in it waits, so there is one at a time. */
let current: { left: number } | undefined;

/** An amount of work. */
export class Work {
  readonly #amount: { left: number };

  /** @param most in steps, each of some 0.3 microseconds */
  constructor(most: number) {
    this.#amount = { left: most };
  }

  /**
   * Does some of the work.
   *
   * @param part calls {@link pay} for what it does
   * @returns what it returns
   * @throws {TooMuch} where there is nothing left
   */
  do<T>(part: () => T): T {
    const outer = current;
    current = this.#amount;
    try {
      return part();
    } finally {
      current = outer;
    }
  }
}

/**
 * Pays for work that is being done.
 *
 * @param amount in steps
 * @throws {TooMuch} where there is nothing left
 */
export function pay(amount = 1): void {
  if (!current) return;
  current.left -= amount;
  if (current.left < 0) throw new TooMuch();
}
