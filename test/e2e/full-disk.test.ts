// A disk that is full: nothing is acknowledged that is not kept, readiness turns, and room makes all well again.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { countRows, openDatabase } from "../../src/storage/index.ts";
import { eatsToken, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

const SIZE = "12m";

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

describe.skipIf(disk === undefined)("a full disk (needs the right to mount)", () => {
  let server: ServerProcess | undefined;
  afterAll(async () => {
    await server?.kill();
    execFileSync("umount", [disk as string]);
    rmdirSync(disk as string);
  });

  test("is answered 503, seen in readiness, and over as soon as there is room", async () => {
    const folder = disk as string;
    const ballast = join(folder, "ballast");
    writeFileSync(ballast, Buffer.alloc(4 * 1024 ** 2));
    const place = await serverPlace("sqlite", {
      PRILAVOK_DATA_DIR: folder,
      PRILAVOK_DATABASE_URL: `sqlite:${join(folder, "prilavok.db")}`,
      PRILAVOK_LIMITS_FEEDBACK_RATE: "100000",
    });
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

    rmSync(ballast);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await deliver(url, token, acknowledged)).toBe(200);
    await server.stop();
    const database = await openDatabase({ url: place.environment["PRILAVOK_DATABASE_URL"] ?? "" });
    const counts = await database.read(countRows);
    await database.close();
    // What was refused was never acknowledged, and is not there either: a full disk leaves no doubt.
    expect(counts["feedback_item"]).toBe(acknowledged + 1);
    server = await startServer(place);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await place.remove();
  });
});
