// How the Retry-After header is read.
import { expect, test } from "vitest";
import { retryAfter } from "../../lib/registry/retry.js";

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
