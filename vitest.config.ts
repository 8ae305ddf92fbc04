// The tests of `npm test`: no network but loopback, nothing installed but Node. Those against real tools
// are tests/oracles/.
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "tests/oracles/**"],
    setupFiles: ["tests/support/seed.ts"],
    // Generous: a test may start a process or load ESLint on a busy machine. No test asserts on time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
