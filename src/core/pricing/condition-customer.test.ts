// Conditions on the customer at their bounds: birthdays over the turn of the year, segments, tiers, orders, money spent.
import { describe, expect, test } from "vitest";
import { cart, customer, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { instant } from "../basics/index.ts";
import { minor } from "../money/index.ts";
import { type CustomerCondition, type CustomerFacts, price } from "./index.ts";

const OFFER = offer("a", 100);

/** True when a promotion for such customers applies to this one; null: an anonymous cart. */
function isMeant(
  condition: CustomerCondition,
  who: Partial<CustomerFacts> | null,
  at: number = NOON,
): boolean {
  const rules = rulesOf([
    { id: "p", name: "p", then: [{ percent: 10 }], audience: [{ customer: condition }] },
  ]);
  const known = facts([OFFER], { customer: who === null ? null : customer(who) });
  return price(cart([line("a")]), rules, known, instant(at)).steps.length === 1;
}

const onDay = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 9);

describe("a birthday", () => {
  const near = (birthday: string | null, at: number, daysBefore = 0, daysAfter = 0): boolean =>
    isMeant({ birthday: { daysBefore, daysAfter } }, { birthday }, at);

  test("is the day itself, or as many days before and after it as are said, and not one more", () => {
    const at = onDay(2026, 11, 21);
    expect(["11-20", "11-21", "11-22"].map((day) => near(day, at))).toEqual([false, true, false]);
    expect(["11-23", "11-24", "11-25"].map((day) => near(day, at, 3))).toEqual([true, true, false]);
    expect(["11-19", "11-18", "11-17"].map((day) => near(day, at, 0, 3))).toEqual([true, true, false]);
    expect(near("1990-11-21", at)).toBe(true);
  });

  test("is near over the turn of the year, both ways", () => {
    expect(near("12-31", onDay(2026, 1, 2), 0, 2)).toBe(true);
    expect(near("12-31", onDay(2026, 1, 3), 0, 2)).toBe(false);
    expect(near("01-01", onDay(2026, 12, 30), 2)).toBe(true);
    expect(near("01-01", onDay(2026, 12, 29), 2)).toBe(false);
  });

  test("of 29 February is 28 February in years without it, and no other day is moved", () => {
    expect(near("02-29", onDay(2026, 2, 28))).toBe(true);
    expect(near("02-29", onDay(2026, 3, 1))).toBe(false);
    expect(near("02-29", onDay(2028, 2, 29))).toBe(true);
    expect(near("02-29", onDay(2028, 2, 28))).toBe(false);
    expect(near("03-29", onDay(2026, 3, 29))).toBe(true);
    expect(near("03-29", onDay(2026, 3, 28))).toBe(false);
    expect(near("02-10", onDay(2026, 2, 10))).toBe(true);
    expect(near("02-27", onDay(2026, 2, 28))).toBe(false);
  });

  test("that is unknown or no date is never near", () => {
    const at = onDay(2026, 11, 21);
    for (const birthday of [null, "", "21.11", "x11-21", "11-21x", "19-11-21"]) {
      expect(near(birthday, at, 180, 180)).toBe(false);
    }
  });
});

describe("who is meant", () => {
  test("has one of the segments, and may have others", () => {
    const condition = { segments: ["vip", "new"] };
    expect(isMeant(condition, { segments: ["vip", "old"] })).toBe(true);
    expect(isMeant(condition, { segments: ["old"] })).toBe(false);
    expect(isMeant(condition, { segments: [] })).toBe(false);
    expect(isMeant(condition, null)).toBe(false);
  });

  test("is of one of the tiers; who has none is of none", () => {
    expect(isMeant({ tiers: ["gold", "silver"] }, { tier: "silver" })).toBe(true);
    expect(isMeant({ tiers: ["gold"] }, { tier: "silver" })).toBe(false);
    expect(isMeant({ tiers: ["null", "gold"] }, { tier: null })).toBe(false);
  });

  test("is everything that is asked, and not only some of it", () => {
    const condition = { segments: ["vip"], tiers: ["gold"] };
    expect(isMeant(condition, { segments: ["vip"], tier: "gold" })).toBe(true);
    expect(isMeant(condition, { segments: ["vip"], tier: "silver" })).toBe(false);
    expect(isMeant(condition, { segments: [], tier: "gold" })).toBe(false);
  });

  test("makes an order of a number between the bounds, both counted", () => {
    const condition = { orderNumber: { atLeast: 2, atMost: 3 } };
    const meant = [0, 1, 2, 3].map((orderCount) => isMeant(condition, { orderCount }));
    expect(meant).toEqual([false, true, true, false]);
    expect(isMeant(condition, { orderCount: null })).toBe(false);
    expect(isMeant({ orderNumber: { atMost: 1 } }, { orderCount: null })).toBe(false);
  });

  test("has spent a sum between the bounds, both counted; nothing where nothing is known", () => {
    const condition = { spent: { atLeast: 10, atMost: 20, days: 30 } };
    const meant = [999, 1000, 2000, 2001].map((sum) => isMeant(condition, { spent: { 30: minor(sum) } }));
    expect(meant).toEqual([false, true, true, false]);
    expect(isMeant(condition, { spent: { 7: minor(1500) } })).toBe(false);
    expect(isMeant({ spent: { atMost: 20, days: 30 } }, {})).toBe(true);
  });
});

test("signing in is promised for what a customer may be, and not where a customer is not wanted", () => {
  const unlockOf = (condition: CustomerCondition): unknown => {
    const promotions = [{ id: "p", name: "p", then: [{ percent: 10 }], audience: [{ customer: condition }] }];
    const quote = price(cart([line("a")]), rulesOf(promotions), facts([OFFER]), NOON, "every");
    const [verdict] = quote.verdicts;
    return verdict?.kind === "not_applied" ? verdict.unlock : verdict?.kind;
  };
  const signIn = { kind: "sign_in" };
  expect(unlockOf({ known: true })).toEqual(signIn);
  expect(unlockOf({ segments: ["vip", "new"], tiers: ["gold"] })).toEqual(signIn);
  expect(unlockOf({ birthday: { daysBefore: 0, daysAfter: 0 } })).toEqual(signIn);
  expect(unlockOf({ orderNumber: { atLeast: 3, atMost: 3 } })).toEqual(signIn);
  expect(unlockOf({ orderNumber: { atMost: 1 } })).toEqual(signIn);
  expect(unlockOf({ spent: { atLeast: 100, atMost: 100, days: 30 } })).toEqual(signIn);
  expect(unlockOf({ known: false })).toBe("applied");
});
