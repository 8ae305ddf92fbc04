// When a run gives up. The clock is faked, so that no test waits.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRunClock } from "../../lib/digests/clock.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("gives up after the patience without an answer while requests run", () => {
  const clock = createRunClock(30_000);
  clock.begin();
  vi.advanceTimersByTime(29_999);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
});

test("does not give up while answers come, however long the run takes", () => {
  const clock = createRunClock(30_000);
  const end = clock.begin();
  for (let count = 0; count < 100; count += 1) {
    vi.advanceTimersByTime(20_000);
    clock.heard();
  }
  expect(clock.signal.aborted).toBe(false);
  end();
});

test("adds up the silence of batches, without the time between them", () => {
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

test("starts again from zero with each answer", () => {
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

test("counts the silence of simultaneous batches once", () => {
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

test("gives up at its limit although answers come, and says which of the two it was", () => {
  const clock = createRunClock(30_000, 100_000);
  for (let batch = 0; batch < 4; batch += 1) {
    const end = clock.begin();
    vi.advanceTimersByTime(20_000);
    clock.heard();
    end();
  }
  expect(clock.failure).toBeUndefined();
  const end = clock.begin();
  vi.advanceTimersByTime(19_999);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
  expect(clock.failure).toMatchObject({
    reason: "gave-up",
    message: expect.stringMatching(/too long/) as string,
  });
  end();
  expect(vi.getTimerCount()).toBe(0);

  const silent = createRunClock(30_000, 100_000);
  silent.begin();
  vi.advanceTimersByTime(200_000);
  expect(silent.failure).toMatchObject({ message: expect.stringMatching(/did not answer/) as string });
});
