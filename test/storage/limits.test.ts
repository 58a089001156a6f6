// Limits count confirmed orders, give back cancelled ones once, and are read without being taken.
import { expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { codeFactsOfList, forgetUses, limitFacts, NOBODY, usesOfPromotion } from "../../src/flows/index.ts";
import { type StoredPromoCode, savePromoCodes, usesOfCodes } from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";
import { cancel, confirm, counterOf, NOON, rulesOf, rulesWith } from "../support/limits.ts";

forEachEngine("limits", (engine) => {
  let orders = 0;
  const fresh = (): string => {
    orders += 1;
    return `order-${orders}`;
  };
  const only = (id: string) => ({ applied: { [id]: 1000 } });
  const rules = (id: string, limits: object, more: object = {}) =>
    rulesOf(engine.database, { promotions: [{ id, name: id, then: [{ percent: 10 }], limits, ...more }] });
  const left = async (shelved: Awaited<ReturnType<typeof rules>>, id: string, asker: object = {}) =>
    (
      await engine.database.read((tx) =>
        limitFacts(tx, shelved, {
          customerKey: null,
          foldedCode: null,
          promotionOfCode: null,
          at: NOON,
          ...asker,
        }),
      )
    ).get(id);

  test("as many orders as the limit says are confirmed, and the next is told which limit is reached", async () => {
    const shelved = await rules("two", { uses: 2 });
    expect(await left(shelved, "two")).toEqual({ usesLeft: 2, budgetLeft: null });
    const outcomes = [];
    for (let each = 0; each < 3; each += 1)
      outcomes.push(await confirm(engine.database, { orderId: fresh(), shelved, ...only("two") }));
    expect(outcomes).toMatchObject([
      { kind: "claimed" },
      { kind: "claimed" },
      { kind: "refused", promotionId: "two", limit: "uses" },
    ]);
    expect(await counterOf(engine.database, { promotionId: "two" })).toEqual({ uses: 2, spent: 2000 });
    expect(await left(shelved, "two")).toEqual({ usesLeft: 0, budgetLeft: null });
  });

  test("an order confirmed twice is one use", async () => {
    const shelved = await rules("same", { uses: 5 });
    const orderId = fresh();
    await confirm(engine.database, { orderId, shelved, ...only("same") });
    await confirm(engine.database, { orderId, shelved, ...only("same") });
    expect(await counterOf(engine.database, { promotionId: "same" })).toEqual({ uses: 1, spent: 1000 });
  });

  test("a cancelled order gives back once, whatever it is asked", async () => {
    const shelved = await rules("back", { uses: 1, budget: 10, usesPerCustomer: 1 });
    const orderId = fresh();
    const order = { orderId, shelved, customerKey: "id:1", ...only("back") };
    expect(await confirm(engine.database, order)).toMatchObject({ kind: "claimed" });
    expect(await cancel(engine.database, orderId)).toEqual({ kind: "released", promotions: ["back"] });
    expect(await cancel(engine.database, orderId)).toEqual({ kind: "unchanged" });
    expect(await cancel(engine.database, "never placed")).toEqual({ kind: "unchanged" });
    const counter = { promotionId: "back" };
    expect(await counterOf(engine.database, counter)).toEqual({ uses: 0, spent: 0 });
    expect(await confirm(engine.database, { ...order, orderId: fresh() })).toMatchObject({ kind: "claimed" });
    expect(await counterOf(engine.database, counter)).toEqual({ uses: 1, spent: 1000 });
  });

  test("a refusal takes nothing of the limits that were not reached", async () => {
    const shelved = await rulesOf(engine.database, {
      promotions: [
        { id: "wide", name: "W", then: [{ percent: 5 }], limits: { uses: 100, usesPerCustomer: 100 } },
        { id: "narrow", name: "N", then: [{ percent: 5 }], limits: { uses: 1 } },
      ],
    });
    const applied = { wide: 500, narrow: 500 };
    await confirm(engine.database, { orderId: fresh(), shelved, applied, customerKey: "id:7" });
    expect(
      await confirm(engine.database, { orderId: fresh(), shelved, applied, customerKey: "id:8" }),
    ).toEqual({ kind: "refused", promotionId: "narrow", limit: "uses" });
    expect(await counterOf(engine.database, { promotionId: "wide" })).toEqual({ uses: 1, spent: 500 });
  });

  test("a budget is spent to the kopeck and never beyond", async () => {
    const shelved = await rules("money", { budget: "25.00" });
    const spend = (amount: number) =>
      confirm(engine.database, { orderId: fresh(), shelved, applied: { money: amount } });
    expect(await spend(2501)).toMatchObject({ kind: "refused", limit: "budget" });
    expect(await spend(1500)).toMatchObject({ kind: "claimed" });
    expect(await left(shelved, "money")).toEqual({ usesLeft: null, budgetLeft: 1000 });
    expect(await spend(1001)).toMatchObject({ kind: "refused", limit: "budget" });
    expect(await spend(1000)).toMatchObject({ kind: "claimed" });
    expect(await counterOf(engine.database, { promotionId: "money" })).toEqual({ uses: 2, spent: 2500 });
  });

  test("customers are counted one by one, and orders that name nobody as one", async () => {
    const shelved = await rules("each", { usesPerCustomer: 1 });
    const of = (customerKey: string | null) =>
      confirm(engine.database, { orderId: fresh(), shelved, customerKey, ...only("each") });
    for (const key of ["id:1", "id:2", null]) {
      expect(await of(key)).toMatchObject({ kind: "claimed" });
      expect(await of(key)).toMatchObject({ kind: "refused", limit: "usesPerCustomer" });
    }
    expect(await left(shelved, "each", { customerKey: "id:1" })).toMatchObject({ usesLeft: 0 });
    expect(await left(shelved, "each", { customerKey: NOBODY })).toMatchObject({ usesLeft: 0 });
    expect(await left(shelved, "each", { customerKey: "id:3" })).toMatchObject({ usesLeft: 1 });
    expect(await left(shelved, "each")).toMatchObject({ usesLeft: 1 });
  });

  test("a period counts anew when it begins in the shop's zone, and gives back to where it took", async () => {
    const shelved = await rules("daily", { uses: 3, periods: [{ per: "day", uses: 1 }] });
    const midnight = Date.UTC(2026, 10, 22, 21);
    const at = (instant: number, orderId = fresh()) =>
      confirm(engine.database, { orderId, shelved, at: instant, ...only("daily") });
    const first = fresh();
    expect(await at(NOON, first)).toMatchObject({ kind: "claimed" });
    expect(await at(midnight - 1)).toMatchObject({ kind: "refused", limit: "uses" });
    expect(await at(midnight)).toMatchObject({ kind: "claimed" });
    expect(await left(shelved, "daily", { at: midnight })).toMatchObject({ usesLeft: 0 });
    expect(await left(shelved, "daily", { at: midnight + 86_400_000 })).toMatchObject({ usesLeft: 1 });
    await cancel(engine.database, first, midnight + 5);
    expect(await left(shelved, "daily", { at: midnight })).toMatchObject({ usesLeft: 0 });
    expect(await left(shelved, "daily", { at: NOON })).toMatchObject({ usesLeft: 1 });
    expect(await counterOf(engine.database, { promotionId: "daily" })).toEqual({ uses: 1, spent: 1000 });
  });

  test("a code is used as often as it says itself, else as its promotion says", async () => {
    const shelved = await rules("coded", { usesPerCode: 2 }, { codes: { list: ["LISTED"] } });
    const code = (folded: string, usesPerCode: number | null): StoredPromoCode => ({
      folded,
      code: folded,
      promotionId: "coded",
      state: "free",
      batch: "b",
      validUntil: null,
      createdAt: 0,
      usesPerCode,
      customerId: null,
      place: 1,
    });
    await engine.database.transaction((tx) => savePromoCodes(tx, [code("single", 1), code("plain", null)]));
    const use = (foldedCode: string) =>
      confirm(engine.database, { orderId: fresh(), shelved, foldedCode, ...only("coded") });
    for (const [folded, most] of [
      ["single", 1],
      ["plain", 2],
      ["listed", 2],
    ] as const) {
      for (let each = 0; each < most; each += 1) expect(await use(folded)).toMatchObject({ kind: "claimed" });
      expect(await use(folded)).toEqual({ kind: "refused", promotionId: "coded", limit: "usesPerCode" });
    }
    expect(codeFactsOfList("LISTED", shelved.rules)?.promotionId).toBe("coded");
  });

  test("what is used and left is told, of people only how many", async () => {
    const limits = {
      uses: 5,
      budget: 100,
      periods: [{ per: "day" as const, usesPerCustomer: 1, usesPerCode: 2 }],
    };
    const shelved = await rules("told", limits, { codes: { list: ["told"] } });
    const house = { ...houseOver(engine.database), now: () => instant(NOON) };
    for (const customerKey of ["id:1", "id:2"])
      await confirm(engine.database, {
        orderId: fresh(),
        shelved,
        customerKey,
        foldedCode: "told",
        ...only("told"),
      });
    const gone = fresh();
    await confirm(engine.database, { orderId: gone, shelved, at: NOON - 86_400_000, ...only("told") });
    await cancel(engine.database, gone);
    const day = { period: "day 2026-11-22", left: null };
    expect(await usesOfPromotion(house, shelved, "told")).toEqual({
      promotionId: "told",
      orders: 2,
      spent: 2000,
      limits: [
        { limit: "uses", period: null, most: 5, used: 2, left: 3, exhausted: null },
        { limit: "budget", period: null, most: 10_000, used: 2000, left: 8000, exhausted: null },
        { limit: "usesPerCustomer", ...day, most: 1, used: 2, exhausted: 2 },
        { limit: "usesPerCode", ...day, most: 2, used: 1, exhausted: 1 },
      ],
    });
    expect(await usesOfPromotion(house, shelved, "none")).toBeNull();
    expect(await engine.database.read((tx) => usesOfCodes(tx, ["told", "nothing"]))).toEqual(
      new Map([["told", 2]]),
    );
  });

  test("counters of periods are forgotten half a year after their end, and cancelling then still works", async () => {
    const shelved = await rules("past", { uses: 9, periods: [{ per: "day", uses: 9 }] });
    const orderId = fresh();
    await confirm(engine.database, { orderId, shelved, ...only("past") });
    const day = { promotionId: "past", period: "day 2026-11-22" };
    const later = (days: number) => ({
      ...houseOver(engine.database),
      now: () => instant(NOON + days * 86_400_000),
    });
    await forgetUses(later(180));
    expect(await counterOf(engine.database, day)).toBeDefined();
    expect((await forgetUses(later(181))).counters).toBeGreaterThan(0);
    expect(await counterOf(engine.database, day)).toBeUndefined();
    expect(await cancel(engine.database, orderId)).toMatchObject({ kind: "released" });
    expect(await counterOf(engine.database, { promotionId: "past" })).toEqual({ uses: 0, spent: 0 });
  });

  test("a promotion without limits touches no row that orders share", async () => {
    const shelved = await rulesWith(engine.database, {}, { id: "free" });
    const orderId = fresh();
    await confirm(engine.database, { orderId, shelved, ...only("free") });
    expect(await counterOf(engine.database, { promotionId: "free" })).toBeUndefined();
    expect(await cancel(engine.database, orderId)).toEqual({ kind: "released", promotions: ["free"] });
  });

  test("rules without limits are read without a statement", async () => {
    const shelved = await rulesWith(
      engine.database,
      { perOrder: 2 },
      { then: [{ nForM: { take: 2, pay: 1 } }] },
    );
    const silent = new Proxy({} as never, {
      get: () => {
        throw new Error("a statement was made");
      },
    });
    const asker = { customerKey: "id:1", foldedCode: null, promotionOfCode: null, at: NOON };
    expect([...(await limitFacts(silent, shelved, asker))]).toEqual([
      ["p", { usesLeft: null, budgetLeft: null }],
    ]);
  });

  test("orders of one split cart are one use, and each takes its own part of the budget", async () => {
    const shelved = await rules("parts", { uses: 1, budget: 30, usesPerCustomer: 1 });
    const [first, second, stranger] = [fresh(), fresh(), fresh()];
    const part = { shelved, customerKey: "id:7" };
    const money = (amount: number) => ({ applied: { parts: amount } });
    await confirm(engine.database, { orderId: first, ...part, ...money(1000) });
    // The other half of the cart may never come: nothing is taken for it beforehand.
    expect(await counterOf(engine.database, { promotionId: "parts" })).toEqual({ uses: 1, spent: 1000 });
    const both = { orderId: second, ...part, ...money(1500), heldSince: NOON };
    expect(await confirm(engine.database, both)).toEqual({ kind: "claimed" });
    expect(await counterOf(engine.database, { promotionId: "parts" })).toEqual({ uses: 1, spent: 2500 });
    const third = await confirm(engine.database, {
      orderId: fresh(),
      ...part,
      ...money(501),
      heldSince: NOON,
    });
    expect(third).toMatchObject({ kind: "refused", limit: "budget" });
    expect(await confirm(engine.database, { orderId: stranger, shelved, ...money(1) })).toMatchObject({
      limit: "uses",
    });
    // The use passes to the part that stays; its money comes back at once.
    await cancel(engine.database, first, NOON, [second]);
    for (const of of [{}, { kind: "customer", subject: "id:7" }])
      expect(await counterOf(engine.database, { promotionId: "parts", ...of })).toEqual({
        uses: 1,
        spent: 1500,
      });
    expect(await cancel(engine.database, first, NOON, [second])).toEqual({ kind: "unchanged" });
    await cancel(engine.database, second);
    for (const of of [{}, { kind: "customer", subject: "id:7" }])
      expect(await counterOf(engine.database, { promotionId: "parts", ...of })).toEqual({
        uses: 0,
        spent: 0,
      });
  });

  test("a part that only took money gives only money back, and an heir that took nothing of it inherits nothing", async () => {
    const shelved = await rules("heirs", { uses: 5, budget: 100 });
    const [first, second, other] = [fresh(), fresh(), fresh()];
    await confirm(engine.database, { orderId: first, shelved, ...only("heirs") });
    await confirm(engine.database, { orderId: second, shelved, ...only("heirs"), heldSince: NOON });
    await cancel(engine.database, second, NOON, [first, other]);
    expect(await counterOf(engine.database, { promotionId: "heirs" })).toEqual({ uses: 1, spent: 1000 });
    await cancel(engine.database, first, NOON, [other, second]);
    expect(await counterOf(engine.database, { promotionId: "heirs" })).toEqual({ uses: 0, spent: 0 });
  });

  test("a part that comes after midnight is counted on the day of its cart's first, and so gives back", async () => {
    const shelved = await rules("midnight", { periods: [{ per: "day", uses: 9, budget: 100 }] });
    const [first, second] = [fresh(), fresh()];
    const today = { promotionId: "midnight", period: "day 2026-11-22" };
    await confirm(engine.database, { orderId: first, shelved, ...only("midnight") });
    const late = { orderId: second, shelved, ...only("midnight"), at: NOON + 86_400_000, heldSince: NOON };
    await confirm(engine.database, late);
    expect(await counterOf(engine.database, today)).toEqual({ uses: 1, spent: 2000 });
    expect(
      await counterOf(engine.database, { promotionId: "midnight", period: "day 2026-11-23" }),
    ).toBeUndefined();
    await cancel(engine.database, first, NOON, [second]);
    expect(await counterOf(engine.database, today)).toEqual({ uses: 1, spent: 1000 });
    await cancel(engine.database, second);
    expect(await counterOf(engine.database, today)).toEqual({ uses: 0, spent: 0 });
  });
});
