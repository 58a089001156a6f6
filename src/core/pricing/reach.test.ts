// What a promotion can take at the very most: never less than it takes beside any others, and to the kopeck where it can be told.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardFor, flagsOf, reachesOn } from "../../../test/support/boards.ts";
import { anyContest, RUNS, type World } from "../../../test/support/carts.ts";
import { LONG, SEED } from "../../../test/support/laws.ts";
import { cart, facts, line, offer } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import type { Effect, PromotionDocument } from "./index.ts";
import type { Reach } from "./reach.ts";
import type { Slot } from "./slot.ts";
import { runTrial } from "./trial.ts";

type Rest = Omit<Partial<PromotionDocument>, "then">;

const OFFERS = [offer("a", 100), offer("b", 30), offer("free", 0), offer("w", 200, { step: quantity(100) })];

/** The reach of the first promotion on three of a, two of b, one that costs nothing and half a kilogram of w. */
function reachOf(then: readonly Effect[], more: Rest = {}, others: readonly PromotionDocument[] = []): Reach {
  const lines = [line("a", 3), line("b", 2), line("free", 1), line("w", 0.5)];
  const board = boardFor(cart(lines), facts(OFFERS), [{ id: "p", name: "p", then, ...more }, ...others]);
  const place = board.play.slots.findIndex(({ rule }) => rule.id === "p");
  return reachesOn(board)[place] as Reach;
}

const A: Rest = { scope: { offers: ["a"] } };
const W: Rest = { scope: { offers: ["w"] } };
const AB: Rest = { scope: { offers: ["a", "b"] } };
const free = (take: number, pay: number, across: "offer" | "scope" = "offer"): Effect => ({
  nForM: { take, pay, across },
});
const FREES: PromotionDocument = { id: "q", name: "q", then: [free(2, 1)], ...AB };

describe("the reach of a promotion", () => {
  test("of a percentage is its share of each of the goods", () => {
    expect(reachOf([{ percent: 10 }])).toEqual({
      shares: [0.1, 0.1, 0.1, 0.1].map((share) => expect.closeTo(share, 9)),
      across: 0,
      amount: 0,
      most: 4600 + 4,
      slack: 4,
      isPure: true,
    });
  });

  test("of several percentages is what they leave of each other", () => {
    const { shares, most, slack } = reachOf([{ percent: 10 }, { percent: 20 }], A);
    expect(shares).toEqual([expect.closeTo(0.28, 9)]);
    expect(most).toBe(3000 + 1 + 6000 + 1);
    expect(slack).toBe(2);
  });

  test("of a fixed price is the share that it takes at list, also by weight", () => {
    expect(reachOf([{ fixedPrice: 60 }], A).shares).toEqual([expect.closeTo(0.4, 9)]);
    expect(reachOf([{ fixedPrice: 50 }], W).shares).toEqual([expect.closeTo(0.75, 9)]);
    expect(reachOf([{ fixedPrice: 500 }]).shares).toEqual([0, 0, 0, 0]);
    expect(reachOf([{ fixedPrice: 500 }])).toMatchObject({ amount: 0, across: 0, isPure: true });
  });

  test("of free units is the share of them, as many as make whole groups", () => {
    expect(reachOf([free(2, 1)], AB).shares).toEqual([expect.closeTo(1 / 3, 9), 0.5]);
    expect(reachOf([free(3, 1)], AB).shares).toEqual([expect.closeTo(2 / 3, 9), 0]);
    expect(reachOf([free(2, 1)], W).shares).toEqual([0]);
  });

  test("of free units beside others that free some is the share of a group", () => {
    expect(reachOf([free(2, 1)], AB, [FREES]).shares).toEqual([0.5, 0.5]);
    expect(reachOf([free(3, 2)], AB, [FREES]).shares).toEqual([expect.closeTo(1 / 3, 9), 0]);
    const far = { ...FREES, then: [free(4, 1)], ...AB };
    expect(reachOf([free(2, 1)], AB, [far]).shares).toEqual([expect.closeTo(1 / 3, 9), 0.5]);
  });

  test("of cheaper units is their part of the share", () => {
    const cheaper: Effect = { nthCheaper: { every: 2, percent: 30 } };
    expect(reachOf([cheaper], AB).shares).toEqual([expect.closeTo(0.1, 9), expect.closeTo(0.15, 9)]);
    expect(reachOf([cheaper], AB)).toMatchObject({ across: 0, amount: 0, isPure: true });
  });

  test("of units picked across goods is a share of all their money together", () => {
    expect(reachOf([free(4, 1, "scope")], AB)).toMatchObject({ shares: [0, 0], across: 0.75, isPure: false });
    const cheaper: Effect = { nthCheaper: { every: 4, percent: 30, across: "scope" } };
    expect(reachOf([cheaper], AB)).toMatchObject({ shares: [0, 0], across: 0.075, isPure: false });
    expect(reachOf([cheaper], AB).most).toBe(900 + 2);
  });

  test("of units picked across goods ignores floors: others may turn the choice to goods that these bind less", () => {
    const floor = { unitPrice: 25 };
    expect(reachOf([free(5, 4, "scope")], { ...AB, floor }).most).toBe(3000 + 2);
    const cheaper: Effect = { nthCheaper: { every: 5, percent: 50, across: "scope" } };
    expect(reachOf([cheaper], { ...AB, floor }).most).toBe(1500 + 2);
    const dearest: Effect = { nthCheaper: { every: 1, percent: 50 } };
    expect(reachOf([dearest], { ...AB, floor: { unitPrice: 90 }, limits: { perOrder: 1 } }).most).toBe(
      5000 + 2,
    );
    expect(reachOf([dearest], { ...AB, floor: { unitPrice: 90 } }).most).toBe(3000 + 2);
    const kit: Effect = { kit: { parts: [{ of: { offers: ["a"] }, quantity: 1 }], percent: 40 } };
    expect(reachOf([kit], { ...AB, floor: { unitPrice: 90 } }).most).toBe(12_000 + 2);
  });

  test("of units picked across goods, of which others may free the cheapest, is that of the next dear ones", () => {
    const cheaper = (every: number): Effect => ({ nthCheaper: { every, percent: 50, across: "scope" } });
    const freesB = { ...FREES, scope: { offers: ["b"] } };
    expect(reachOf([cheaper(4)], AB, [freesB]).most).toBe(1500 + 2);
    expect(reachOf([cheaper(4)], AB, [FREES]).most).toBe(5000 + 2);
    expect(reachOf([cheaper(2)], AB, [freesB]).most).toBe((3000 + 10_000) / 2 + 2);
    expect(reachOf([free(4, 3, "scope")], AB, [FREES]).most).toBe(10_000 + 2);
    const { most } = reachOf([cheaper(2)], { scope: { offers: ["b", "free"] } }, [freesB]);
    expect(most).toBe(1500 + 2);
  });

  test("of units picked across goods does not count what costs nothing", () => {
    const offers = [offer("a", 10), offer("z", 0)];
    const across: Effect = { nthCheaper: { every: 2, percent: 10, across: "scope" } };
    const board = boardFor(cart([line("a", 2), line("z", 3)]), facts(offers), [
      { id: "p", name: "p", then: [across] },
      { id: "q", name: "q", then: [free(3, 2)], scope: { offers: ["z"] } },
    ]);
    expect(reachesOn(board).map(({ most }) => most)).toContain(100 + 2);
  });

  test("of a kit at a price is everything, of one with a percentage its share", () => {
    const parts = [{ of: { offers: ["a"] }, quantity: 1 }];
    expect(reachOf([{ kit: { parts, price: 80 } }])).toMatchObject({
      across: 1,
      most: 6000 + 1,
      isPure: false,
    });
    expect(reachOf([{ kit: { parts, percent: 40 } }])).toMatchObject({ across: 0.4, most: 12_000 + 1 });
  });

  test("of amounts is these, once, for each line or for each unit", () => {
    expect(reachOf([{ amount: 5 }])).toMatchObject({ amount: 500, most: 504, isPure: false });
    expect(reachOf([{ amount: 5, per: "line" }], AB)).toMatchObject({ amount: 1000, most: 1002 });
    expect(reachOf([{ amount: 5, per: "unit" }], AB)).toMatchObject({ amount: 2500, most: 2502 });
    expect(reachOf([{ amount: 5.01, per: "unit" }], W)).toMatchObject({ amount: 251, most: 252 });
  });

  test("of steps is that of their best level", () => {
    const steps: Effect = {
      steps: {
        by: "quantity",
        levels: [
          { from: 1, percent: 30 },
          { from: 2, amount: 700 },
          { from: 3, percent: 20 },
        ],
      },
    };
    expect(reachOf([steps], A)).toMatchObject({
      shares: [expect.closeTo(0.3, 9)],
      amount: 70_000,
      most: 30_000 - 3 + 1,
      isPure: false,
    });
  });

  test("counts declared worth, and no more money than the promotion may take in an order", () => {
    expect(reachOf([{ percent: 10 }], { ...A, worth: 5 })).toMatchObject({
      amount: 500,
      most: 3001 + 500,
      isPure: false,
    });
    expect(reachOf([{ percent: 10 }], { ...A, caps: { perOrder: 12 } })).toMatchObject({
      amount: 0,
      most: 1200,
      isPure: false,
    });
    expect(reachOf([{ percent: 10 }], { ...A, caps: { perOrder: 300 } })).toMatchObject({ isPure: true });
    expect(reachOf([{ percent: 100 }], A).isPure).toBe(false);
  });
});

/** Money that each promotion found at its turn, and what it took, when all of a set apply. */
function judge(
  { cart: asked, facts: known, promotions }: World,
  picked: number,
  claim: (reach: Reach) => Reach,
): boolean {
  const board = boardFor(asked, known, promotions);
  const { play } = board;
  const reaches = reachesOn(board).map(claim);
  const flags = flagsOf(board).map((_, index) => (picked >> index) % 2);
  for (let index = 0; index < flags.length; index += 1) {
    if (flags[index] === 0) continue;
    runTrial(
      play,
      flags.map((flag, place) => (place < index ? flag : 0)),
    );
    const before = play.ledger.money.slice();
    runTrial(play, flags);
    const { goods, amount, isIn } = play.slots[index] as Slot;
    if (!isIn) continue;
    const { shares, across, amount: fixed, most, slack, isPure } = reaches[index] as Reach;
    const own = goods.map((pool) => before[pool] as number);
    const bySharesOnly = own.reduce((sum, money, place) => sum + money * (shares[place] as number), 0);
    const inAll = bySharesOnly + own.reduce((sum, money) => sum + money, 0) * across + fixed + slack / 2;
    if (amount > most || amount > inAll + 1e-6) return false;
    if (isPure && amount > bySharesOnly + slack / 2 + 1e-6) return false;
  }
  return true;
}

/** Sets of every promotion that has sets, so many to an order. */
function limited(world: World, perOrder: number): World {
  const hasSets = ({ then }: PromotionDocument): boolean =>
    then.some((effect) => "nForM" in effect || "nthCheaper" in effect || "kit" in effect);
  const promotions = world.promotions.map((each) =>
    hasSets(each) ? { ...each, limits: { perOrder } } : each,
  );
  return { ...world, promotions };
}

describe("no promotion takes more than its reach", () => {
  const anyCase = fc
    .tuple(
      anyContest(5),
      fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
      fc.integer({ min: 0, max: 31 }),
    )
    .map(([world, perOrder, picked]): [World, number] => [
      perOrder === undefined ? world : limited(world, perOrder),
      picked,
    ]);

  test("beside any others", LONG, () => {
    fc.assert(
      fc.property(anyCase, ([world, picked]) => judge(world, picked, (reach) => reach)),
      { numRuns: Math.max(200, RUNS / 5) },
    );
  });

  test.each([
    ["shares", (reach: Reach): Reach => ({ ...reach, shares: reach.shares.map((share) => share * 0.95) })],
    ["amounts", (reach: Reach): Reach => ({ ...reach, amount: reach.amount * 0.95 })],
    ["the most", (reach: Reach): Reach => ({ ...reach, most: reach.most * 0.95 })],
    ["shares across", (reach: Reach): Reach => ({ ...reach, across: 0 })],
  ])("catches one that understates %s", (_, claim) => {
    const law = fc.property(anyCase, ([world, picked]) => judge(world, picked, claim));
    expect(fc.check(law, { numRuns: 3000, seed: SEED }).failed).toBe(true);
  });
});
