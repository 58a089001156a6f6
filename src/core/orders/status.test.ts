// Statuses of orders, every pair of them.
import { describe, expect, test } from "vitest";
import { decideStatus, isFinal, isOrderStatus, ORDER_STATUSES } from "./index.ts";

const EARLY = ["placed", "processing"] as const;

describe("a status", () => {
  test("is one of nine words", () => {
    expect(ORDER_STATUSES).toHaveLength(9);
    expect([isOrderStatus("done"), isOrderStatus("cancelled"), isOrderStatus("toString")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(ORDER_STATUSES.filter(isFinal)).toEqual(["done", "canceled", "closed"]);
  });

  test("said again changes nothing, and an order that ended unbought did so under either name", () => {
    for (const side of ["shop", "app"] as const) {
      for (const status of ORDER_STATUSES)
        expect(decideStatus(status, status, side, EARLY)).toEqual({ kind: "unchanged" });
      expect(decideStatus("closed", "canceled", side, EARLY)).toEqual({ kind: "unchanged" });
      expect(decideStatus("canceled", "closed", side, EARLY)).toEqual({ kind: "unchanged" });
    }
  });

  test("that is final is left by no word of anybody", () => {
    for (const now of ["done", "canceled", "closed"] as const) {
      for (const wished of ORDER_STATUSES) {
        for (const side of ["shop", "app"] as const)
          expect(decideStatus(now, wished, side, ORDER_STATUSES).kind).not.toBe("changed");
      }
    }
    expect(decideStatus("done", "canceled", "shop", EARLY)).toEqual({
      kind: "refused",
      reason: "order_final",
    });
  });

  test("a shop goes where it likes, also back", () => {
    expect(decideStatus("dispatched", "processing", "shop", EARLY)).toEqual({
      kind: "changed",
      status: "processing",
      effect: "none",
    });
    expect(decideStatus("delivered", "closed", "shop", EARLY)).toMatchObject({ effect: "unbought" });
    expect(decideStatus("placed", "done", "shop", EARLY)).toMatchObject({ effect: "bought" });
  });

  test("an app goes forward only, and cancels only while it may", () => {
    expect(decideStatus("dispatched", "processing", "app", EARLY)).toEqual({
      kind: "refused",
      reason: "status_backward",
    });
    expect(decideStatus("placed", "dispatched", "app", EARLY)).toMatchObject({ effect: "none" });
    expect(decideStatus("processing", "canceled", "app", EARLY)).toMatchObject({ effect: "unbought" });
    expect(decideStatus("dispatched", "canceled", "app", EARLY)).toEqual({
      kind: "refused",
      reason: "not_cancellable",
    });
  });
});
