// The points ledger as stored: nothing that was posted changes, balances are what the entries make them, old ones are kept.
import { expect, test } from "vitest";
import { DEFAULT_TERMS } from "../../src/core/loyalty/index.ts";
import { auditPoints } from "../../src/flows/report-points.ts";
import { migrate, rebuildBalances, type Tx } from "../../src/storage/index.ts";
import { migrations } from "../../src/storage/migrations/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { later, NOW, PointsDesk } from "../support/points-desk.ts";

/** Lives of points that leave something in every account and state. */
async function live(desk: PointsDesk): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    desk.begin();
    await desk.open(100, later(5));
    await desk.open(50);
    await desk.hold(120);
    if (turn > 0) await desk.capture();
    await desk.earn(30);
    if (turn > 1) await desk.giveBack("r", 60, 10, later(6));
  }
}

/** Balances as stored and as the entries make them, as text: byte by byte the same, or something was lost. */
async function bothTexts(tx: Tx): Promise<readonly [string, string]> {
  const columns = ["pending", "available", "held"];
  const sums = columns.map((name) => `sum(case when account = '${name}' then amount else 0 end) as ${name}`);
  const stored = await tx.rows(`select customer_id, ${columns} from points_account order by customer_id`);
  const rebuilt = await tx.rows(
    `select customer_id, ${sums} from points_entry where customer_id is not null group by customer_id order by customer_id`,
  );
  return [JSON.stringify(stored), JSON.stringify(rebuilt)];
}

forEachEngine("the points ledger", (engine) => {
  test("has balances that are byte by byte what its entries make them", async () => {
    await live(new PointsDesk(engine.database));
    const [stored, rebuilt] = await engine.database.read(bothTexts);
    expect(stored).toBe(rebuilt);
    expect(stored.length).toBeGreaterThan(100);
    const audit = await auditPoints(houseOver(engine.database));
    expect(audit).toMatchObject({ sum: 0, accounts: 3, differences: [] });
    expect(audit.movements).toBeGreaterThan(12);
  });

  test.each([
    "update points_entry set amount = amount + 1",
    "update points_entry set account = 'available' where account = 'held'",
    "delete from points_entry",
    "update points_movement set reason = 'other'",
    "delete from points_movement",
    "truncate points_entry",
    "truncate points_movement cascade",
  ])("refuses: %s", async (statement) => {
    await expect(engine.database.transaction((tx) => tx.run(statement))).rejects.toThrow(
      engine.name === "sqlite" && statement.startsWith("truncate") ? /syntax/ : /never changed or removed/,
    );
    expect((await auditPoints(houseOver(engine.database))).differences).toEqual([]);
  });

  test.each([
    ["update points_account set available = available + 1", "account c-"],
    ["update points_lot set expired = expired + 1 where held + available + pending < amount", "lot "],
    [
      `update points_hold_part set given_back = given_back + 1
       where order_id = (select min(order_id) from points_hold where state = 'held')`,
      "held points of lot ",
    ],
    [
      "update points_lot set customer_id = (select max(customer_id) from points_account)",
      "lots of customer c-",
    ],
    [
      `insert into points_movement (id, movement_key, kind, customer_id, at) values ('empty', 'empty', 'earn', 'c', 0)`,
      "movement empty: 0 is stored, 1 was posted",
    ],
  ])("its audit finds: %s", async (statement, expected) => {
    const back = new Error("back");
    let found: readonly string[] = [];
    const tamper = engine.database.transaction(async (tx) => {
      await tx.run(statement);
      found = (await rebuildBalances(tx)).differences;
      throw back;
    });
    await expect(tamper).rejects.toBe(back);
    expect(found.some((sentence) => sentence.startsWith(expected))).toBe(true);
  });

  test.each([
    "update points_account set available = -1",
    "update points_lot set held = -1",
    "update points_lot set expired = amount + 1",
    "update points_hold_part set given_back = amount + 1",
    "update points_lot set expires_at = active_from",
  ])("has a check that refuses: %s", async (statement) => {
    await expect(engine.database.transaction((tx) => tx.run(statement))).rejects.toThrow(/check|CHECK/);
  });

  test("takes no movement under a key that was used", async () => {
    const again = engine.database.transaction((tx) =>
      tx.run(
        `insert into points_movement (id, movement_key, kind, customer_id, at)
         select 'other', movement_key, kind, customer_id, at from points_movement limit 1`,
      ),
    );
    await expect(again).rejects.toThrow(/unique/i);
  });

  test("gives balances to carts by one look into an index", async () => {
    const plan = await engine.database.transaction(async (tx) => {
      if (tx.engine === "postgres") await tx.run("set local enable_seqscan = off");
      return tx.rows(
        `explain ${tx.engine === "sqlite" ? "query plan" : ""} select sum(pending + available) from points_lot
         where points_lot.customer_id = 'c-1' and pending + available > 0
           and active_from <= ${NOW} and (expires_at is null or expires_at > ${NOW})`,
      );
    });
    expect(JSON.stringify(plan)).toContain("points_lot_open");
  });
});

forEachEngine(
  "balances from before the ledger",
  (engine) => {
    test("become openings of as many points", async () => {
      const ledger = migrations.findIndex(({ name }) => name === "points");
      await migrate(engine.database, 0, migrations.slice(0, ledger));
      await engine.database.transaction(async (tx) => {
        for (const [id, points] of [
          ["u-1", 1000],
          ["u-2", 0],
          ["u-3", 7],
        ] as const)
          await tx.run("insert into points_balance (customer_id, points, updated_at) values (?, ?, ?)", [
            id,
            points,
            5,
          ]);
      });
      await migrate(engine.database, 0);
      const rows = await engine.database.read((tx) =>
        tx.rows("select customer_id, available, held from points_account order by customer_id"),
      );
      expect(rows).toEqual([
        { customer_id: "u-1", available: 1000, held: 0 },
        { customer_id: "u-2", available: 0, held: 0 },
        { customer_id: "u-3", available: 7, held: 0 },
      ]);
      expect(await auditPoints(houseOver(engine.database))).toMatchObject({
        movements: 2,
        entries: 4,
        sum: 0,
        differences: [],
      });
      const desk = new PointsDesk(engine.database);
      desk.begin();
      desk.id = "u-1";
      await desk.hold(300);
      expect(await desk.release(later(1), DEFAULT_TERMS)).toMatchObject({ kind: "done", amount: 300 });
      expect(await desk.balance()).toBe(1000);
    });
  },
  { isMigrated: false },
);
