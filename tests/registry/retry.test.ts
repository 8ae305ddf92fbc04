// How the Retry-After header is read, and what is done with it.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startBudget } from "../../lib/registry/budget.js";
import { Host } from "../../lib/registry/host.js";
import { retryAfter, withRetries } from "../../lib/registry/retry.js";
import type { Response } from "../../lib/registry/transport.js";
import { stopClock } from "../support/clock.js";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each([
  ["0", 0],
  ["1", 1000],
  [" 120 ", 120_000],
  ["99999999", 86_400_000],
  ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
  ["Thu, 01 Jan 2026 11:00:00 GMT", 0],
  ["", undefined],
  ["soon", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  ["Thu, garbage", undefined],
  [undefined, undefined],
])("Retry-After: %s is %s ms", (value, expected) => {
  expect(retryAfter(value, NOW)).toBe(expected);
});

describe.each([429, 503])("a host that answers %i and says when it is back", (status) => {
  const told: Response = { status, headers: { "retry-after": "2" }, body: Buffer.alloc(0) };
  const found: Response = { ...told, status: 200, headers: {} };

  /** Sends a request to a host that answers so, one answer after the other. */
  function begin(answers: Response[], host = new Host()) {
    const state = { sent: 0 };
    const send = (): Promise<Response> => {
      state.sent += 1;
      return Promise.resolve(answers.shift() ?? found);
    };
    const outcome = withRetries(send, host, "registry.example", startBudget(15_000)).catch(String);
    return { state, outcome, host };
  }

  beforeEach(() => {
    stopClock();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("is waited for five times", async () => {
    const { state, outcome } = begin([told, told, told, told, told]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(await outcome).toBe(found);
    expect(state.sent).toBe(6);
  });

  test("is left alone when it has not come back by then", async () => {
    const { state, outcome, host } = begin([told, told, told, told, told, told]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(await outcome).toMatch(/registry\.example (?:takes no more requests|answers nothing)/);
    expect(state.sent).toBe(6);
    expect(() => {
      host.throwIfClosed();
    }).toThrow();
  });

  test("gets no other request before", async () => {
    const { host } = begin([told]);
    await vi.advanceTimersByTimeAsync(100);
    const other = begin([found], host);
    await vi.advanceTimersByTimeAsync(1800);
    expect(other.state.sent).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(await other.outcome).toBe(found);
  });

  test("is not waited for where that takes too long, and the message says why", async () => {
    const { host } = begin([{ ...told, headers: { "retry-after": "14" } }]);
    await vi.advanceTimersByTimeAsync(100);
    const short = withRetries(() => Promise.resolve(found), host, "registry.example", startBudget(5000));
    await expect(short).rejects.toThrow(status === 429 ? "logging in" : "under maintenance (503)");
  });
});
