// Retries a request: a few times, with growing pauses, and not before the time that the host named.
import type { Budget } from "./budget.js";
import { pause } from "./budget.js";
import { codeOf, LookupError } from "./failure.js";
import type { Host } from "./host.js";
import type { Response } from "./transport.js";

const RETRIES = 2;
/** The most milliseconds before the first retry; each later retry waits three times as long. */
const BACKOFF = 300;
/** Status codes that are worth a retry: overload and gateways. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 522]);
/** Not ENOTFOUND, ECONNREFUSED or TLS errors, which are the same the second time. */
const PASSING_CODE: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "EAI_AGAIN"]);
/** Milliseconds for which a host is left alone that limits our requests and does not say for how long. */
const DEFAULT_REST = 60_000;

/**
 * Sends a request until it gets a final answer, at most three times within the budget.
 *
 * @param send sends the request once
 * @param name the host, for messages
 * @returns the last answer, whatever its status but 429
 * @throws LookupError `rate-limited` when the host still limits our requests, and `unreachable` when it says
 *   until when it is not there; no other lookup asks it before the time that it named
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
    const wait = Math.max(asked ?? 0, backoff(tries));
    if (status === 429 || status === 503) host.overloaded();
    if (status === 429 && asked !== undefined) host.quiet(asked);
    if (tries === RETRIES || performance.now() + wait >= budget.endsAt) {
      if ("error" in outcome) throw outcome.error;
      // A host that said "at once" and still limits us has not said when.
      if (status === 429) throw limited(host, name, asked === 0 ? undefined : asked);
      if (status === 503 && asked !== undefined && asked > 0) throw unavailable(host, name, asked);
      return outcome;
    }
    await pause(wait, budget.signal);
  }
}

async function waitFor(milliseconds: number, host: Host, name: string, budget: Budget): Promise<void> {
  if (performance.now() + milliseconds >= budget.endsAt) throw limited(host, name, milliseconds);
  await pause(milliseconds, budget.signal);
}

function limited(host: Host, name: string, wait: number | undefined): LookupError {
  const when = wait === undefined ? "" : ` ${until(wait)}`;
  const cause = `takes no more requests from here${when}; logging in may raise the limit`;
  return closed(host, new LookupError("rate-limited", `${name} ${cause}`, { host: name, cause }), wait);
}

function unavailable(host: Host, name: string, wait: number): LookupError {
  const cause = `answers nothing ${until(wait)}: it is overloaded or under maintenance (503)`;
  const error = new LookupError("unreachable", `${name} ${cause}`, { host: name, cause });
  // It was waited for and still is not there, so the next lookup must not wait for it again.
  return closed(host, error, Math.max(wait, DEFAULT_REST));
}

/** Closes the host. Requests that were under way fail as the first of them did, so that it is one message. */
function closed(host: Host, error: LookupError, wait = DEFAULT_REST): LookupError {
  host.throwIfClosed();
  host.close(error.failure, wait);
  return error;
}

function until(milliseconds: number): string {
  return `until ${new Date(Date.now() + milliseconds).toISOString().replace(/\.\d+Z$/, "Z")}`;
}

/**
 * Milliseconds before try `tries + 2`. Half of it is random, so that requests that failed together are not
 * repeated together.
 */
function backoff(tries: number): number {
  return BACKOFF * 3 ** tries * (0.5 + Math.random() / 2);
}

/**
 * Reads a Retry-After header.
 *
 * @param value seconds, or a date
 * @returns milliseconds from now, from 0 to one day; `undefined` for any other text
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
