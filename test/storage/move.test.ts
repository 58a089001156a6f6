// Everything of an SQLite file arrives on PostgreSQL, also in several attempts; and what does not arrive is noticed.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MovePlan, moveDatabase } from "../../src/flows/index.ts";
import {
  migrate,
  type OpenedDatabase,
  openDatabase,
  type Tx,
  ValueUnmovable,
  writePage,
} from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";

const BIG = 2 ** 53 - 1;
const TEXT = 'Пришёл 😡 не "тот" \\ \t\n\u2028👩‍👩‍👧 é \\x41 {1,2} NULL';

/** Rows with every kind of value: texts of all sorts, nothing, big numbers, bytes, references, numbers that count by themselves. */
async function fill(tx: Tx, count = 300): Promise<void> {
  const values = ["", " ", "null", TEXT, "0", "-1", "true", "\u0001", "x".repeat(100_000)];
  for (const [index, value] of values.entries())
    await tx.run("insert into setting (name, value) values (?, ?)", [`odd ${index}`, value]);
  for (let index = 0; index < count; index += 1) {
    const body = Buffer.from(Array.from({ length: index % 300 }, (_, at) => (at * 7 + index) % 256));
    await tx.run(
      `insert into delivery (id, channel, route, client_id, received_at, request_id, content_type, body, status, effect, reason,
        warnings, item_id) values (?, 'yandex-eats', '/', 'c', ?, 'r', ?, ?, 200, 'kept', null, '[]', ?)`,
      [
        `d${index}`,
        index === 0 ? BIG : -index,
        index % 2 === 0 ? null : TEXT,
        body,
        index % 3 === 0 ? null : "i",
      ],
    );
    await tx.run(
      "insert into customer (id, segments, tier, birthday, order_count, updated_at) values (?, '[]', null, null, ?, 0)",
      [`c${index}`, index % 5 === 0 ? null : index],
    );
    await tx.run(
      "insert into customer_identity (kind, hash, customer_id, external_id) values ('phone', ?, ?, null)",
      [`h${index}`, `c${(index * 7) % (index + 1)}`],
    );
  }
}

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("a move from SQLite to PostgreSQL", () => {
  let places: Awaited<ReturnType<typeof freshPlace>>[] = [];
  let source: OpenedDatabase;
  let target: OpenedDatabase;

  beforeEach(async () => {
    places = [await freshPlace("sqlite"), await freshPlace("postgres")];
    [source, target] = (await Promise.all(places.map(({ url }) => openDatabase({ url })))) as [
      OpenedDatabase,
      OpenedDatabase,
    ];
    await migrate(source, 0);
  });
  afterEach(async () => {
    await source.close();
    await target.close();
    for (const place of places) await place.remove();
  });

  const plan = (more: Partial<MovePlan> = {}): MovePlan => ({
    source,
    target,
    mark: "one",
    now: 1,
    isDryRun: false,
    isAnew: false,
    ...more,
  });
  const all = (database: OpenedDatabase, table: string, columns: string): Promise<unknown[]> =>
    database.read((tx) => tx.rows(`select ${columns} from ${table} order by 1`));

  /** A move that dies at the n-th page, between the pages or in the middle of one. */
  const dyingAt = (page: number, isInside: boolean): MovePlan => {
    let pages = 0;
    return plan({
      pageRows: 40,
      writePage: async (tx, shape, rows) => {
        pages += 1;
        if (pages === page && !isInside) throw new Error("killed");
        const written = await writePage(tx, shape, rows);
        if (pages === page) throw new Error("killed");
        return written;
      },
    });
  };

  test("brings every row as it was, and nothing of its own", async () => {
    await source.transaction((tx) => fill(tx));
    const outcome = await moveDatabase(plan());
    if (outcome.kind !== "moved") throw new Error(outcome.kind);
    expect(outcome.isResumed).toBe(false);
    expect(outcome.tables.find(({ name }) => name === "delivery")?.rows).toBe(300);
    for (const [table, columns] of [
      ["setting", "name, value"],
      ["delivery", "id, received_at, content_type, body, item_id"],
      ["customer", "id, order_count, tier"],
      ["customer_identity", "hash, customer_id"],
      ["catalogue", "id, version, stock_version"],
    ] as const)
      expect(await all(target, table, columns)).toEqual(await all(source, table, columns));
    // It is a database like any other now.
    expect((await migrate(target, 2)).applied).toEqual([]);
    await expect(
      target.transaction((tx) =>
        tx.run("insert into customer_identity (kind, hash, customer_id) values ('card', 'x', 'nobody')"),
      ),
    ).rejects.toMatchObject({ code: "23503" });
  });

  test("says what it would do, and leaves the target empty", async () => {
    await source.transaction((tx) => fill(tx, 5));
    const outcome = await moveDatabase(plan({ isDryRun: true }));
    expect(outcome).toMatchObject({ kind: "planned", isResumed: false });
    expect(await target.read((tx) => tx.rows("select 1 from pg_tables where schemaname = 'public'"))).toEqual(
      [],
    );
  });

  test.each([
    [1, true],
    [7, false],
    [14, true],
  ])("that died at page %i (inside it: %s) goes on and brings every row once", async (page, isInside) => {
    await source.transaction((tx) => fill(tx, 200));
    await expect(moveDatabase(dyingAt(page, isInside))).rejects.toThrow("killed");
    // Nobody serves from half of the data meanwhile.
    await expect(migrate(target, 1)).rejects.toThrow("a move that is not finished");
    expect(await moveDatabase(plan({ pageRows: 40 }))).toMatchObject({ kind: "moved", isResumed: true });
    expect(await all(target, "delivery", "id, body")).toEqual(await all(source, "delivery", "id, body"));
  });

  test("of a source that has changed since begins again by itself", async () => {
    await source.transaction((tx) => fill(tx, 50));
    await expect(moveDatabase(dyingAt(3, true))).rejects.toThrow("killed");
    await source.transaction((tx) => tx.run("delete from delivery where id = 'd7'"));
    expect(await moveDatabase(plan({ mark: "two" }))).toMatchObject({ kind: "moved", isResumed: false });
    expect(await all(target, "delivery", "id")).toEqual(await all(source, "delivery", "id"));
  });

  test("into a database that holds anything is refused", async () => {
    await migrate(target, 0);
    expect(await moveDatabase(plan())).toEqual({ kind: "refused", reason: "target_not_empty" });
  });

  test("goes on counting where the source has stopped", async () => {
    const insert = (database: OpenedDatabase, key: string) =>
      database.transaction((tx) =>
        tx.rows<{ number: number }>(
          "insert into order_key (uuid, fingerprint, placed_at) values (?, '', 0) returning number",
          [key],
        ),
      );
    await insert(source, "a");
    await insert(source, "b");
    const [last] = await insert(source, "c");
    await source.transaction((tx) => tx.run("delete from order_key where uuid = 'c'"));
    expect(await moveDatabase(plan())).toMatchObject({ kind: "moved" });
    const [next] = await insert(target, "d");
    expect(next?.number).toBe((last?.number ?? 0) + 1);
  });

  test("of a value that PostgreSQL cannot hold is refused before anything is copied", async () => {
    await source.transaction((tx) =>
      tx.run("insert into setting (name, value) values ('zero', char(65, 0, 66))"),
    );
    await expect(moveDatabase(plan({ isDryRun: true }))).rejects.toBeInstanceOf(ValueUnmovable);
    await source.transaction(async (tx) => {
      await tx.run("delete from setting where name = 'zero'");
      await tx.run("insert into customer (id, segments, updated_at) values ('c', '[]', 'noon')");
    });
    await expect(moveDatabase(plan())).rejects.toThrow(
      "customer.updated_at holds a value that is not a whole number",
    );
  });

  test.each<[string, NonNullable<MovePlan["writePage"]>, string]>([
    ["skips a row", (tx, shape, rows) => writePage(tx, shape, rows.slice(1)), "customer"],
    [
      "brings rows of a table without a key twice",
      async (tx, shape, rows) => {
        if (shape.name === "stock_outlet")
          await tx.run("alter table stock_outlet drop constraint stock_outlet_pkey");
        await writePage(tx, shape, rows);
        return shape.name === "stock_outlet" ? writePage(tx, shape, rows) : 0;
      },
      "stock_outlet",
    ],
    [
      "changes one value",
      (tx, shape, rows) =>
        writePage(
          tx,
          shape,
          rows.map((row, index) =>
            index === 0 && shape.name === "setting" ? row.map((each) => `${each} `) : row,
          ),
        ),
      "setting",
    ],
    [
      "makes nothing of an empty text",
      (tx, shape, rows) =>
        writePage(
          tx,
          shape,
          rows.map((row) =>
            shape.name === "delivery" ? row.map((each) => (each === null ? "" : each)) : row,
          ),
        ),
      "delivery",
    ],
  ])("that %s is caught, and no database comes of it", async (_title, broken, table) => {
    await source.transaction(async (tx) => {
      await fill(tx, 20);
      await tx.run("delete from customer_identity");
      await tx.run("insert into stock_outlet (id, seen) values ('o', 1)");
    });
    const outcome = await moveDatabase(plan({ writePage: broken }));
    if (outcome.kind !== "differs") throw new Error(outcome.kind);
    expect(outcome.tables.map(({ name }) => name)).toContain(table);
    await expect(migrate(target, 1)).rejects.toThrow("a move that is not finished");
    if (table !== "setting") return;
    expect(await moveDatabase(plan({ isAnew: true }))).toMatchObject({ kind: "moved", isResumed: false });
  });

  test("that would bring a page again after a crash is stopped by the keys of the rows", async () => {
    await source.transaction((tx) => fill(tx, 50));
    const forgetful = plan({
      writePage: async (tx, shape, rows) => {
        // A copy that is committed without the note of its end.
        await target.transaction((other) => writePage(other, shape, rows));
        return writePage(tx, shape, rows);
      },
    });
    await expect(moveDatabase(forgetful)).rejects.toMatchObject({ code: "23505" });
  });
});
