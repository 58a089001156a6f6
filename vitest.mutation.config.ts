// The tests that judge mutants of the pricing core: its unit tests, and its properties on few carts of a fixed seed.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    setupFiles: ["test/support/seed.ts"],
    isolate: false,
    include: ["test/mutation/*.test.ts"],
    // Whether the laws catch broken pricers is not the question here, and costs thousands of carts.
    testNamePattern: /^(?!.*\bcatches\b)/,
    env: { PRILAVOK_PROPERTY_RUNS: "20", PRILAVOK_PROPERTY_SEED: "20261121" },
    maxWorkers: 1,
    testTimeout: 20_000,
  },
});
