// One runner, six projects: what a room holds, what crosses a wall, what starts real processes, and the house rules.
import { defineConfig } from "vitest/config";

const shared = { environment: "node" as const, testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    globalSetup: ["test/support/postgres.ts"],
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/core/**/*.ts"],
      exclude: ["src/core/**/*.test.ts"],
      thresholds: { lines: 100 },
    },
    projects: [
      { test: { ...shared, name: "rooms", include: ["src/**/*.test.ts"] } },
      { test: { ...shared, name: "storage", include: ["test/storage/**/*.test.ts"] } },
      { test: { ...shared, name: "protocols", include: ["test/protocols/**/*.test.ts"] } },
      { test: { ...shared, name: "http", include: ["test/http/**/*.test.ts"] } },
      { test: { ...shared, name: "events", include: ["test/events/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { ...shared, name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 120_000 } },
      { test: { ...shared, name: "tidy", include: ["test/tidy/**/*.test.ts"] } },
    ],
  },
});
