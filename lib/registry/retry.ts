// Asking again: a few times, later each time, and not before the host said.
import type { Budget } from "./budget.js";
import { pause } from "./budget.js";
import { codeOf, LookupError } from "./failure.js";
import type { Host } from "./host.js";
import type { Response } from "./transport.js";

const RETRIES = 2;
/** Milliseconds before the first retry, at most; each later one waits three times as long. */
const BACKOFF = 300;
/** What is worth a second try: overload and gateways. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 522]);
/** Not ENOTFOUND, ECONNREFUSED or anything of TLS: those are the same the second time. */
const PASSING_CODE: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "EAI_AGAIN"]);
/** How long a host that limits us and does not say how long is left alone, in milliseconds. */
const DEFAULT_REST = 60_000;

/**
 * Sends a request until it gets an answer that is worth having, at most three times within the budget.
 *
 * @param send one try
 * @param name the host, for messages
 * @returns the last answer, whatever its status but 429
 * @throws LookupError `rate-limited` when the host goes on limiting us; no other lookup asks it before the
 *   time it said
 */
export async function withRetries(
  send: () => Promise<Response>,
  host: Host,
  name: string,
  budget: Budget,
): Promise<Response> {
  let stale = false;
  for (let tries = 0; ; tries += 1) {
    host.throwIfClosed();
    if (host.wait > 0) await waitFor(host.wait, host, name, budget);
    const outcome = await send().catch((error: unknown) => ({ error }));
    if ("error" in outcome) {
      if (isStale(outcome.error) && !stale) {
        stale = true;
        tries -= 1;
        continue;
      }
      if (tries === RETRIES || !PASSING_CODE.has(codeOf(outcome.error))) throw outcome.error;
    } else if (!PASSING_STATUS.has(outcome.status)) return outcome;

    const status = "error" in outcome ? 0 : outcome.status;
    const asked = "error" in outcome ? undefined : retryAfter(outcome.headers["retry-after"]);
    const wait = asked ?? backoff(tries);
    if (status === 429 && asked !== undefined) host.quiet(Date.now() + asked);
    if (tries === RETRIES || Date.now() + wait >= budget.endsAt) {
      if ("error" in outcome) throw outcome.error;
      if (status === 429) throw limited(host, name, asked);
      return outcome;
    }
    await pause(wait, budget.signal);
  }
}

async function waitFor(milliseconds: number, host: Host, name: string, budget: Budget): Promise<void> {
  if (Date.now() + milliseconds >= budget.endsAt) throw limited(host, name, milliseconds);
  await pause(milliseconds, budget.signal);
}

function limited(host: Host, name: string, wait: number | undefined): LookupError {
  const until = Date.now() + (wait ?? DEFAULT_REST);
  const when = wait === undefined ? "" : ` until ${new Date(until).toISOString().replace(/\.\d+Z$/, "Z")}`;
  const error = new LookupError(
    "rate-limited",
    `${name} takes no more requests from here${when}; logging in may raise the limit`,
  );
  host.close(error.failure, until);
  return error;
}

/**
 * Milliseconds before try `tries + 2`; half of it is chance, so that what failed together does not come back
 * together.
 */
function backoff(tries: number): number {
  return BACKOFF * 3 ** tries * (0.5 + Math.random() / 2);
}

/**
 * Reads a Retry-After header.
 *
 * @param value seconds, or a date
 * @returns milliseconds from now, 0 to one day, or nothing when it says neither
 * @see RFC 9110, section 10.2.3
 */
export function retryAfter(value: string | undefined, now = Date.now()): number | undefined {
  const text = value?.trim() ?? "";
  const wait = /^\d{1,9}$/.test(text)
    ? Number(text) * 1000
    : /^[A-Z][a-z]{2,8},? /.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 86_400_000);
}

function isStale(error: unknown): boolean {
  return typeof error === "object" && error !== null && "reused" in error;
}
