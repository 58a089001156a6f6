// Reports of the points ledger, against sums reckoned by hand.
import { beforeAll, expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import { later, NOW, PointsDesk } from "../../test/support/points-desk.ts";
import { instant } from "../core/basics/index.ts";
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import { correctPoints } from "./correct-points.ts";
import { expirePoints } from "./expire-points.ts";
import { mergeCustomers } from "./merge-customers.ts";
import { findPointsHistory, pointsEndingBy, pointsLiability, pointsTurnover } from "./report-points.ts";

forEachEngine("a report of points", (engine) => {
  let desk: PointsDesk;
  const clock = (days: number) => houseOver(engine.database, later(days));

  /** Day 0: 100 come from elsewhere; 1: 60 held; 2: spent, 30 earned; 3: half comes back; 4: 7 by hand; 10: 47 end. */
  beforeAll(async () => {
    desk = new PointsDesk(engine.database);
    desk.begin();
    await desk.open(100, later(10));
    await desk.hold(60, later(1));
    await desk.capture(later(2));
    await desk.earn(30, later(2));
    await desk.giveBack("r", 30, 10, later(3));
    const wish = { customerId: desk.id, reason: "gift", actor: "ann", expiresAt: null };
    const limits = { mostPoints: 100, mostPerDay: 9 };
    for (const [amount, key] of [
      [10, "a"],
      [-3, "b"],
    ] as const)
      await desk.does((tx) => correctPoints(tx, desk.house, { ...wish, amount, key, at: later(4), limits }));
    await expirePoints({ ...clock(10), newId: () => `${desk.house.newId()}-10` });
  });

  test("tells what is owed, now and at every past instant, in points and kopecks", async () => {
    const days = [-1, 0, 1, 2, 3, 4, 10];
    const seen = await Promise.all(
      days.map(async (day) => {
        const { pending, available, held, totalMinor } = await pointsLiability(clock(20), later(day), 50);
        return [day, pending, available, held, totalMinor];
      }),
    );
    expect(seen).toEqual([
      [-1, 0, 0, 0, 0],
      [0, 0, 100, 0, 5000],
      [1, 0, 40, 60, 5000],
      [2, 30, 40, 0, 3500],
      [3, 20, 70, 0, 4500],
      [4, 20, 77, 0, 4850],
      [10, 20, 10, 0, 1500],
    ]);
    expect(await pointsLiability(clock(20), null, null)).toEqual({
      at: later(20),
      pending: 20,
      available: 10,
      held: 0,
      total: 30,
      totalMinor: null,
    });
  });

  test("tells what came and went between instants", async () => {
    const nothing = {
      issued: 0,
      takenBack: 0,
      redeemed: 0,
      returned: 0,
      expired: 0,
      correctedUp: 0,
      correctedDown: 0,
      openedUp: 0,
      openedDown: 0,
    };
    const bounds = [later(0), later(2), later(4), later(11)];
    expect(await pointsTurnover(clock(20), bounds)).toEqual([
      { ...nothing, from: later(0), until: later(2), openedUp: 100 },
      { ...nothing, from: later(2), until: later(4), issued: 30, takenBack: 10, redeemed: 60, returned: 30 },
      { ...nothing, from: later(4), until: later(11), correctedUp: 10, correctedDown: 3, expired: 67 },
    ]);
  });

  test("tells what will end by when", async () => {
    desk.begin();
    await desk.open(5, later(25));
    await desk.earn(8, later(20), { ...DEFAULT_TERMS, pendingDays: 1, expiryDays: 9 });
    const days = [later(21), later(25), later(30), later(400)];
    expect(await pointsEndingBy(clock(20), days)).toEqual([
      { until: later(21), points: 0, customers: 0 },
      { until: later(25), points: 5, customers: 1 },
      { until: later(30), points: 8, customers: 1 },
      { until: later(400), points: 20, customers: 1 },
    ]);
  });

  test("tells the history of a customer, page by page, also under an id that was merged", async () => {
    desk.begin();
    await desk.open(5, later(25));
    const old = desk.id;
    desk.begin();
    await desk.earn(8, later(1));
    const house = { ...clock(2), newId: () => `${desk.house.newId()}-m` };
    await mergeCustomers(house, { fromId: old, intoId: desk.id, reason: "same", actor: "ann" });
    const whole = await findPointsHistory(clock(3), old, { before: null, limit: 100 });
    expect(whole).toMatchObject([
      { kind: "transfer", available: 0, pending: 0 },
      { kind: "earn", pending: 8, activeFrom: later(15), expiresAt: later(15 + 365), orderId: desk.order },
      { kind: "open", available: 5, activeFrom: NOW, expiresAt: later(25), control: 5, customerId: old },
    ]);
    const [first] = await findPointsHistory(clock(3), desk.id, { before: null, limit: 1 });
    expect(first).toEqual(whole[0]);
    const before = { at: instant(whole[1]?.at ?? 0), id: whole[1]?.id ?? "" };
    expect(await findPointsHistory(clock(3), desk.id, { before, limit: 9 })).toEqual(whole.slice(2));
  });
});
