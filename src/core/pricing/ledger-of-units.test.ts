// The money of units against plain lists of their prices.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RUNS } from "../../../test/support/carts.ts";
import { cart, facts, NOON, offer } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import { UTC } from "./clock.ts";
import {
  cheapestUnits,
  floorOf,
  openLedger,
  resetLedger,
  shareDown,
  shareHalfUp,
  unitsBetween,
} from "./ledger-of-units.ts";
import { type Pool, situationOf } from "./situation.ts";

/** Prices of the units one by one, the dearer first. */
function unitPrices(money: number, paid: number): number[] {
  const prices = Array.from({ length: paid }, () => Math.floor(money / paid));
  for (let odd = 0; odd < money % paid; odd += 1) prices[odd] = (prices[odd] ?? 0) + 1;
  return prices;
}

const sum = (prices: readonly number[]): number => prices.reduce((all, price) => all + price, 0);
const runs = { numRuns: Math.max(200, RUNS / 5) };
const anyMoney = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1_000_000 }));
const anyPaid = fc.integer({ min: 1, max: 9 });

describe("units of an offer", () => {
  test("the cheapest cost what the end of the list costs", () => {
    fc.assert(
      fc.property(anyMoney, anyPaid, fc.nat(9), (money, paid, wanted) => {
        const count = Math.min(wanted, paid);
        expect(cheapestUnits(count, money, paid)).toBe(sum(unitPrices(money, paid).slice(paid - count)));
      }),
      runs,
    );
  });

  test("those between two places cost what that part of the list costs, and nothing beyond it", () => {
    fc.assert(
      fc.property(anyMoney, anyPaid, fc.nat(12), fc.nat(12), (money, paid, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(unitsBetween(start, end, money, paid)).toBe(sum(unitPrices(money, paid).slice(start, end)));
      }),
      runs,
    );
  });
});

describe("shares", () => {
  const slowly = (money: number, bps: number): number =>
    Number((BigInt(money) * BigInt(bps) + 5000n) / 10_000n);

  test("round half up, as exactly near the end of exact numbers as anywhere", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const anyShare = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(fc.oneof(anyMoney, fc.integer({ min: 0, max: most })), anyShare, (money, bps) => {
        expect(shareHalfUp(money, bps)).toBe(slowly(money, bps));
      }),
      runs,
    );
    expect([4, 5, 14, 15].map((money) => shareHalfUp(money, 1000))).toEqual([0, 1, 1, 2]);
    for (const money of [most, most - 1, 900_719_925_474, 900_719_925_475]) {
      for (const bps of [1, 9999, 10_000]) expect(shareHalfUp(money, bps)).toBe(slowly(money, bps));
    }
  });

  test("rounded down keep whole roubles or tens", () => {
    expect([shareDown(12_345, 1000, 100), shareDown(12_345, 1000, 1000), shareDown(12_345, 5000, 1)]).toEqual(
      [1200, 1000, 6172],
    );
  });
});

describe("a ledger", () => {
  const pool = (id: string, units: number, step: number | null): Pool => ({
    offer: offer(id, 10, { step: step === null ? null : quantity(step) }),
    isFractional: step !== null,
    units: step === null ? units : 0,
    quantity: units * 1000,
    gross: units * 1000,
    lines: [],
  });
  const [pieces, weighed] = [pool("a", 3, null), pool("w", 2, 100)];
  const situation = situationOf(cart([]), facts([]), NOON, UTC, [pieces, weighed]);

  test("opens at list prices and returns to them", () => {
    const fresh = { money: [3000, 2000], layerMoney: [3000, 2000], paid: [3, 0], codeUsed: [0, 0] };
    const ledger = openLedger(situation);
    expect(ledger).toEqual(fresh);
    for (const row of [ledger.money, ledger.layerMoney, ledger.paid, ledger.codeUsed]) row.fill(7);
    resetLedger(ledger, situation);
    expect(ledger).toEqual(fresh);
  });

  test("a lowest price holds for each paid unit, of weighed goods for their quantity, but at least a kopeck", () => {
    expect([floorOf(pieces, 2, 150), floorOf(pieces, 0, 150), floorOf(pieces, 3, 0)]).toEqual([300, 0, 0]);
    expect([floorOf(weighed, 0, 150), floorOf(weighed, 0, 0)]).toEqual([300, 0]);
    expect(floorOf({ ...weighed, quantity: 100 }, 0, 1)).toBe(1);
    expect(floorOf({ ...weighed, quantity: 1500 }, 0, 1)).toBe(2);
  });
});
