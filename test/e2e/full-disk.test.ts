// A disk that is full: nothing is acknowledged that is not kept, readiness turns, and room makes all well again.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { countRows, openDatabase } from "../../src/storage/index.ts";
import { Callers, SOUND, until, wrongWith } from "../support/order-callers.ts";
import { fillShop, UNHURRIED } from "../support/orders.ts";
import {
  eatsToken,
  ROOT,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../support/server.ts";

const SIZE = "20m";
/** Pieces of ballast: what is thrown off one by one makes the disk full as often. */
const PIECES = 16;
const PIECE_BYTES = 384 * 1024;
const PATIENCE = { timeout: 300_000 };

/** A small file system of its own; undefined where this user may not mount. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-small-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder]);
  if (status === 0) return folder;
  rmdirSync(folder);
  return undefined;
}

const disk = smallDisk();

/** One delivery of feedback with a long text; gives the status. */
async function deliver(url: string, token: string, id: number): Promise<number> {
  const answer = await fetch(`${url}/yandex-eats/v1/feedback`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      feedback: {
        id: `full-${id}`,
        createdAt: "2026-11-04T21:17:45.318204+03:00",
        eatsId: `261104-${String(id).padStart(8, "0")}`,
        orderId: `POS-${id}`,
        restaurantId: "lesnaya-12",
        rating: 5,
        comment: "долго ".repeat(3000),
        deliveredAt: "2026-11-04T20:58:40+03:00",
      },
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

function ballast(folder: string, piece: number): string {
  return join(folder, `ballast-${piece}`);
}

/** Throws off what is left from `piece` on. */
function lighten(folder: string, piece = 0): void {
  for (let each = piece; each < PIECES; each += 1) rmSync(ballast(folder, each), { force: true });
}

/** A server on the small disk, with ballast that can be thrown off. */
async function placeOn(folder: string, more: Record<string, string>): Promise<ServerPlace> {
  for (const left of readdirSync(folder)) rmSync(join(folder, left), { recursive: true });
  for (let piece = 0; piece < PIECES; piece += 1)
    writeFileSync(ballast(folder, piece), Buffer.alloc(PIECE_BYTES));
  const databaseUrl = `sqlite:${join(folder, "prilavok.db")}`;
  const environment = { ...more, PRILAVOK_DATA_DIR: folder, PRILAVOK_DATABASE_URL: databaseUrl };
  return { ...(await serverPlace("sqlite", environment)), databaseUrl };
}

describe.skipIf(disk === undefined)("a full disk (needs the right to mount)", () => {
  const folder = disk as string;
  let server: ServerProcess | undefined;
  let place: ServerPlace | undefined;
  afterEach(async () => {
    await server?.kill();
    await place?.remove();
  });
  afterAll(() => {
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  });

  test("is answered 503, seen in readiness, and over as soon as there is room", PATIENCE, async () => {
    place = await placeOn(folder, { PRILAVOK_LIMITS_FEEDBACK_RATE: "100000" });
    server = await startServer(place);
    const { url } = server;
    const token = await eatsToken(url);
    const statuses: number[] = [];
    // The log of the database is used again from its start now and then, so that one refusal is not yet the end.
    while (statuses.length < 2000 && statuses.slice(-5).filter((status) => status === 503).length < 5) {
      statuses.push(await deliver(url, token, statuses.length));
    }
    const acknowledged = statuses.filter((status) => status === 200).length;
    expect([...new Set(statuses)]).toEqual([200, 503]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'prilavok_alarms_total{kind="storage_fault"} 1',
    );

    lighten(folder);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await deliver(url, token, acknowledged)).toBe(200);
    await server.stop();
    const database = await openDatabase({ url: place.databaseUrl });
    const counts = await database.read(countRows);
    await database.close();
    // What was refused was never acknowledged, and is not there either: a full disk leaves no doubt.
    expect(counts["feedback_item"]).toBe(acknowledged + 1);
    server = await startServer(place);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });

  /**
   * Orders until the disk takes no more, with a little room now and then that is used up at once: an order that meets the
   * end of it half way is what the test is about, and one time alone may miss it.
   */
  const fill = async (entry?: string) => {
    place = await placeOn(folder, UNHURRIED);
    await fillShop(place);
    server = await startServer(place, entry);
    const callers = new Callers(server.url, "d");
    await until(() => callers.placed.size >= 20);
    await until(() => callers.seen(503) >= 200);
    for (let piece = 0; piece < PIECES / 2; piece += 1) {
      rmSync(ballast(folder, piece));
      const refused = callers.seen(503);
      await until(() => callers.seen(503) >= refused + 40);
    }
    await callers.end();
    lighten(folder, PIECES / 2);
    return { callers, place, server };
  };

  test(
    "leaves no half order: lines, units, limits, points and events are all there or none",
    PATIENCE,
    async () => {
      const { callers, place, server } = await fill();
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      expect([...callers.statuses.keys()].sort()).toEqual([200, 503]);
      // Also those that were refused, once there is room.
      expect(await callers.repeat(server.url, [...callers.tried].slice(-200))).toEqual([]);
      expect(await server.stop()).toBe(0);
      expect(await wrongWith(place, callers)).toEqual(SOUND);
      process.stdout.write(`${callers.placed.size} orders fitted, ${callers.seen(503)} were refused\n`);
    },
  );

  test("mutant: a server without transactions leaves half orders there", PATIENCE, async () => {
    const { callers, place, server } = await fill(join(ROOT, "test", "e2e", "mutants", "half-orders.ts"));
    await server.kill();
    expect((await wrongWith(place, callers)).faults).not.toEqual([]);
  });
});
