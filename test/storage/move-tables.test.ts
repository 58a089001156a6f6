// Tables that refuse changes, refer to each other in a circle or count by themselves let a move copy them as they are.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  beginMove,
  closeTables,
  type OpenedDatabase,
  openDatabase,
  openTables,
  readPage,
  rowKey,
  tableShapes,
  walkRows,
  writePage,
} from "../../src/storage/index.ts";
import { engines, freshPlace } from "../support/engines.ts";

const declare = engines().includes("postgres") ? describe : describe.skip;

declare("a move of tables with a life of their own", () => {
  let places: Awaited<ReturnType<typeof freshPlace>>[] = [];
  let source: OpenedDatabase;
  let target: OpenedDatabase;

  beforeEach(async () => {
    places = [await freshPlace("sqlite"), await freshPlace("postgres")];
    [source, target] = (await Promise.all(places.map(({ url }) => openDatabase({ url })))) as [
      OpenedDatabase,
      OpenedDatabase,
    ];
  });
  afterEach(async () => {
    await source.close();
    await target.close();
    for (const place of places) await place.remove();
  });

  test("is stopped by nothing that the tables do of themselves, and leaves it working afterwards", async () => {
    const tables = (isSqlite: boolean) => [
      `create table flagged (id integer primary key, flag ${isSqlite ? "integer" : "boolean"} not null, share ${isSqlite ? "real" : "double precision"})`,
      "create table left_hand (id text primary key, other text references right_hand (id) deferrable initially deferred)",
      "create table right_hand (id text primary key, other text references left_hand (id))",
    ];
    await source.transaction(async (tx) => {
      for (const sql of tables(true)) await tx.run(sql);
      for (const [id, flag, share] of [
        [1, 1, 0.1],
        [2, 0, 1e-7],
        [3, 1, 1e21],
        [4, 0, null],
      ] as const)
        await tx.run("insert into flagged (id, flag, share) values (?, ?, ?)", [id, flag, share]);
      await tx.run("insert into left_hand (id, other) values ('l', 'r')");
      await tx.run("insert into right_hand (id, other) values ('r', 'l')");
    });
    await target.transaction(async (tx) => {
      const [flagged, left, right] = tables(false) as [string, string, string];
      await tx.run(flagged);
      await tx.run(right.replace("references left_hand (id)", ""));
      await tx.run(left);
      await tx.run(
        "alter table right_hand add constraint back foreign key (other) references left_hand (id)",
      );
      await tx.run(
        "create function never() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$",
      );
      for (const table of ["flagged", "left_hand", "right_hand"])
        await tx.run(
          `create trigger never before insert or update or delete on ${table} for each row execute function never()`,
        );
      await beginMove(tx, "one");
    });
    const shapes = await target.read(tableShapes);
    await target.transaction((tx) => openTables(tx, shapes));
    for (const shape of shapes) {
      const key = await source.read((tx) => rowKey(tx, shape.name));
      const page = await source.read((tx) => readPage(tx, shape, key, null, 10));
      await target.transaction((tx) => writePage(tx, shape, page.rows));
      const back: unknown[] = [];
      await target.transaction((tx) => walkRows(tx, shape, 2, (rows) => void back.push(...rows)));
      expect(back.sort()).toEqual([...page.rows].sort());
    }
    await target.transaction((tx) => closeTables(tx, shapes, new Map()));
    await expect(target.transaction((tx) => tx.run("delete from flagged"))).rejects.toThrow("append only");
    await target.transaction((tx) => tx.run("alter table right_hand disable trigger user"));
    await expect(
      target.transaction((tx) => tx.run("insert into right_hand (id, other) values ('x', 'nobody')")),
    ).rejects.toMatchObject({ code: "23503" });
  });
});
