// What a status is said to do before it is set.
import { describe, expect, test } from "vitest";
import { type Affected, effectsOf, moneyPaid, pointsToEarn, type Trail } from "./status-effects.ts";

const order: Affected = {
  isPaid: true,
  totalMinor: 100_000,
  byPointsMinor: 10_000,
  deliveryMinor: 30_000,
  refundedMinor: 20_000,
  pointsEarned: 50,
  customerId: "u-1",
  rating: null,
  returns: [],
};
const counters = [{ kind: "all" as const, period: "" }];
const at = "2026-11-22T12:00:00.000Z";
const trail: Trail = {
  hold: { points: 100, state: "held", releaseAt: at },
  movements: [],
  uses: [
    { promotionId: "p", amountMinor: 1, isCounted: true, code: null, counters, at, releasedAt: null },
    { promotionId: "q", amountMinor: 1, isCounted: true, code: null, counters, at, releasedAt: at },
  ],
  isPushed: true,
  pushes: [],
};
const back = {
  id: "r",
  at,
  reason: null,
  valueMinor: 0,
  refundMinor: 0,
  pointsBack: 0,
  pointsTaken: 20,
  lines: [],
};
const kinds = (affected: Affected, left: Trail, status: string) =>
  effectsOf(affected, left, status).map(({ kind }) => kind);

describe("what a status does", () => {
  test("an order that is done spends what is held and earns what did not come back", () => {
    expect(kinds(order, trail, "done")).toEqual(["capture", "earn", "ask", "push", "final"]);
    expect(pointsToEarn({ ...order, returns: [back] })).toBe(30);
    expect(pointsToEarn({ ...order, pointsEarned: 10, returns: [back] })).toBe(0);
    expect(pointsToEarn({ ...order, customerId: null })).toBe(0);
  });

  test("a hold that ran out is taken anew, and one that ended is not spoken of", () => {
    const lapsed = { ...trail, hold: { points: 100, state: "lapsed" as const, releaseAt: at } };
    expect(kinds({ ...order, rating: 5 }, lapsed, "done")).toEqual(["recapture", "earn", "push", "final"]);
    const ended = { ...trail, hold: { points: 100, state: "released" as const, releaseAt: at } };
    expect(kinds({ ...order, rating: 5 }, ended, "done")).toEqual(["earn", "push", "final"]);
  });

  test("an order that ends unbought gives points and uses back, and money is for people", () => {
    for (const status of ["canceled", "closed"])
      expect(kinds(order, trail, status)).toEqual(["refund", "release", "uses", "push", "final"]);
    expect(moneyPaid(order)).toBe(100_000);
    expect(effectsOf(order, trail, "canceled")).toContainEqual({ kind: "uses", count: 1 });
    const nothing = { ...trail, hold: null, uses: [], isPushed: false };
    expect(kinds({ ...order, isPaid: null }, nothing, "canceled")).toEqual(["nothing", "final"]);
  });

  test("any other status moves nothing and can be taken back", () => {
    expect(kinds(order, trail, "dispatched")).toEqual(["nothing", "push"]);
  });
});
