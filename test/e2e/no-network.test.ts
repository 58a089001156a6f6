// A shop whose cable is cut: everything that is its own goes on, and whatever needs somebody outside says so and waits.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { childEnvironment, ROOT } from "../support/server.ts";
import type { CutOff } from "./cut-off/walk.ts";

/** Runs a command where there is a loopback and no other network. */
function apart(command: readonly string[], timeout: number) {
  const script = 'ip link set lo up && exec "$@"';
  return spawnSync("unshare", ["--net", "sh", "-c", script, "sh", ...command], {
    cwd: ROOT,
    encoding: "utf8",
    env: childEnvironment({}),
    timeout,
  });
}

const isPossible = apart(["true"], 10_000).status === 0;

describe.skipIf(!isPossible)("no network outside (needs the right to make one)", () => {
  test("a server works, and says what it could not tell to whom", { timeout: 180_000 }, () => {
    const run = apart([process.execPath, join(ROOT, "test", "e2e", "cut-off", "walk.ts")], 170_000);
    expect(run.status, run.stderr).toBe(0);
    const seen = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "{}") as CutOff;
    expect(["ENOTFOUND", "EAI_AGAIN", "ENETUNREACH"]).toContain(seen.outside);
    const bad = Object.entries(seen.statuses).filter(([, status]) => status >= 400);
    expect(bad).toEqual([]);
    expect(seen.destinations.map(({ kind, waiting }) => [kind, waiting]).sort()).toEqual([
      ["email", 1],
      ["telegram", 1],
    ]);
    for (const { problem } of seen.destinations) expect(["dns_error", "no_connection"]).toContain(problem);
    // Nothing reached the marketplace: the answer is tried again, and nobody is told that it arrived.
    expect(seen.answer.state).toBe("retrying");
    expect(seen.answer.attempts).toBeGreaterThan(0);
    expect(seen.webhook).toMatchObject({ state: "enabled", lastOutcome: "dns_error" });
    expect(seen.keptWaiting).toEqual([1, 1]);
  });
});
