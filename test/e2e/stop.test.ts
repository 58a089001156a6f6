// A stop under load: every call that was begun is answered, readiness turns at once, the database is closed tidily.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { canariesIn } from "../support/canary.ts";
import {
  CREDENTIALS,
  ROOT,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const ROUNDS = Number(process.env["PRILAVOK_STOP_ROUNDS"] ?? 5);
const CALLERS = 16;

/** What callers saw: calls answered, and calls begun on a connection and never answered. */
/** Signals that the broken server is given until one of them cuts a call. */
const MUTANT_ROUNDS = 12;

interface Seen {
  answered: number;
  failed: string[];
}

/** Calls until the server can no longer be connected to. */
async function callUntilGone(pool: Pool, seen: Seen, caller: number): Promise<void> {
  for (let index = 0; ; index += 1) {
    try {
      const answer = await pool.request({
        path: "/irp/rating",
        method: "POST",
        headers: { "content-type": "application/json", key: CREDENTIALS.irpKey },
        body: JSON.stringify({ id: `stop-${caller}-${index}`, rating: 5 }),
      });
      await answer.body.arrayBuffer();
      seen.answered += 1;
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      // Not connected any more is how a stopped server should look; cut in the middle is not.
      if (code !== "ECONNREFUSED") seen.failed.push(code);
      return;
    }
  }
}

/** One round: load, the signal in its middle, the end. */
async function round(server: ServerProcess): Promise<Seen & { code: number | null }> {
  const seen: Seen = { answered: 0, failed: [] };
  const pool = new Pool(server.url, { connections: CALLERS, pipelining: 1 });
  const callers = Array.from({ length: CALLERS }, (_, caller) => callUntilGone(pool, seen, caller));
  while (seen.answered < CALLERS * 5) await new Promise((next) => setImmediate(next));
  const code = await server.stop();
  await Promise.all(callers);
  await pool.destroy();
  return { ...seen, code };
}

describe("a stop under load", () => {
  let place: ServerPlace;
  afterEach(() => place.remove());

  test(`fails no call in ${ROUNDS} rounds and ends with 0`, async () => {
    place = await serverPlace("sqlite");
    for (let index = 0; index < ROUNDS; index += 1) {
      const { answered, failed, code } = await round(await startServer(place));
      expect({ failed, code }).toEqual({ failed: [], code: 0 });
      expect(answered).toBeGreaterThan(CALLERS);
    }
    const path = place.databaseUrl.slice("sqlite:".length);
    expect([existsSync(`${path}-wal`), existsSync(`${path}.lock`)]).toEqual([false, false]);
  });

  test("a server that drops its connections is caught by the same check", async () => {
    place = await serverPlace("sqlite");
    const mutant = join(ROOT, "test", "e2e", "mutants", "hasty-stop.ts");
    // A signal may find nothing under way, and then nothing is cut: a few signals do not all.
    let cut = 0;
    for (let index = 0; index < MUTANT_ROUNDS && cut === 0; index += 1) {
      cut += (await round(await startServer(place, mutant))).failed.length;
    }
    expect(cut).toBeGreaterThan(0);
  });
});

describe("a stop with a notice", () => {
  let place: ServerPlace;
  let server: ServerProcess;
  afterEach(async () => {
    await server.kill();
    await place.remove();
  });

  test("is unready at once, serves on, and a second signal ends it at once", async () => {
    place = await serverPlace("sqlite", { PRILAVOK_STOP_NOTICE: "60s" });
    server = await startServer(place);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    const ended = server.stop();
    let ready = 200;
    while (ready === 200) ready = (await fetch(`${server.url}/health/ready`)).status;
    expect(ready).toBe(503);
    const live = await fetch(`${server.url}/health/live`);
    expect([live.status, live.headers.get("connection")]).toEqual([200, "close"]);
    process.kill(server.pid, "SIGTERM");
    expect(await ended).toBe(1);
  });
});

describe("a fault that nobody caught", () => {
  test("is logged without what it quotes, and ends the process with 1", async () => {
    const place = await serverPlace("sqlite");
    const server = await startServer(place, join(ROOT, "test", "e2e", "mutants", "loose-rejection.ts"));
    process.kill(server.pid, "SIGUSR2");
    expect(await server.exited).toBe(1);
    expect(server.printed()).toMatch(/"type":"TypeError".*"msg":"a fault nobody caught: the process ends"/);
    expect(canariesIn(server.printed(), "log")).toEqual([]);
    await place.remove();
  });
});
