// A database that goes away: PostgreSQL stopped under load and back, a disk whose fsync fails or that was turned read-only, a second process on one file.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Callers, SOUND, until, wrongWith } from "../support/order-callers.ts";
import { fillShop, UNHURRIED } from "../support/orders.ts";
import { type Cluster, serverPrograms, startPostgres } from "../support/postgres.ts";
import { ROOT, type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

const PATIENCE = { timeout: 400_000 };
const mutant = (name: string): string => join(ROOT, "test", "e2e", "mutants", `${name}.ts`);

let server: ServerProcess | undefined;
let place: ServerPlace | undefined;
let cluster: Cluster | undefined;
afterEach(async () => {
  await server?.kill();
  await place?.remove();
  cluster?.stop();
  server = undefined;
  place = undefined;
  cluster = undefined;
});

/** A server on a PostgreSQL of its own, with callers who place orders. */
async function onPostgres(entry?: string) {
  cluster = await startPostgres();
  if (cluster === undefined) throw new Error("PostgreSQL did not start");
  const local = await serverPlace("sqlite", { ...UNHURRIED, PRILAVOK_DATABASE_URL: cluster.url });
  place = { ...local, databaseUrl: cluster.url };
  await fillShop(place);
  server = await startServer(place, entry);
  const callers = new Callers(server.url, "g");
  await until(() => callers.placed.size >= 20);
  return { place, cluster, server, callers };
}

describe.skipIf(serverPrograms() === undefined)("PostgreSQL that goes and comes back under load", () => {
  test("is answered 503 with Retry-After, ends no process, and is used again as soon as it is back", {
    ...PATIENCE,
  }, async () => {
    const { place, cluster, server, callers } = await onPostgres();
    const { url } = server;
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
    expect(await callers.repeat(url, [...callers.placed.keys()].slice(0, 50))).toEqual([]);
    expect(await server.stop()).toBe(0);
    expect(await wrongWith(place, callers)).toEqual(SOUND);
  });

  test("mutant: a server that does not hear of lost connections ends with them", PATIENCE, async () => {
    const { cluster, server, callers } = await onPostgres(mutant("deaf-pool"));
    cluster.down();
    expect(await server.exited).not.toBe(0);
    await callers.end();
  });

  test("mutant: a server that acknowledges before its commit loses orders", PATIENCE, async () => {
    const { place, cluster, server, callers } = await onPostgres(mutant("late-commit"));
    cluster.down();
    await until(() => callers.seen(503) >= 1);
    await callers.end();
    await server.kill();
    cluster.up();
    expect((await wrongWith(place, callers)).lost).not.toEqual([]);
  });
});

/** What a disk that forces nothing out answers, and one that was turned read-only under a running server. */
const UNFORCED = ["trace=fsync,fdatasync", "inject=fsync,fdatasync:error=EIO"] as const;
const READ_ONLY = [
  "trace=pwrite64,pwritev,ftruncate,fallocate,fsync,fdatasync",
  "inject=pwrite64,pwritev,ftruncate,fallocate,fsync,fdatasync:error=EROFS",
] as const;

/** A server on SQLite with callers who place orders; from then on its disk answers so. */
async function onFailingDisk(entry?: string, [trace, inject] = UNFORCED as readonly [string, string]) {
  place = await serverPlace("sqlite", UNHURRIED);
  await fillShop(place);
  server = await startServer(place, entry);
  const callers = new Callers(server.url, "f");
  await until(() => callers.placed.size >= 20);
  const fault: ChildProcess = spawn("strace", [
    ...["-f", "-qq", "-o", "/dev/null", "-p", String(server.pid)],
    ...["-e", trace, "-e", inject],
  ]);
  return { place, server, callers, fault };
}

/** Some machines lack strace or forbid to trace; there such a disk cannot be had. */
const canFail = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status === 0;
const onSuchDisk = canFail ? describe : () => undefined;

onSuchDisk("a disk that fails", () => {
  test(
    "as it forces nothing out: the process ends with 1, nothing acknowledged is lost, doubled or halved",
    PATIENCE,
    async () => {
      const { place, callers, fault, ...failing } = await onFailingDisk();
      expect(await failing.server.exited).toBe(1);
      await callers.end();
      fault.kill();
      expect([...callers.statuses.keys()].filter((status) => status !== 0).sort()).toEqual([200, 503]);
      await soundAndRepeated(place, callers);
    },
  );

  test(
    "as it was turned read-only: the process ends with 1 or refuses everything, and nothing acknowledged is lost",
    PATIENCE,
    async () => {
      const { place, callers, fault, ...failing } = await onFailingDisk(undefined, READ_ONLY);
      // A commit of which nobody knows ends it; a write that was surely not begun is refused as long as there are such.
      let code: number | null | undefined;
      void failing.server.exited.then((ended) => {
        code = ended;
      });
      await until(() => code !== undefined || callers.seen(503) >= 200);
      const ready = await fetch(`${failing.server.url}/health/ready`).catch(() => null);
      if (code === undefined && ready !== null) expect(ready.status).toBe(503);
      else expect(await failing.server.exited).toBe(1);
      await callers.end();
      fault.kill();
      await failing.server.kill();
      expect([...callers.statuses.keys()].filter((status) => status !== 0).sort()).toEqual([200, 503]);
      await soundAndRepeated(place, callers);
    },
  );

  /** What was acknowledged is there once; what was in doubt is one order when it is repeated. */
  async function soundAndRepeated(place: ServerPlace, callers: Callers): Promise<void> {
    expect(await wrongWith(place, callers)).toEqual(SOUND);
    server = await startServer(place);
    expect(await callers.repeat(server.url)).toEqual([]);
    await server.stop();
    expect(await wrongWith(place, callers)).toEqual(SOUND);
  }

  test("mutant: a server that shrugs at a failed commit goes on, and loses orders", PATIENCE, async () => {
    const { place, server, callers, fault } = await onFailingDisk(mutant("shrug"));
    await until(() => server.printed().includes("shrugged"));
    const before = callers.placed.size;
    await until(() => callers.placed.size >= before + 100);
    await callers.end();
    fault.kill();
    await server.kill();
    expect((await wrongWith(place, callers)).lost).not.toEqual([]);
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
  // Mutant: where the lock is believed to be nobody's, there are two.
  const second = await startServer(place, mutant("no-lock"));
  expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
  await second.kill();
});
