// How the money after a promotion depends on the money before it: what each kind claims, and that the claim is true.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boardFor } from "../../../test/support/boards.ts";
import { RUNS } from "../../../test/support/carts.ts";
import { LONG, SEED } from "../../../test/support/laws.ts";
import { anyPromotion } from "../../../test/support/promotions.ts";
import { cart, facts, line, offer, rulesOf } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import { applySlot } from "./application.ts";
import type { Effect, PromotionDocument } from "./index.ts";
import type { Manner } from "./rule.ts";

const GOODS = { offers: ["a-pan"] };
const TEN: Effect = { percent: 10 };
const OFF: Effect = { amount: 5 };
const FREE: Effect = { nForM: { take: 3, pay: 2 } };
const CHEAPER: Effect = { nthCheaper: { every: 2, percent: 50 } };
const KIT: Effect = { kit: { parts: [{ of: GOODS, quantity: 2 }], percent: 10 } };
const CODES = { codes: { list: ["C"] } };
const steps = (by: "sum" | "quantity", ...levels: { percent?: number; amount?: number }[]): Effect => ({
  steps: { by, levels: levels.map((level, index) => ({ from: index + 1, ...level })) },
});

type Rest = Omit<Partial<PromotionDocument>, "then">;

const KINDS: readonly (readonly [string, Manner, readonly Effect[], Rest?])[] = [
  ["a gift", "none", [{ gifts: [{ offer: "g" }] }]],
  ["a percentage", "share", [TEN]],
  ["a percentage by code", "share", [TEN], CODES],
  ["a percentage up to so much a line", "share", [TEN], { caps: { perLine: 5 } }],
  ["a percentage up to so much a unit", "unit", [TEN], { caps: { perUnit: 5 } }],
  ["a percentage down to a price", "unit", [TEN], { floor: { unitPrice: 5 } }],
  ["a percentage down to a share of the price", "unit", [TEN], { floor: { percentOfPrice: 5 } }],
  ["a percentage up to so much an order", "odd", [TEN], { caps: { perOrder: 5 } }],
  ["a percentage in whole roubles", "odd", [TEN], { rounding: "rouble" }],
  ["an amount off lines", "share", [{ amount: 5, per: "line" }]],
  ["an amount off units", "unit", [{ amount: 5, per: "unit" }]],
  ["a fixed price", "unit", [{ fixedPrice: 5 }]],
  ["two of one kind", "share", [TEN, TEN]],
  ["two of two kinds", "odd", [TEN, { fixedPrice: 5 }]],
  ["three for two", "free", [FREE]],
  ["three for two, twice", "odd", [FREE, FREE]],
  ["three for two by code", "odd", [FREE], CODES],
  ["three for two up to so much a line", "odd", [FREE], { caps: { perLine: 5 } }],
  ["three for two up to so much a unit", "odd", [FREE], { caps: { perUnit: 5 } }],
  ["three for two so often an order", "odd", [FREE], { limits: { perOrder: 1 } }],
  ["three for two of a scope", "odd", [{ nForM: { take: 3, pay: 2, across: "scope" } }]],
  ["every second cheaper", "unit", [CHEAPER]],
  ["every second cheaper so often an order", "odd", [CHEAPER], { limits: { perOrder: 1 } }],
  ["every second of a scope", "odd", [{ nthCheaper: { every: 2, percent: 50, across: "scope" } }]],
  ["an amount off the cart", "cart", [OFF]],
  ["an amount off the cart up to so much a unit", "cart", [OFF], { caps: { perUnit: 5 } }],
  ["two amounts off the cart", "odd", [OFF, OFF]],
  ["a kit", "odd", [KIT]],
  ["a kit down to a price", "odd", [KIT], { floor: { unitPrice: 5 } }],
  ["percentages by quantity", "share", [steps("quantity", { percent: 5 }, { percent: 10 })]],
  ["percentages by sum", "odd", [steps("sum", { percent: 5 }, { percent: 10 })]],
  ["a percentage or an amount by quantity", "odd", [steps("quantity", { percent: 5 }, { amount: 10 })]],
];

for (const [name, manner, then, more] of KINDS) {
  test(`the manner of ${name} is ${manner}`, () => {
    const [rule] = rulesOf([{ id: "p", name: "p", then, ...more }]).promotions;
    expect(rule?.manner).toBe(manner);
  });
}

/** Money and paid units of each of the goods at a promotion's turn, as shares of what they are at list. */
type Moment = readonly { readonly money: number; readonly paid: number }[];

const IDS = ["a-pan", "b-pot", "c-cup", "f-cheese"] as const;
const anyMoment = fc.array(
  fc.record({ money: fc.integer({ min: 0, max: 1000 }), paid: fc.integer({ min: 0, max: 3 }) }),
  { minLength: IDS.length, maxLength: IDS.length },
);

interface Case {
  readonly promotion: Omit<PromotionDocument, "id">;
  readonly prices: readonly number[];
  readonly moment: Moment;
  /** Which of the goods cost more in a second moment, and by what. */
  readonly raised: number;
  readonly by: number;
  readonly needsCode: boolean;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  promotion: anyPromotion,
  prices: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: IDS.length, maxLength: IDS.length }),
  moment: anyMoment,
  raised: fc.nat(IDS.length - 1),
  by: fc.integer({ min: 1, max: 300 }),
  needsCode: fc.boolean(),
});

/** Money of each of the goods after the promotion at a moment and at one with more money of one of them. */
function bothAfter({ promotion: { when: _, ...promotion }, prices, moment, raised, by, needsCode }: Case) {
  const offers = IDS.map((id, index) =>
    offer(id, (prices[index] as number) / 100, {
      categoryIds: [`c${index % 2}`],
      vendor: index < 2 ? "north" : "south",
      step: id === "f-cheese" ? quantity(100) : null,
    }),
  );
  const asked = cart(
    IDS.map((id) => line(id, 4)),
    { code: needsCode ? "C" : null },
  );
  const document = { id: "p", ...promotion, ...(needsCode ? CODES : {}) };
  const { play } = boardFor(asked, facts(offers), [document]);
  const [slot] = play.slots;
  const { ledger, situation } = play;
  const after = (more: number): number[] => {
    for (const [index, { money, paid }] of moment.entries()) {
      const { gross, isFractional } = situation.pools[index] as (typeof situation.pools)[0];
      const units = isFractional ? 0 : 4 - paid;
      const list = isFractional ? gross : (gross / 4) * units;
      ledger.paid[index] = units;
      ledger.money[index] =
        Math.max(units, Math.floor((list * money) / 1000)) + (index === raised ? more : 0);
      ledger.layerMoney[index] = ledger.money[index] as number;
      ledger.codeUsed[index] = 0;
    }
    if (slot !== undefined) applySlot(slot, ledger, situation, play.lowestUnitPrice);
    return ledger.money.slice();
  };
  return { manner: slot?.rule.manner ?? "none", less: after(0), more: after(by) };
}

const total = (money: readonly number[]): number => money.reduce((sum, each) => sum + each, 0);

/** More money before it is never less after it; where single goods are claimed to be apart the others do not notice. */
function keepsItsWord(each: Case, claim: (manner: Manner) => Manner): boolean {
  const { manner, less, more } = bothAfter(each);
  const claimed = claim(manner);
  if (claimed === "odd") return true;
  if (claimed === "cart") return total(more) >= total(less);
  return less.every((money, index) =>
    index === each.raised ? (more[index] as number) >= money : more[index] === money,
  );
}

describe("what a promotion claims of its manner", () => {
  test("is true at every moment of a calculation", LONG, () => {
    fc.assert(
      fc.property(anyCase, (each) => keepsItsWord(each, (manner) => manner)),
      { numRuns: Math.max(300, RUNS / 4) },
    );
  });

  test.each(["cart", "odd"] as const)(
    "catches one that claims to see each of the goods apart, being %s",
    (kind) => {
      const claim = (manner: Manner): Manner => (manner === kind ? "share" : manner);
      const law = fc.property(anyCase, (each) => keepsItsWord(each, claim));
      expect(fc.check(law, { numRuns: 3000, seed: SEED }).failed).toBe(true);
    },
  );
});
