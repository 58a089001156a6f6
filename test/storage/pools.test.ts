// Readers and writers of PostgreSQL: each have connections of their own, are served in turn, and wait only so long.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  DatabaseUnavailable,
  migrate,
  type OpenedDatabase,
  openDatabase,
  type Tx,
} from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";

const one = async (tx: Tx): Promise<number> => (await tx.rows<{ n: number }>("select 1 as n"))[0]?.n ?? 0;

describe.skipIf(!engines().includes("postgres"))("connections to PostgreSQL", () => {
  let place: Awaited<ReturnType<typeof freshPlace>>;
  let database: OpenedDatabase;
  beforeAll(async () => {
    place = await freshPlace("postgres");
  });
  afterEach(() => database.close());
  afterAll(() => place.remove());

  const open = async (connections: number, mostWaitMs: number): Promise<void> => {
    database = await openDatabase({ url: place.url, connections, mostWaitMs });
    await migrate(database, 0);
  };

  /** Takes `count` connections by reads or transactions, until the function is called that it gives. */
  const occupy = async (kind: "read" | "transaction", count: number): Promise<() => Promise<unknown>> => {
    let leave = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      leave = resolve;
    });
    let ended: Promise<unknown> = Promise.resolve();
    await new Promise<void>((ready) => {
      let inside = 0;
      const stay = async (tx: Tx): Promise<void> => {
        await one(tx);
        inside += 1;
        if (inside === count) ready();
        await gate;
      };
      ended = Promise.all(Array.from({ length: count }, () => database[kind](stay)));
    });
    return () => {
      leave();
      return ended;
    };
  };

  test("reads are served while every writing connection is taken, and writes while every reading one is", async () => {
    await open(4, 200);
    for (const [taken, other] of [
      ["transaction", "read"],
      ["read", "transaction"],
    ] as const) {
      const leave = await occupy(taken, 2);
      try {
        for (let each = 0; each < 20; each += 1) expect(await database[other](one)).toBe(1);
        // The same work in the other line is refused, so the check can fail.
        await expect(database[taken](one)).rejects.toThrow(DatabaseUnavailable);
      } finally {
        await leave();
      }
    }
  });

  test("whoever waits too long is refused, has not happened, and holds up nobody after", async () => {
    await open(2, 200);
    const leave = await occupy("transaction", 1);
    let runs = 0;
    const refused = database.transaction(async (tx) => {
      runs += 1;
      return one(tx);
    });
    expect(database.writersWaiting()).toBe(1);
    await expect(refused).rejects.toThrow("the database is too busy: no connection was free for 200 ms");
    expect([runs, database.writersWaiting()]).toEqual([0, 0]);
    await leave();
    expect(await database.transaction(one)).toBe(1);
  });

  test("transactions are served in the order of asking, also on connections that are new or were lost", async () => {
    await open(2, 20_000);
    const served: number[] = [];
    const all = Array.from({ length: 50 }, (_, index) =>
      database
        .transaction(async (tx) => {
          served.push(index);
          if (index === 10) await tx.rows("select pg_terminate_backend(pg_backend_pid())");
          return one(tx);
        })
        .catch((error: unknown) => expect([index, error]).toEqual([10, expect.any(DatabaseUnavailable)])),
    );
    await Promise.all(all);
    expect(served).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  test("there are never more connections than were set", async () => {
    await open(5, 20_000);
    const seen = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        database[index % 2 === 0 ? "read" : "transaction"](async (tx) => {
          const rows = await tx.rows<{ n: number }>(
            "select count(*) as n from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
          );
          return rows[0]?.n ?? 0;
        }),
      ),
    );
    expect(Math.max(...seen)).toBe(5);
  });
});
