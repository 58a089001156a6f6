// How much is tried before a change is promised: nothing where nothing could be found, and never more than is allowed.
import { describe, expect, test } from "vitest";
import { type PromiseStand, promiseStand, type Reason } from "../../../test/support/promise-stand.ts";
import { line } from "../../../test/support/shop.ts";
import { type Brief, SHOP } from "../../../test/support/small-shop.ts";
import { quantity } from "../money/index.ts";
import { giveHints } from "./hints.ts";
import type { PromotionDocument, Verdict } from "./index.ts";
import type { Slot } from "./slot.ts";

type When = PromotionDocument["when"];

const SUM: Brief = { id: "p", when: [{ sum: { atLeast: 300 } }] };
const APPLIED = { promotionId: "p", kind: "applied", amount: 0, lines: [], gifts: 0 } as unknown as Verdict;

describe("a promotion", () => {
  test("is looked for once", () => {
    const stand = promiseStand([SUM]);
    const promises = stand.promises();
    const found = promises.of(stand.locked("p", "condition"));
    expect(found).toEqual({
      unlock: { kind: "add_sum", amountMinor: 5000, path: "when[0].sum" },
      distance: 5000,
    });
    const tried = stand.tried();
    expect(tried).toBeGreaterThan(0);
    expect(promises.of(stand.locked("p", "condition"))).toBe(found);
    expect(stand.tried()).toBe(tried);
  });

  test("that is applied is promised nothing", () => {
    const stand = promiseStand([SUM]);
    const promises = stand.promises();
    const applied = { ...stand.locked("p", "condition"), verdict: APPLIED };
    expect(promises.of(applied)).toBeNull();
    expect(promises.leastDistance(applied)).toBe(Number.POSITIVE_INFINITY);
    expect(promises.tell(applied, APPLIED, [])).toBe(APPLIED);
    expect(stand.tried()).toBe(0);
  });

  test("is promised nothing where the choice made may not be the best", () => {
    const stand = promiseStand([SUM]);
    const promises = stand.promises([], false);
    const locked = stand.locked("p", "condition");
    expect(promises.of(locked)).toBeNull();
    expect(promises.leastDistance(locked)).toBe(Number.POSITIVE_INFINITY);
    expect(promises.tell(locked, locked.verdict, [])).toBe(locked.verdict);
    expect(stand.tried()).toBe(0);
  });
});

describe("changed carts tried are no more than the work allows", () => {
  const many = Array.from({ length: 60 }, (_, index): Brief => ({ ...SUM, id: `p${index}` }));
  const slots = (count: number): Slot[] =>
    new Array<Slot>(count).fill({ goods: [0, 1, 2, 3, 4, 5, 6] } as never);

  /** How many the search for changes of all promotions tries: while the shopper waits, and then at leisure. */
  function triedOf(count: number, detail: "full" | "every"): [number, number] {
    const stand = promiseStand(many);
    const promises = stand.promises(slots(count));
    for (const { id } of many.slice(0, 20)) promises.of(stand.locked(id, "condition"));
    const waiting = stand.tried();
    promises.readAtLeisure(detail);
    for (const { id } of many.slice(20)) promises.of(stand.locked(id, "condition"));
    return [waiting, stand.tried() - waiting];
  }

  test("the more promotions match and the more goods they act on, the fewer", () => {
    // Of 20 and 10 for each slot: 60,000 for an answer, 100,000 for a reader, 1,000,000 for one who asks for all.
    expect(triedOf(0, "full")).toEqual([40, 100]);
    expect(triedOf(600, "full")).toEqual([9, 16]);
    expect(triedOf(800, "full")).toEqual([7, 12]);
    expect(triedOf(2_000, "every")).toEqual([6, 49]);
    expect(triedOf(20_000, "full")).toEqual([6, 6]);
    expect(triedOf(20_000, "every")).toEqual([6, 12]);
  });

  test("and where they run out nothing more is promised", () => {
    const stand = promiseStand([...many, { id: "code", codes: { list: ["X"] } }]);
    const promises = stand.promises();
    for (const { id } of many) promises.of(stand.locked(id, "condition"));
    expect(promises.of(stand.locked("code", "code_not_entered"))).toBeNull();
    expect(promises.of(stand.locked("p59", "condition"))).toBeNull();
    expect(stand.promises().of(stand.locked("code", "code_not_entered"))).not.toBeNull();
  });
});

describe("the least that a change may cost", () => {
  const least = (when: When, reason: Reason = "condition"): number => {
    const stand = promiseStand([{ id: "p", ...(when === undefined ? {} : { when }) }]);
    const distance = stand.promises().leastDistance(stand.locked("p", reason));
    expect(stand.tried()).toBe(0);
    return distance;
  };
  const tea = { categories: ["tea"] };

  test("is the smallest sum that is missing", () => {
    expect(least([{ sum: { atLeast: 300 } }])).toBe(5000);
    expect(least([{ sum: { atLeast: 300 } }, { sum: { atLeast: 90, of: tea } }])).toBe(4000);
    expect(least([{ any: [{ sum: { atLeast: 900 } }, { sum: { atLeast: 310 } }] }])).toBe(6000);
    expect(least([{ sum: { atLeast: 300 } }], "audience")).toBe(5000);
    expect(least([{ sum: { atLeast: 300 } }], "no_goods")).toBe(5000);
  });

  test("is nothing where units or a customer may do, or other reasons stand in the way", () => {
    expect(least([{ quantity: { atLeast: 9 } }])).toBe(0);
    expect(least([{ any: [{ sum: { atLeast: 900 } }, { customer: { known: true } }] }])).toBe(0);
    expect(least([{ sum: { atLeast: 900 } }], "capped_to_zero")).toBe(0);
    expect(least([{ sum: { atLeast: 900 } }], "code_not_entered")).toBe(0);
  });

  test("is without bound where one thing cannot be mended", () => {
    expect(least([{ sum: { atLeast: 300 } }, { channels: ["seller"] }])).toBe(Number.POSITIVE_INFINITY);
    expect(least([{ channels: ["seller"] }], "audience")).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("nothing is tried", () => {
  function triesOf(stand: PromiseStand, reason: Reason): [tried: number, isFound: boolean] {
    const found = stand.promises().of(stand.locked("p", reason));
    return [stand.tried(), found !== null];
  }

  test("where one of the conditions cannot be mended", () => {
    const stand = promiseStand([{ id: "p", when: [{ sum: { atLeast: 300 } }, { channels: ["seller"] }] }]);
    expect(triesOf(stand, "condition")).toEqual([0, false]);
  });

  test("but more of the cheapest, more of the dearest and something new for a lack of units", () => {
    expect(triesOf(promiseStand([{ id: "p", when: [{ quantity: { atLeast: 4 } }] }]), "condition")).toEqual([
      3,
      true,
    ]);
  });

  test("where a kit lacks two parts", () => {
    const parts = ["b", "g", "h"].map((id) => ({ of: { offers: [id] }, quantity: 2 }));
    expect(
      triesOf(promiseStand([{ id: "p", then: [{ kit: { parts, percent: 10 } }] }]), "capped_to_zero"),
    ).toEqual([0, false]);
  });

  test("where a step is reached to the kopeck or the unit and gives nothing", () => {
    for (const [by, from] of [
      ["sum", 250],
      ["quantity", 3],
    ] as const) {
      const steps = { by, levels: [{ from, percent: 0 }] };
      expect(triesOf(promiseStand([{ id: "p", then: [{ steps }] }]), "capped_to_zero")).toEqual([0, false]);
    }
    const across: Brief = {
      id: "p",
      then: [{ nthCheaper: { every: 3, percent: 0, across: "scope" } }],
    };
    expect(triesOf(promiseStand([across]), "capped_to_zero")).toEqual([0, false]);
  });

  test("with goods that have units enough, are sold by weight or are out of stock", () => {
    const second: Brief = { id: "p", then: [{ nthCheaper: { every: 2, percent: 50 } }] };
    // Of a there are two already; only one more of b is tried.
    const stand = promiseStand([second]);
    expect(stand.promises().of(stand.locked("p", "capped_to_zero"))).toEqual({
      unlock: { kind: "add_quantity", quantity: 1, path: "then[0]", offerId: "b" },
      distance: 5000,
    });
    expect(stand.tried()).toBe(1);
    const weighed = promiseStand([second], { lines: [line("w", 0.3)] });
    expect(triesOf(weighed, "capped_to_zero")).toEqual([0, false]);
    const scarce = SHOP.map((each) => (each.id === "b" ? { ...each, stock: quantity(1000) } : each));
    const offers = new Map(scarce.map((each) => [each.id, each]));
    const last = promiseStand([second], { lines: [line("b")] }, { offers });
    expect(triesOf(last, "capped_to_zero")).toEqual([0, false]);
  });

  test("for a hint that cannot be nearer than the one known", () => {
    const hint = { ru: "Ещё {missing}", en: "{missing} more" };
    const lacking = (id: string, atLeast: number): Brief => ({
      id,
      when: [{ sum: { atLeast } }],
      texts: { hint },
    });
    const hinted = (ids: readonly string[]): [string | undefined, number] => {
      const stand = promiseStand([lacking("near", 300), lacking("same", 300), lacking("far", 310)]);
      const findings = ids.map((id) => stand.locked(id, "condition"));
      const notice = giveHints(findings, stand.promises(), stand.calculation.situation, []);
      return [notice?.promotionId, stand.tried()];
    };
    const alone = hinted(["near"]);
    expect(alone[0]).toBe("near");
    expect(hinted(["far", "same", "near"])).toEqual(["same", alone[1]]);
    expect(hinted(["near", "far", "same"])).toEqual(alone);
  });
});
