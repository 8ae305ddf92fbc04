// Decides when a run gives up: silent registries must not block a lint for ever, but a long run that works
// must not be cut off.

import type { Answer, Failure, FailureReason } from "../reference/answer.js";

/** Milliseconds of silence after which a lint makes no more lookups. */
export const LINT_PATIENCE = 30_000;

/** Milliseconds of silence after which a command gives up: longer than a lint, because a user is waiting. */
export const COMMAND_PATIENCE = 120_000;

/**
 * Milliseconds after which `verify` gives up even where answers still come: a gate must end, and a registry
 * that answers each time at the last moment would keep it for hours.
 */
export const VERIFY_LIMIT = 600_000;

/** Failures without any response from a registry. */
const SILENT: ReadonlySet<FailureReason> = new Set([
  "timeout",
  "unreachable",
  "tls",
  "untrusted-registry",
  "gave-up",
  "offline",
]);

/** Whether a registry has spoken: with a digest, or with a refusal. */
export function isHeard(answer: Pick<Answer, "ok"> & { readonly reason?: FailureReason }): boolean {
  return answer.ok || (answer.reason !== undefined && !SILENT.has(answer.reason));
}

/**
 * The failure of every lookup after the run gave up.
 *
 * @param patience how long the run was to wait
 */
export function gaveUp(patience: number): Failure {
  const advice = patience < COMMAND_PATIENCE ? "; `npx eslint-plugin-container-images pin` waits longer" : "";
  return {
    ok: false,
    reason: "gave-up",
    message: `registries did not answer for too long, so nothing more is looked up in this run${advice}`,
  };
}

/** The failure of every lookup after a run has reached its limit. */
const TOOK_TOO_LONG: Failure = {
  ok: false,
  reason: "gave-up",
  message: "this run takes too long, so nothing more is looked up in it; give it fewer files at once",
};

/** Measures the silence of a whole run: the time in which requests were running and no registry answered. */
export interface RunClock {
  /** Aborted when the run gives up, for good. */
  readonly signal: AbortSignal;
  /** Why it gave up: the failure of each lookup that was stopped. */
  readonly failure: Failure | undefined;
  /**
   * Reports that a batch of lookups begins. The returned function must be called when all of them have ended.
   * Silence between batches does not count; silence in several batches adds up.
   */
  begin(): () => void;
  /** Reports that a registry has answered. */
  heard(): void;
}

/**
 * Makes a clock that does not run yet.
 *
 * @param patience milliseconds of silence after which the run gives up
 * @param limit milliseconds after the first begin after which it gives up in any case
 */
export function createRunClock(patience = LINT_PATIENCE, limit?: number): RunClock {
  const controller = new AbortController();
  let failure: Failure | undefined;
  const giveUp = (why: Failure): void => {
    failure ??= why;
    controller.abort(new Error("gave up"));
  };
  let endsAt: number | undefined;
  let atLimit: NodeJS.Timeout | undefined;
  let spent = 0;
  let active = 0;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;

  const arm = (): void => {
    since = performance.now();
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        giveUp(gaveUp(patience));
      },
      Math.max(patience - spent, 0),
    );
  };
  const armLimit = (): void => {
    if (limit === undefined) return;
    endsAt ??= performance.now() + limit;
    const left = Math.max(endsAt - performance.now(), 0);
    atLimit = setTimeout(() => {
      giveUp(TOOK_TOO_LONG);
    }, left);
  };
  return {
    signal: controller.signal,
    get failure() {
      return failure;
    },
    begin() {
      active += 1;
      if (active === 1) {
        arm();
        armLimit();
      }
      return () => {
        active -= 1;
        if (active > 0) return;
        clearTimeout(timer);
        clearTimeout(atLimit);
        spent += performance.now() - since;
      };
    },
    heard() {
      spent = 0;
      if (active > 0 && !controller.signal.aborted) arm();
    },
  };
}
