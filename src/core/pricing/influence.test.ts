// Which promotions may make a cart dearer by joining: those are tried both ways, and no others.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardFor, influenceOn } from "../../../test/support/boards.ts";
import { anyContest, RUNS, type World } from "../../../test/support/carts.ts";
import { LONG, SEED } from "../../../test/support/laws.ts";
import { cart, facts, line, offer } from "../../../test/support/shop.ts";
import { bps, minor } from "../money/index.ts";
import type { Effect, Offer, PromotionDocument } from "./index.ts";
import { componentsOf } from "./influence.ts";
import type { Slot } from "./slot.ts";
import { runTrial } from "./trial.ts";

const OFFERS = [offer("a", 100), offer("b", 50), offer("c", 20)];

/** Promotions named by their letters; each acts on the offers named, or on everything. */
type Set = Readonly<Record<string, Omit<Partial<PromotionDocument>, "scope"> & { readonly on?: string }>>;

const TEN: Effect = { percent: 10 };
const FREE: Effect = { nForM: { take: 2, pay: 1 } };
const ACROSS: Effect = { nForM: { take: 2, pay: 1, across: "scope" } };
const OFF: Effect = { amount: 5 };
const later = { combining: { layer: 1 } };
const reached = { ...later, when: [{ sum: { atLeast: 1 } }] };

interface Case {
  readonly offers?: readonly Offer[];
  readonly code?: string;
  /** Money that is left for q, kopecks. */
  readonly budget?: number;
  /** Ids of those that may apply; all unless said. */
  readonly candidates?: string;
}

/** What may spoil what; three of each of the goods lie in the cart. */
function influenceOf(set: Set, { offers = OFFERS, code, budget, candidates }: Case = {}) {
  const promotions = Object.entries(set).map(
    ([id, { on, ...more }]): PromotionDocument => ({
      id,
      name: id,
      then: [TEN],
      ...(on === undefined ? {} : { scope: { offers: [...on] } }),
      ...more,
    }),
  );
  const asked = cart(
    offers.map(({ id }) => line(id, 3)),
    { code: code ?? null },
  );
  const limits = new Map(budget === undefined ? [] : [["q", { usesLeft: null, budgetLeft: minor(budget) }]]);
  const board = boardFor(asked, facts(offers, { limits }), promotions);
  const influence = influenceOn(board, candidates?.split(""));
  const idOf = (index: number): string => board.play.slots[index]?.rule.id ?? "";
  const ids = board.play.slots.flatMap((_, index) => (influence.influencers.has(index) ? [idOf(index)] : []));
  return { ids: ids.join(""), clusters: influence.clusters.map((cluster) => cluster.map(idOf).join("")) };
}

/** Ids of the promotions to be tried both ways, in turn. */
const triedBothWays = (set: Set, more: Case = {}): string => influenceOf(set, more).ids;

describe("taken outright are", () => {
  test.each<[string, Set]>([
    ["percentages one after another", { p: {}, q: {}, r: later }],
    [
      "amounts off units and lines after percentages",
      { p: {}, q: { then: [{ amount: 5, per: "unit" }] }, r: { then: [{ amount: 1, per: "line" }] } },
    ],
    ["free units after percentages", { p: {}, q: { then: [FREE] } }],
    ["percentages after free units", { p: { then: [FREE] }, q: later }],
    ["an amount off the cart after percentages", { p: {}, q: { then: [OFF] } }],
    [
      "several amounts off the whole cart",
      { p: {}, q: { then: [OFF] }, r: { then: [OFF] }, s: { then: [OFF], ...later } },
    ],
    [
      "an amount off goods that no amount touched",
      { p: {}, q: { then: [OFF], on: "a" }, r: { then: [OFF], on: "b" } },
    ],
    ["percentages after an amount off goods that nothing touched", { q: { then: [OFF] }, r: later }],
    [
      "percentages on other goods than a shared amount",
      { p: {}, q: { then: [OFF], on: "ab" }, r: { ...later, on: "c" } },
    ],
    [
      "units across goods that nothing touched",
      { p: { on: "a" }, q: { then: [{ nForM: { take: 2, pay: 1, across: "scope" } }], on: "bc" } },
    ],
    [
      "what is before units across goods is not asked for what is after",
      { q: { then: [{ nForM: { take: 2, pay: 1, across: "scope" } }] }, r: later },
    ],
    [
      "what is to save from a sum on that stands with everything taken",
      { p: {}, q: { ...later, when: [{ sum: { atLeast: 450 } }] } },
    ],
    [
      "what is to save from a sum on that is not reached at list",
      { p: {}, q: { ...later, when: [{ sum: { atLeast: 511 } }] } },
    ],
    [
      "a gift of no declared worth from a sum on",
      { p: {}, q: { ...later, when: [{ sum: { atLeast: 500 } }], then: [{ gifts: [{ offer: "c" }] }] } },
    ],
    [
      "what is to save from a sum at list on",
      { p: {}, q: { ...later, when: [{ sum: { atLeast: 500, measured: "list" } }] } },
    ],
    [
      "what is to save from a sum of all on, though an amount is shared unevenly",
      { p: { on: "a" }, q: { then: [OFF], on: "ab" }, r: { ...reached, on: "c" } },
    ],
    ["a sum in the first layer", { p: {}, q: { when: [{ sum: { atMost: 1000 } }] } }],
    [
      "gifts before a sum",
      { p: { then: [{ gifts: [{ offer: "c" }] }] }, q: { ...later, when: [{ sum: { atMost: 1000 } }] } },
    ],
  ])("%s", (_, set) => {
    expect(influenceOf(set)).toEqual({ ids: "", clusters: [] });
  });

  test("those that may not apply anyway, and what only they would spoil", () => {
    const set: Set = { o: {}, p: {}, q: { then: [ACROSS] } };
    expect(triedBothWays(set)).toBe("op");
    expect(triedBothWays(set, { candidates: "pq" })).toBe("p");
    expect(influenceOf(set, { candidates: "op" })).toEqual({ ids: "", clusters: [] });
  });
});

describe("tried both ways are", () => {
  test.each<[string, Set, string]>([
    [
      "free units before what counts units",
      { p: { then: [FREE] }, q: { ...later, caps: { perUnit: 9 } } },
      "p",
    ],
    [
      "free units before free units",
      { p: { then: [FREE], on: "a" }, q: { then: [FREE] }, r: { then: [FREE], on: "b" } },
      "pq",
    ],
    [
      "an amount shared unevenly, before a percentage of a part",
      { p: { on: "a" }, q: { then: [OFF] }, r: { ...later, on: "b" } },
      "pq",
    ],
    [
      "all that reaches such goods by way of others",
      { p: { on: "a" }, q: { then: [OFF], on: "ab" }, r: { ...later, on: "b" } },
      "pq",
    ],
    [
      "but nothing on other goods",
      { o: { on: "c" }, p: { on: "a" }, q: { then: [OFF], on: "ab" }, r: { ...later, on: "b" } },
      "pq",
    ],
    [
      "what comes before units across goods",
      { p: { on: "a" }, q: { then: [{ nForM: { take: 2, pay: 1, across: "scope" } }] } },
      "p",
    ],
    [
      "what comes before a kit",
      { p: {}, q: { then: [{ kit: { parts: [{ of: { offers: ["a"] }, quantity: 1 }], percent: 5 } }] } },
      "p",
    ],
    ["what comes before whole roubles", { p: {}, q: { ...later, rounding: "rouble" } }, "p"],
    ["what comes before what an order limits", { p: {}, q: { ...later, caps: { perOrder: 9 } } }, "p"],
    [
      "an amount off a part of what an amount was shared over",
      { p: {}, q: { then: [OFF] }, r: { then: [OFF], on: "a" } },
      "pq",
    ],
    [
      "an amount up to a cap after a shared amount",
      { p: {}, q: { then: [OFF] }, r: { then: [OFF], caps: { perUnit: 1 } } },
      "pq",
    ],
    [
      "what spoils a sum from which something saves",
      { p: {}, q: { ...later, when: [{ sum: { atLeast: 500 } }] } },
      "p",
    ],
    [
      "what spoils a sum from which a gift of worth is given",
      {
        p: {},
        q: { ...later, when: [{ sum: { atLeast: 500 } }], worth: 5, then: [{ gifts: [{ offer: "c" }] }] },
      },
      "p",
    ],
    [
      "what reaches a sum up to which something saves",
      { p: {}, q: { ...later, when: [{ sum: { atMost: 500 } }] } },
      "p",
    ],
    [
      "what spoils a sum, on whichever goods, but nothing of its own layer",
      {
        p: { on: "c" },
        q: { ...later, on: "a", when: [{ sum: { atLeast: 506 } }] },
        r: { ...later, on: "b" },
      },
      "p",
    ],
    [
      "what moves a sum of some goods, once amounts are shared unevenly",
      {
        p: { on: "a" },
        q: { then: [OFF], on: "ab" },
        r: { ...later, on: "c", when: [{ sum: { atLeast: 1, of: { offers: ["b"] } } }] },
      },
      "pq",
    ],
  ])("%s", (_, set, ids) => {
    expect(triedBothWays(set)).toBe(ids);
  });

  test("amounts by code where the catalogue limits codes", () => {
    const set: Set = { p: {}, q: { then: [OFF] }, r: { then: [OFF], codes: { list: ["R"] } } };
    expect(triedBothWays(set, { code: "R" })).toBe("");
    const limited = OFFERS.map((each) => ({ ...each, codeCap: each.id === "b" ? bps(500) : null }));
    expect(triedBothWays(set, { offers: limited, code: "R" })).toBe("pq");
  });
});

/** True when no promotion that is taken outright makes any choice of the others dearer. */
function staysCheap(
  { cart: asked, facts: known, promotions }: World,
  picked: number,
  claim: (influencers: ReadonlySet<number>) => ReadonlySet<number>,
): boolean {
  const tame = promotions.map(({ combining, ...rest }): PromotionDocument => {
    return { ...rest, combining: { layer: combining?.layer ?? 0 } };
  });
  const board = boardFor(asked, known, tame);
  const influencers = claim(influenceOn(board).influencers);
  const flags = Uint8Array.from(board.play.slots, (_, index) => (picked >> index) % 2);
  for (let index = 0; index < flags.length; index += 1) {
    if (influencers.has(index)) continue;
    flags[index] = 0;
    const without = runTrial(board.play, flags);
    flags[index] = 1;
    if (runTrial(board.play, flags) < without) return false;
    flags[index] = (picked >> index) % 2;
  }
  return true;
}

describe("the lemma: a promotion taken outright never makes the cart dearer", () => {
  const anyCase = fc.tuple(anyContest(6), fc.integer({ min: 0, max: 63 }));

  test("whichever others apply", LONG, () => {
    fc.assert(
      fc.property(anyCase, ([world, picked]) => staysCheap(world, picked, (influencers) => influencers)),
      { numRuns: Math.max(300, RUNS / 4) },
    );
  });

  test("catches one that takes everything outright", () => {
    const law = fc.property(anyCase, ([world, picked]) => staysCheap(world, picked, () => new Set()));
    expect(fc.check(law, { numRuns: 3000, seed: SEED }).failed).toBe(true);
  });
});

describe("a budget", () => {
  test("makes what comes before a discount matter, and nothing before a gift", () => {
    expect(triedBothWays({ p: {}, q: later }, { budget: 100 })).toBe("p");
    const gift: Effect = { gifts: [{ offer: "c" }] };
    expect(influenceOf({ p: {}, q: { ...later, then: [gift] } }, { budget: 100 }).clusters).toEqual([]);
  });
});

describe("components", () => {
  const slotsOf = (): readonly Slot[] =>
    boardFor(cart(OFFERS.map(({ id }) => line(id))), facts(OFFERS), [
      { id: "p", name: "p", then: [TEN], scope: { offers: ["a"] } },
      { id: "q", name: "q", then: [TEN], scope: { offers: ["b"] } },
      { id: "r", name: "r", then: [TEN], scope: { offers: ["c"] } },
      { id: "s", name: "s", then: [TEN], scope: { offers: ["c"] } },
    ]).play.slots;
  const all = [0, 1, 2, 3];

  test("are what shares goods, conflicts or spoils the same", () => {
    const slots = slotsOf();
    expect(componentsOf(all, slots, null, [])).toEqual([[0], [1], [2, 3]]);
    expect(componentsOf(all, slots, [[1], [0], [], []], [])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(componentsOf(all, slots, null, [[2, 0]])).toEqual([[0, 2, 3], [1]]);
  });

  test("leave out what is decided, which joins nothing by its conflicts", () => {
    const slots = slotsOf();
    expect(componentsOf([0, 1, 3], slots, [[2], [2], [0, 1, 3], [2]], [])).toEqual([[0], [1], [3]]);
    expect(componentsOf([0, 1], slots, null, [[2, 1, 0]])).toEqual([[0, 1]]);
    expect(componentsOf([], slots, null, [[2, 1]])).toEqual([]);
  });
});
