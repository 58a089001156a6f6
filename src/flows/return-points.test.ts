// Points on their way back: of returned goods, of balances kept elsewhere, of two customers that become one.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { later, NOW, PointsDesk } from "../../test/support/points-desk.ts";
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import { points } from "../core/money/index.ts";
import { earnedLot } from "../storage/index.ts";
import { setPoints, undoSetPoints } from "./set-points.ts";
import { transferPoints } from "./transfer-points.ts";

forEachEngine("points", (engine) => {
  let desk: PointsDesk;
  beforeAll(() => {
    desk = new PointsDesk(engine.database);
  });

  const fresh = (name: string, work: () => Promise<void>): void => {
    test(name, async () => {
      desk.begin();
      await work();
    });
  };

  describe("of goods that come back", () => {
    fresh("return to the same lots, the last used first, once per return", async () => {
      await desk.open(30, later(5));
      await desk.open(70, later(9));
      await desk.hold(50);
      await desk.capture();
      expect(await desk.giveBack("r1", 25, 0)).toMatchObject({ restored: 25, lost: 0, isRepeat: false });
      expect(await desk.giveBack("r1", 25, 0)).toMatchObject({ restored: 25, lost: 0, isRepeat: true });
      expect([await desk.balance(), await desk.balance(later(6))]).toEqual([75, 70]);
      expect(await desk.giveBack("r2", 999, 0)).toMatchObject({ restored: 25 });
      expect([await desk.balance(), await desk.balance(later(6))]).toEqual([100, 70]);
      expect(await desk.giveBack("r3", 1, 0)).toMatchObject({ restored: 0 });
    });

    fresh("are lost where their lot has expired, unless the programme gives them new days", async () => {
      await desk.open(40, later(5));
      await desk.hold(40);
      await desk.capture();
      expect(await desk.giveBack("r1", 10, 0, later(6))).toMatchObject({ restored: 0, lost: 10 });
      const terms = { ...DEFAULT_TERMS, restoreExpiredDays: 10 };
      expect(await desk.giveBack("r2", 10, 0, later(6), terms)).toMatchObject({ restored: 10, lost: 0 });
      expect([await desk.balance(later(15)), await desk.balance(later(16))]).toEqual([10, 0]);
    });

    fresh("before the capture make the hold smaller, and end it with the last point", async () => {
      await desk.open(40);
      await desk.hold(30);
      expect(await desk.giveBack("r1", 10, 0)).toMatchObject({ restored: 10 });
      expect(await desk.book()).toMatchObject({ available: 20, held: 20 });
      await desk.giveBack("r2", 20, 0);
      expect(await desk.capture()).toEqual({ kind: "ended", state: "released" });
      expect(await desk.balance()).toBe(40);
    });

    fresh(
      "are taken back from what was earned: pending first, forgiven where it expired, never below 0",
      async () => {
        await desk.earn(100);
        expect(await desk.giveBack("r1", 0, 30)).toMatchObject({ takenBack: 30, missing: 0 });
        expect(await desk.book()).toMatchObject({ pending: 70 });
        const first = desk.order;
        desk.order += "-b";
        await desk.hold(50, later(20));
        await desk.capture(later(20));
        desk.order = first;
        expect(await desk.giveBack("r2", 0, 30, later(21))).toMatchObject({ takenBack: 20, missing: 10 });
        expect(await desk.giveBack("r3", 0, 99, later(21))).toMatchObject({ takenBack: 0, missing: 40 });
        expect(await desk.giveBack("r4", 0, 99, later(21))).toMatchObject({ takenBack: 0, missing: 0 });
        desk.order += "-c";
        await desk.earn(10, later(21), { ...DEFAULT_TERMS, pendingDays: 0, expiryDays: 1 });
        expect(await desk.giveBack("r5", 0, 10, later(23))).toMatchObject({
          takenBack: 0,
          forgiven: 10,
          missing: 0,
        });
      },
    );

    fresh("are taken from other points of the customer only where the programme says so", async () => {
      const spend = async () => {
        await desk.earn(50, NOW, { ...DEFAULT_TERMS, pendingDays: 0, expiryDays: 1 });
        const first = desk.order;
        desk.order += "-spent";
        await desk.hold(50);
        await desk.capture();
        desk.order = first;
        await desk.open(20);
      };
      const ways = [
        ["none", { takenBack: 0, missing: 0 }],
        ["lot", { takenBack: 0, missing: 50 }],
        ["balance", { takenBack: 20, missing: 30 }],
      ] as const;
      const seen: unknown[] = [];
      for (const [clawBack] of ways) {
        desk.begin();
        await spend();
        seen.push(await desk.giveBack("r", 0, 50, NOW, { ...DEFAULT_TERMS, clawBack }));
      }
      expect(seen).toMatchObject(ways.map(([, what]) => what));
    });

    fresh("that never were are no matter", async () => {
      expect(await desk.giveBack("r", 5, 5)).toMatchObject({ restored: 0, takenBack: 0, isRepeat: false });
    });
  });

  describe("set by another system", () => {
    const set = (amount: number, key: string) =>
      desk.does((tx) =>
        setPoints(tx, desk.house, { customerId: desk.id, amount: points(amount), at: NOW, key }),
      );
    const undo = (key: string) => desk.does((tx) => undoSetPoints(tx, desk.house, { key, at: NOW }));

    fresh("become equal by one movement, the same again by none, and can be taken back once", async () => {
      expect(await set(70, `${desk.id}-1`)).toMatchObject({ kind: "set", before: 0 });
      expect(await set(70, `${desk.id}-2`)).toMatchObject({ kind: "equal", movementId: null });
      expect(await set(50, `${desk.id}-3`)).toMatchObject({ kind: "set", before: 70 });
      expect(await set(10, `${desk.id}-3`)).toMatchObject({ kind: "repeated", before: 50 });
      expect(await undo(`${desk.id}-3`)).toEqual({ kind: "undone", missing: 0, lost: 0 });
      expect(await undo(`${desk.id}-3`)).toEqual({ kind: "repeated" });
      expect(await desk.balance()).toBe(70);
      await desk.hold(60);
      expect(await undo(`${desk.id}-1`)).toEqual({ kind: "undone", missing: 60, lost: 0 });
      expect(await undo(`${desk.id}-1`)).toEqual({ kind: "repeated" });
      expect(await undo(`${desk.id}-9`)).toEqual({ kind: "none" });
      expect(await desk.balance()).toBe(0);
    });
  });

  describe("of two customers that become one", () => {
    fresh("go over lot by lot, and the orders of the one go on with the other", async () => {
      const old = desk.id;
      await desk.open(30, later(5));
      await desk.earn(10);
      await desk.hold(20);
      desk.id = `${old}-new`;
      await desk.open(1);
      const go = () => desk.does((tx) => transferPoints(tx, desk.house, { from: old, to: desk.id, at: NOW }));
      expect(await go()).toEqual({ pending: 10, available: 10, held: 20 });
      expect(await go()).toEqual({ pending: 0, available: 0, held: 0 });
      expect([await desk.book(old), await desk.book()]).toMatchObject([
        { pending: 0, available: 0, held: 0 },
        { pending: 10, available: 11, held: 20 },
      ]);
      expect(await desk.capture()).toMatchObject({ kind: "done", amount: 20 });
      expect(await desk.giveBack("r", 20, 10)).toMatchObject({ restored: 20, takenBack: 10 });
      expect([await desk.balance(), await desk.balance(later(5))]).toEqual([31, 1]);
      const lot = await engine.database.read((tx) => earnedLot(tx, desk.order));
      expect(lot?.customerId).toBe(desk.id);
      const stranger = desk.does((tx) =>
        transferPoints(tx, desk.house, { from: "nobody", to: desk.id, at: NOW }),
      );
      expect(await stranger).toEqual({ pending: 0, available: 0, held: 0 });
    });
  });
});
