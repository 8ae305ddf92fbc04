// Retries a request: a few times, with growing pauses, and not before the time that the host named.
import type { Budget } from "./budget.js";
import { pause } from "./budget.js";
import { codeOf, LookupError } from "./failure.js";
import type { Host, Told } from "./host.js";
import type { Response } from "./transport.js";

const RETRIES = 2;
/**
 * The same where the host says when to come back: it is then waited for, within the lookup's time.
 *
 * @see containers-image, `docker_client.go`: five tries where a registry limits requests
 */
const RETRIES_WHEN_TOLD = 5;
/** The most milliseconds before the first retry; each later retry waits three times as long. */
const BACKOFF = 300;
/** Status codes that are worth a retry: overload and gateways. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 522]);
/** Not ENOTFOUND, ECONNREFUSED or TLS errors, which are the same the second time. */
const PASSING_CODE: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "EAI_AGAIN"]);
/** Milliseconds for which a host is left alone that limits our requests and does not say for how long. */
const DEFAULT_REST = 60_000;

/**
 * Sends a request until it gets a final answer within the budget: at most three times, or six where the host
 * says when it is back.
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
      if (tries >= RETRIES || !PASSING_CODE.has(codeOf(outcome.error))) throw outcome.error;
    } else if (!PASSING_STATUS.has(outcome.status)) return outcome;

    const status = "error" in outcome ? 0 : outcome.status;
    const asked = "error" in outcome ? undefined : retryAfter(outcome.headers["retry-after"]);
    const by = toldBy(status);
    if (by) host.overloaded();
    // A host that says "at once" and does not answer has not said when.
    const told = by && asked !== undefined && asked > 0 ? asked : undefined;
    if (by && told !== undefined) host.quiet(told, by);
    const wait = told === undefined ? backoff(tries) : Math.max(told, BACKOFF);
    const most = told === undefined ? RETRIES : RETRIES_WHEN_TOLD;
    if (tries >= most || performance.now() + wait >= budget.endsAt) {
      if ("error" in outcome) throw outcome.error;
      if (by === 429 || (by && told !== undefined)) throw stopped(host, name, by, told);
      return outcome;
    }
    await pause(wait, budget.signal);
  }
}

function toldBy(status: number): Told | undefined {
  return status === 429 || status === 503 ? status : undefined;
}

async function waitFor(milliseconds: number, host: Host, name: string, budget: Budget): Promise<void> {
  if (performance.now() + milliseconds >= budget.endsAt)
    throw stopped(host, name, host.quietBy, milliseconds);
  await pause(milliseconds, budget.signal);
}

/** Closes a host that said when it is back, or that it gets too many requests. */
function stopped(host: Host, name: string, by: Told, wait: number | undefined): LookupError {
  const when = wait === undefined ? "" : ` ${until(wait)}`;
  if (by === 429) {
    const cause = `takes no more requests from here${when}; logging in may raise the limit`;
    return closed(host, new LookupError("rate-limited", `${name} ${cause}`, { host: name, cause }), wait);
  }
  const cause = `answers nothing${when}: it is overloaded or under maintenance (503)`;
  const error = new LookupError("unreachable", `${name} ${cause}`, { host: name, cause });
  // It was waited for and still is not there, so the next lookup must not wait for it again.
  return closed(host, error, Math.max(wait ?? 0, DEFAULT_REST));
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
