// Points held for an order and points earned by it, each once.
import { beforeAll, describe, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { later, NOW, PointsDesk } from "../../test/support/points-desk.ts";
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import { points } from "../core/money/index.ts";

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

  describe("held for an order", () => {
    fresh("are out of reach, spent once when it is done, and a second capture says so", async () => {
      await desk.open(100);
      expect(await desk.hold(60)).toEqual({ kind: "held", amount: 60 });
      expect([await desk.balance(), await desk.book()]).toMatchObject([40, { available: 40, held: 60 }]);
      expect(await desk.capture()).toEqual({ kind: "done", amount: 60, missing: 0 });
      expect(await desk.capture()).toEqual({ kind: "ended", state: "captured" });
      expect(await desk.release()).toEqual({ kind: "ended", state: "captured" });
      expect(await desk.book()).toMatchObject({ available: 40, held: 0 });
    });

    fresh("are held once per order, whatever the second call asks", async () => {
      await desk.open(100);
      await desk.hold(60);
      expect(await desk.hold(10)).toEqual({ kind: "held", amount: 60 });
      expect(await desk.balance()).toBe(40);
    });

    fresh("are refused as a whole when there are too few, or none at all", async () => {
      expect(await desk.hold(1)).toEqual({ kind: "refused", available: points(0) });
      await desk.open(100);
      expect(await desk.hold(101)).toEqual({ kind: "refused", available: 100 });
      expect(await desk.hold(0)).toEqual({ kind: "held", amount: 0 });
      expect(await desk.balance()).toBe(100);
      expect([await desk.capture(), await desk.release()]).toEqual([{ kind: "none" }, { kind: "none" }]);
    });

    fresh("go back to their lots once when it is cancelled", async () => {
      await desk.open(30, later(5));
      await desk.open(70, later(9));
      await desk.hold(50);
      expect(await desk.balance(later(6))).toBe(50);
      expect(await desk.release()).toEqual({ kind: "done", amount: 50, missing: 0 });
      expect(await desk.release()).toEqual({ kind: "ended", state: "released" });
      expect([await desk.balance(), await desk.balance(later(6)), await desk.balance(later(9))]).toEqual([
        100, 70, 0,
      ]);
    });

    fresh(
      "that expire while held are lost by a release, unless the programme gives them new days",
      async () => {
        await desk.open(30, later(5));
        await desk.hold(20);
        expect(await desk.release(later(6))).toEqual({ kind: "done", amount: 0, missing: 20 });
        expect(await desk.book()).toMatchObject({ available: 0, held: 0 });
        desk.order += "-b";
        await desk.open(30, later(5));
        await desk.hold(20);
        const terms = { ...DEFAULT_TERMS, restoreExpiredDays: 10 };
        expect(await desk.release(later(6), terms)).toEqual({ kind: "done", amount: 20, missing: 0 });
        expect([await desk.balance(later(15)), await desk.balance(later(16))]).toEqual([20, 0]);
      },
    );

    fresh("lapse by time, and a late capture takes what is there by then", async () => {
      await desk.open(100);
      await desk.hold(80);
      expect(await desk.release(later(31), DEFAULT_TERMS, true)).toMatchObject({ kind: "done", amount: 80 });
      expect(await desk.release(later(31), DEFAULT_TERMS, true)).toEqual({ kind: "ended", state: "lapsed" });
      const first = desk.order;
      desk.order += "-b";
      await desk.hold(50);
      desk.order = first;
      expect(await desk.capture()).toEqual({ kind: "done", amount: 50, missing: 30 });
      expect(await desk.capture()).toEqual({ kind: "ended", state: "captured" });
      expect(await desk.book()).toMatchObject({ available: 0, held: 50 });
      expect(await desk.giveBack("r", 80, 0)).toMatchObject({ restored: 50, isRepeat: false });
    });

    fresh("that lapsed stay given back when the order is cancelled after all", async () => {
      await desk.open(100);
      await desk.hold(80);
      await desk.release(NOW, DEFAULT_TERMS, true);
      expect(await desk.release()).toEqual({ kind: "ended", state: "lapsed" });
      expect(await desk.capture()).toEqual({ kind: "ended", state: "released" });
      expect(await desk.balance()).toBe(100);
    });
  });

  describe("earned by an order", () => {
    fresh("are pending, become active by their day without any job, and end by theirs", async () => {
      expect(await desk.earn(25)).toEqual({ kind: "earned", amount: 25 });
      expect(await desk.earn(99)).toEqual({ kind: "earned_before", amount: 25 });
      const days = [0, 13, 14, 14 + 364, 14 + 365];
      expect(await Promise.all(days.map((day) => desk.balance(later(day))))).toEqual([0, 0, 25, 25, 0]);
      expect(await desk.book()).toMatchObject({ pending: 25, available: 0 });
    });

    fresh(
      "may be spent at once where the programme does not make them wait, and never end where it says so",
      async () => {
        await desk.earn(25, NOW, { ...DEFAULT_TERMS, pendingDays: 0, expiryDays: null });
        expect([await desk.balance(), await desk.balance(later(9999)), await desk.book()]).toMatchObject([
          25,
          25,
          { pending: 0 },
        ]);
      },
    );

    fresh("none leave no trace", async () => {
      expect(await desk.earn(0)).toEqual({ kind: "earned", amount: 0 });
      expect(await desk.book()).toBeNull();
    });
  });
});
