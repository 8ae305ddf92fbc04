// When a run gives up. Time is faked here: nothing waits.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRunClock } from "../../lib/digests/clock.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("after so much silence while requests are under way", () => {
  const clock = createRunClock(30_000);
  clock.begin();
  vi.advanceTimersByTime(29_999);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
});

test("not while answers come, however long it takes", () => {
  const clock = createRunClock(30_000);
  const end = clock.begin();
  for (let count = 0; count < 100; count += 1) {
    vi.advanceTimersByTime(20_000);
    clock.heard();
  }
  expect(clock.signal.aborted).toBe(false);
  end();
});

test("silence adds up from batch to batch, without the time in between", () => {
  const clock = createRunClock(30_000);
  for (const [silence, gaveUp] of [
    [12_000, false],
    [12_000, false],
    [6_000, true],
  ] as const) {
    const end = clock.begin();
    vi.advanceTimersByTime(silence);
    end();
    expect(clock.signal.aborted).toBe(gaveUp);
    vi.advanceTimersByTime(600_000);
  }
});

test("one answer begins it anew", () => {
  const clock = createRunClock(30_000);
  let end = clock.begin();
  vi.advanceTimersByTime(25_000);
  clock.heard();
  end();
  end = clock.begin();
  vi.advanceTimersByTime(25_000);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(5_000);
  expect(clock.signal.aborted).toBe(true);
  end();
});

test("batches at once are one silence", () => {
  const clock = createRunClock(30_000);
  const first = clock.begin();
  vi.advanceTimersByTime(20_000);
  const second = clock.begin();
  first();
  vi.advanceTimersByTime(9_999);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
  second();
});
