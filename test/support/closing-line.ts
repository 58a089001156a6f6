// A reporter that ends a run with one line: N passed, N failed, N skipped; and before it why something was skipped.
import type { Reporter, TestModule } from "vitest/node";
import { findCanaries } from "./canary.ts";

/** Counts every test of every project. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    const skipped = new Map<string, number>();
    for (const module of modules) {
      // A file that does not even load counts as one failure.
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "pending") continue;
        counts[state] += 1;
        if (state === "skipped") {
          const reason = /\(postgres\)/.test(test.fullName)
            ? "no PostgreSQL on this machine (apt-get install postgresql)"
            : (test.options.mode ?? "skip");
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
        }
      }
    }
    const leaks = findCanaries(process.env["PRILAVOK_TEST_CANARY_DIR"]);
    if (leaks.length > 0)
      process.stdout.write(
        `Personal data or secrets were printed by the servers under test:\n${leaks.join("\n")}\n`,
      );
    counts.failed += leaks.length;
    if (process.env["PRILAVOK_TEST_NO_SKIPS"] && counts.skipped > 0) counts.failed += counts.skipped;
    if (counts.failed > 0) process.exitCode = 1;
    for (const [reason, count] of skipped) process.stdout.write(`Skipped ${count}: ${reason}\n`);
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
