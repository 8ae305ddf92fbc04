// The properties of `npm run fuzz`, with a few inputs of fixed seeds. A seed that found something is added
// here.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { properties } from "../../scripts/fuzz/properties.mjs";

const SEEDS = [1, 2026];

describe.each(Object.entries(await properties()))("%s", (_, property) => {
  it.each(SEEDS)("seed %i", async (seed) => {
    const { failed, counterexample } = await fc.check(property, { seed, numRuns: 150 });
    expect({ failed, counterexample }).toEqual({ failed: false, counterexample: null });
  });
});
