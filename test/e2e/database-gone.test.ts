// A database that goes away: PostgreSQL stopped under load and back, a disk whose fsync fails, a second process on one file.
import { spawn, spawnSync } from "node:child_process";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/index.ts";
import { auditOrders, fillShop, isPlaced, sendOrder, UNHURRIED } from "../support/orders.ts";
import { serverPrograms, startPostgres } from "../support/postgres.ts";
import { type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

const CALLERS = 8;

/** Callers who place orders until told to end; what they saw. */
class Callers {
  readonly placed = new Map<string, string>();
  readonly tried = new Set<string>();
  readonly statuses = new Map<number, number>();
  #isOver = false;
  readonly #ended: Promise<unknown>;

  constructor(url: string, name: string) {
    this.#ended = Promise.all(Array.from({ length: CALLERS }, (_, number) => this.#call(url, name, number)));
  }

  async #call(url: string, name: string, number: number): Promise<void> {
    for (let count = 0; !this.#isOver; count += 1) {
      const uuid = `${name}w${number}n${count}`;
      this.tried.add(uuid);
      const answer = await sendOrder(url, uuid, number);
      this.statuses.set(answer.status, this.seen(answer.status) + 1);
      if (isPlaced(answer)) this.placed.set(uuid, answer.text);
      if (answer.status !== 200) await new Promise((next) => setTimeout(next, 20));
    }
  }

  seen(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }
}

/** Resolves when it is so; rejects after a minute and a half. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < 90_000) {
    if (await isSo()) return performance.now() - started;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error("it never came");
}

/** Everything that was answered is there once and whole. */
async function expectSound(place: ServerPlace, callers: Callers): Promise<void> {
  const database = await openDatabase({ url: place.databaseUrl });
  const { keys, faults } = await database.read(auditOrders);
  await database.close();
  expect(faults).toEqual([]);
  expect([...callers.placed.keys()].filter((uuid) => keys.get(uuid) !== 1)).toEqual([]);
  expect([...keys.keys()].filter((uuid) => !callers.tried.has(uuid))).toEqual([]);
}

let server: ServerProcess | undefined;
let place: ServerPlace | undefined;
afterEach(async () => {
  await server?.kill();
  await place?.remove();
  server = undefined;
  place = undefined;
});

describe.skipIf(serverPrograms() === undefined)("PostgreSQL that goes and comes back under load", () => {
  test("is answered 503 with Retry-After, ends no process, and is used again as soon as it is back", {
    timeout: 400_000,
  }, async () => {
    const cluster = await startPostgres();
    if (cluster === undefined) throw new Error("PostgreSQL did not start");
    const databaseUrl = new URL(cluster.url);
    try {
      const local = await serverPlace("sqlite", { ...UNHURRIED, PRILAVOK_DATABASE_URL: databaseUrl.href });
      place = { ...local, databaseUrl: databaseUrl.href };
      await fillShop(place);
      server = await startServer(place);
      const { url } = server;
      const callers = new Callers(url, "g");
      await until(() => callers.placed.size >= 20);
      cluster.down();
      await until(() => callers.seen(503) >= 20);
      const refused = await fetch(`${url}/api/v1/promotions`, {
        headers: { authorization: "Bearer test-api-token-0001" },
      });
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
      expect((await fetch(`${url}/health/ready`)).status).toBe(503);
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      const before = callers.placed.size;
      cluster.up();
      const backMs = await until(() => callers.placed.size > before);
      process.stdout.write(`PostgreSQL is back: the next order was placed ${Math.round(backMs)} ms later\n`);
      await until(() => callers.placed.size >= before + 20);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      await callers.end();
      // Never an error of ours, never a cut connection.
      expect([...callers.statuses.keys()].sort()).toEqual([200, 503]);
      for (const [uuid, text] of [...callers.placed].slice(0, 50)) {
        const number = Number(/w(\d+)n/.exec(uuid)?.[1]);
        expect((await sendOrder(url, uuid, number)).text).toBe(text);
      }
      expect(await server.stop()).toBe(0);
      await expectSound(place, callers);
    } finally {
      cluster.stop();
    }
  });
});

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

describe.skipIf(!hasStrace)("a disk whose fsync fails (needs strace)", () => {
  test("ends the process with 1, and nothing acknowledged is lost, doubled or halved", {
    timeout: 400_000,
  }, async () => {
    place = await serverPlace("sqlite", UNHURRIED);
    await fillShop(place);
    server = await startServer(place);
    const { url, pid, exited } = server;
    const callers = new Callers(url, "f");
    await until(() => callers.placed.size >= 20);
    const fault = spawn("strace", [
      ...["-f", "-qq", "-o", "/dev/null", "-p", String(pid)],
      ...["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"],
    ]);
    expect(await exited).toBe(1);
    await callers.end();
    fault.kill();
    expect([...callers.statuses.keys()].filter((status) => status !== 0).sort()).toEqual([200, 503]);
    await expectSound(place, callers);
    server = await startServer(place);
    // Also what was in doubt is one order when it is repeated.
    for (const uuid of callers.tried) {
      const number = Number(/w(\d+)n/.exec(uuid)?.[1]);
      const answer = await sendOrder(server.url, uuid, number);
      expect(isPlaced(answer)).toBe(true);
      expect(answer.text).toBe(callers.placed.get(uuid) ?? answer.text);
    }
    await server.stop();
    await expectSound(place, callers);
  });
});

test("a second server on one SQLite file is refused with a sentence, and the first goes on", {
  timeout: 200_000,
}, async () => {
  place = await serverPlace("sqlite", UNHURRIED);
  server = await startServer(place);
  await expect(startServer(place)).rejects.toThrow(
    /ended with 78:\n.*already open in process \d+; stop it first, or use PostgreSQL/s,
  );
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});
