// Remembers failed lookups, and which registries are left alone for a while because they could not be asked.
import type { Failure, FailureReason } from "../reference/answer.js";
import type { LookupKey } from "./key.js";
import { trim } from "./trim.js";

/** Milliseconds for which a registry's answer about one image counts. */
export const VERDICT_LIFE = 5 * 60_000;
/** Milliseconds for which a registry that could not be asked is left alone; doubled after each failure. */
export const REST = 60_000;
const LONGEST_REST = 15 * 60_000;

/** How many failures are remembered. */
const MOST_FAILURES = 512;

/** Failures of the registry itself: it cannot be asked for any other image either. */
const REGISTRY_FAILURES: ReadonlySet<FailureReason> = new Set([
  "unreachable",
  "timeout",
  "tls",
  "rate-limited",
  "gave-up",
  "credentials",
]);

/** A time in which a registry is left alone. */
interface Rest {
  /** On the clock of {@link performance}, which never steps back. */
  readonly until: number;
  /** In milliseconds. */
  readonly length: number;
}

export class FailureMemory {
  /** By the key of the lookup. */
  readonly #failures = new Map<string, { readonly failure: Failure; readonly until: number }>();
  /** By endpoint. An entry stays when its time is over, until the registry answers again. */
  readonly #rests = new Map<string, Rest>();

  /** The failure of a lookup, while it counts. */
  recent({ text }: LookupKey): Failure | undefined {
    const known = this.#failures.get(text);
    return known && known.until > performance.now() ? known.failure : undefined;
  }

  /** Whether a registry is left alone now. */
  isResting({ endpoint }: LookupKey): boolean {
    return (this.#rests.get(endpoint)?.until ?? 0) > performance.now();
  }

  /** Whether a registry has not answered since it last failed. */
  hasFailed({ endpoint }: LookupKey): boolean {
    return this.#rests.has(endpoint);
  }

  /** Forgets the failures of a lookup and of its registry: a digest was found. */
  forget({ text, endpoint }: LookupKey): void {
    this.#failures.delete(text);
    this.#rests.delete(endpoint);
  }

  /** Remembers a failure. A registry that could not be asked is left alone from now on. */
  remember(key: LookupKey, failure: Failure): void {
    if (REGISTRY_FAILURES.has(failure.reason)) {
      const length = Math.min((this.#rests.get(key.endpoint)?.length ?? REST / 2) * 2, LONGEST_REST);
      // Lookups that run at the same time fail together: that is one failure of the registry.
      if (!this.isResting(key)) this.#rests.set(key.endpoint, { length, until: performance.now() + length });
      this.#keep(key, failure, length);
    } else {
      this.#rests.delete(key.endpoint);
      this.#keep(key, failure, VERDICT_LIFE);
    }
  }

  #keep({ text }: LookupKey, failure: Failure, milliseconds: number): void {
    this.#failures.delete(text);
    this.#failures.set(text, { failure, until: performance.now() + milliseconds });
    trim(this.#failures, MOST_FAILURES);
  }
}
