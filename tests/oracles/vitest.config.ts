// The checks against real tools (`npm run oracles`): what scripts/install-oracles.sh could not install is
// skipped aloud.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/oracles/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
