// Opening balances: what is taken and what is not, once, with a sum that must be right, and taken back as a whole.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { type HouseUnderTest, houseOver } from "../../test/support/house.ts";
import { instant } from "../core/basics/index.ts";
import { points } from "../core/money/index.ts";
import { balanceOf, type Tx } from "../storage/index.ts";
import { holdPoints } from "./hold-points.ts";
import { type BalancesWish, findBalanceImports, importBalances, undoBalances } from "./import-balances.ts";
import { importMembers } from "./import-members.ts";
import { mergeCustomers } from "./merge-customers.ts";
import { createSecrets } from "./secrets.ts";
import { setPoints } from "./set-points.ts";

const secrets = createSecrets("pepper");

forEachEngine("opening balances", (engine) => {
  let house: HouseUnderTest;
  beforeAll(() => {
    house = houseOver(engine.database);
  });
  const take = (text: string | Uint8Array, wish: Partial<BalancesWish> = {}) =>
    importBalances(house, secrets, Buffer.from(text), { name: "balances.csv", actor: "test", ...wish });
  const undo = (id: string | null, despiteSpent = false) =>
    undoBalances(house, id ?? "", { actor: "test", despiteSpent });
  const balance = (id: string) => engine.database.read((tx) => balanceOf(tx, id, house.now()));
  const balances = (...ids: string[]) => Promise.all(ids.map(balance));
  const spend = (customerId: string, amount: number) =>
    engine.database.transaction((tx) => {
      const [at, orderId] = [house.now(), `order-of-${customerId}`];
      const releaseAt = instant(at + 1e9);
      return holdPoints(tx, house, { orderId, customerId, amount: points(amount), at, releaseAt });
    });
  const members = (text: string) => importMembers(house, secrets, Buffer.from(text));
  /** All entries ever, and what every account comes to by them: the books must balance. */
  const books = () =>
    engine.database.read((tx: Tx) =>
      tx.rows<{ sum: number }>("select coalesce(sum(amount), 0) as sum from points_entry"),
    );

  test("are set by id, card or phone and added up; bad lines are left out, each with its reason", async () => {
    await members("id,card,phone\nb-1,91,\nb-2,,79990000092\n");
    const text = [
      "id;card;phone;points",
      "b-9;;;5",
      ";91;;1 000",
      ";;8 999 000-00-92;7,00",
      "b-1;;;3",
      ";99;;1",
      ";;;1",
      "b-8;;;1.5",
      "b-7;;;-1",
      "b-6;;;",
    ].join("\n");
    const dry = await take(text, { isDry: true });
    expect(dry).toMatchObject({ kind: "checked", taken: 3, total: 1012, skipped: 6, importId: null });
    expect(await balance("b-9")).toBe(0);
    const report = await take(text);
    expect(report).toEqual({ ...dry, kind: "imported", importId: expect.any(String) });
    expect(report.rejects.map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [10, "points_unreadable"],
      [5, "customer_repeated"],
      [6, "customer_unknown"],
      [7, "customer_missing"],
      [8, "points_not_whole"],
      [9, "points_unreadable"],
    ]);
    expect(report.rejects.find(({ line }) => line === 6)?.cells).toMatchObject({ card: "99", points: "1" });
    expect(await balances("b-9", "b-1", "b-2")).toEqual([5, 1000, 7]);
  });

  test("need points and somebody to give them to, and a file that is whole", async () => {
    expect(await take("id\n1\n")).toMatchObject({ kind: "refused", reason: "column_missing" });
    expect(await take("points\n1\n")).toMatchObject({ kind: "refused", reason: "column_missing" });
    const open = await take(`id,points\nopen-1,5\nopen-2,"7\n${"y\n".repeat(60_000)}`);
    expect(open).toMatchObject({ kind: "refused", reason: expect.stringMatching(/^broken_at_line_/) });
    expect(await balance("open-1")).toBe(0);
  });

  test("come in Windows-1251 with semicolons as well as in UTF-8 with commas", async () => {
    // "Код" as a column that nobody knows, in cp1251.
    const old = Buffer.concat([
      Buffer.from([0xca, 0xee, 0xe4]),
      Buffer.from(";id;points\r\nx;cp-1;12,0\r\n"),
    ]);
    expect(await take(old)).toMatchObject({ kind: "imported", total: 12 });
    expect(await take("\ufeffКод,id,points\nx,cp-2,13\n")).toMatchObject({ kind: "imported", total: 13 });
    expect(await balances("cp-1", "cp-2")).toEqual([12, 13]);
  });

  test("of fractions are rounded down where that is wished", async () => {
    expect(await take("id,points\nr-1,10.99\n", { roundDown: true })).toMatchObject({ total: 10 });
    expect(await balance("r-1")).toBe(10);
  });

  test("of a wrong sum are refused whole", async () => {
    const text = "id,points\ns-1,10\ns-2,20\ns-2,5\n";
    const refused = await take(text, { expectSum: 35 });
    expect(refused).toMatchObject({
      kind: "refused",
      reason: "sum_differs",
      taken: 0,
      total: 30,
      importId: null,
    });
    expect(await balances("s-1", "s-2")).toEqual([0, 0]);
    expect(await take(text, { expectSum: 30 })).toMatchObject({ kind: "imported", taken: 2 });
  });

  test("of the same file are taken once, though points were spent since", async () => {
    const text = "id,points\ntwice-1,100\ntwice-2,50\n";
    const first = await take(text);
    await spend("twice-1", 30);
    expect(await take(text)).toMatchObject({
      kind: "unchanged",
      taken: 2,
      total: 150,
      importId: first.importId,
    });
    expect(await balances("twice-1", "twice-2")).toEqual([70, 50]);
  });

  test("of the same file at once are taken once", async () => {
    const rows = Array.from({ length: 250 }, (_, index) => `race-${index},${index + 1}`);
    const text = `id,points\n${rows.join("\n")}\n`;
    const reports = await Promise.all(Array.from({ length: 4 }, () => take(text)));
    expect(new Set(reports.map(({ importId }) => importId)).size).toBe(1);
    const set = await engine.database.read((tx) =>
      tx.rows(
        "select count(*) as lots, sum(amount) as points from points_lot where customer_id like 'race-%'",
      ),
    );
    expect(set).toEqual([{ lots: 250, points: (250 * 251) / 2 }]);
  });

  test("of a customer who was merged are added up", async () => {
    await members("id\nmerge-a\nmerge-b\n");
    await mergeCustomers(house, { fromId: "merge-b", intoId: "merge-a", reason: "", actor: "test" });
    const report = await take("id,points\nmerge-a,100\nmerge-b,50\n");
    expect(report).toMatchObject({ taken: 1, total: 150, skipped: 0 });
    expect(report.faults).toEqual([{ line: 3, reason: "customer_merged", isSkipped: false }]);
    expect(await balance("merge-b")).toBe(0);
    expect(await balance("merge-a")).toBe(150);
  });

  describe("taken back", () => {
    test("leave every balance as it was before, once, and may be taken again", async () => {
      await engine.database.transaction(async (tx) => {
        const at = house.now();
        await setPoints(tx, house, { customerId: "undo-1", amount: points(40), at, key: "before" });
        await setPoints(tx, house, { customerId: "undo-2", amount: points(5), at, key: "before-2" });
      });
      const text = "id,points\nundo-1,100\nundo-2,0\nundo-3,7\n";
      const { importId } = await take(text);
      expect(await balances("undo-1", "undo-2", "undo-3")).toEqual([100, 0, 7]);
      const undone = await undo(importId);
      expect(undone).toMatchObject({
        kind: "undone",
        import: { state: "undone", missing: 0, lost: 0, undoneBy: "test" },
      });
      expect(await balances("undo-1", "undo-2", "undo-3")).toEqual([40, 5, 0]);
      expect(await undo(importId)).toEqual({ ...undone, kind: "unchanged" });
      const again = await take(text);
      expect(again).toMatchObject({ kind: "imported", taken: 3 });
      expect(again.importId).not.toBe(importId);
      expect(await balances("undo-1", "undo-2", "undo-3")).toEqual([100, 0, 7]);
    });

    test("are not where some are spent, unless what is left will do", async () => {
      const { importId } = await take("id,points\nspent-1,100\nspent-2,50\n");
      await spend("spent-1", 30);
      const refused = { kind: "refused", reason: "points_spent", customers: 1, points: 30 };
      expect(await undo(importId)).toEqual(refused);
      expect(await balances("spent-1", "spent-2")).toEqual([70, 50]);
      expect(await undo(importId, true)).toMatchObject({ kind: "undone", import: { missing: 30, lost: 0 } });
      expect(await balances("spent-1", "spent-2")).toEqual([0, 0]);
    });

    test("follow a customer who was merged since", async () => {
      const { importId } = await take("id,points\nlater-1,100\nlater-2,50\n");
      await mergeCustomers(house, { fromId: "later-1", intoId: "later-2", reason: "", actor: "test" });
      expect(await balance("later-2")).toBe(150);
      expect(await undo(importId)).toMatchObject({ kind: "undone" });
      expect(await balance("later-2")).toBe(0);
    });

    test("at once by two people are taken back once", async () => {
      const rows = Array.from({ length: 250 }, (_, index) => `both-${index},10`);
      const { importId } = await take(`id,points\n${rows.join("\n")}\n`);
      await Promise.all([undo(importId), undo(importId)]);
      const left = await engine.database.read((tx) =>
        tx.rows("select sum(available) as points from points_account where customer_id like 'both-%'"),
      );
      expect(left).toEqual([{ points: 0 }]);
      const undos = await engine.database.read((tx) =>
        tx.rows(
          `select count(*) as count from points_movement where kind = 'undo' and customer_id like 'both-%'`,
        ),
      );
      expect(undos).toEqual([{ count: 250 }]);
    });

    test("that are none are refused", async () => {
      expect(await undo("nothing")).toEqual({ kind: "refused", reason: "import_unknown" });
    });
  });

  describe("interrupted", () => {
    const text = `id,points\n${Array.from({ length: 250 }, (_, index) => `crash-${index},4`).join("\n")}\n`;
    /** A house whose process dies in transaction number `count`: before its commit, or after it, not knowing that. */
    const dying = (count: number, isCommitted: boolean): HouseUnderTest => {
      let left = count;
      const transaction: typeof engine.database.transaction = async (work) => {
        left -= 1;
        if (left > 0) return engine.database.transaction(work);
        if (isCommitted) await engine.database.transaction(work);
        throw new Error("the process died");
      };
      return {
        ...house,
        now: () => house.now(),
        database: { ...engine.database, read: (work) => engine.database.read(work), transaction },
      };
    };
    const crash = (count: number, isCommitted: boolean, work: (dead: HouseUnderTest) => Promise<unknown>) =>
      expect(work(dying(count, isCommitted))).rejects.toThrow("the process died");

    test("go on where they stopped when the same file comes again, and so does taking them back", async () => {
      const wish = { name: "balances.csv", actor: "test" };
      for (const isCommitted of [false, true]) {
        await crash(3, isCommitted, (dead) => importBalances(dead, secrets, Buffer.from(text), wish));
        const [listed] = await findBalanceImports(house, { before: null, limit: 1 });
        expect(listed).toMatchObject({ state: "running", rows: 250, total: 1000, finishedAt: null });
        const report = await take(text);
        expect(report).toMatchObject({ kind: "imported", total: 1000, importId: listed?.id });
        const out = () =>
          engine.database.read((tx) =>
            tx.rows("select sum(available) as points from points_account where customer_id like 'crash-%'"),
          );
        expect(await out()).toEqual([{ points: 1000 }]);
        const wanted = { actor: "test", despiteSpent: false };
        await crash(3, isCommitted, (dead) => undoBalances(dead, report.importId ?? "", wanted));
        expect(await take(text)).toMatchObject({ kind: "refused", reason: "import_undone" });
        expect(await undo(report.importId)).toMatchObject({ kind: "undone", import: { missing: 0 } });
        expect(await out()).toEqual([{ points: 0 }]);
      }
    });
  });

  test("keep the books balanced", async () => {
    expect(await books()).toEqual([{ sum: 0 }]);
  });
});
