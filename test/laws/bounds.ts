// Law 6: amounts stay in their bounds, caps and floors hold, sums are sums, and what is given is what is explained.
import assert from "node:assert/strict";
import type { PromotionDocument, Quote, QuoteLine } from "../../src/core/pricing/index.ts";
import { anyWorld, type World } from "../support/carts.ts";
import { changed } from "../support/laws.ts";
import { rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const plain = engine("plain");

/** The offer that is sold by weight. */
const WEIGHED = "f-cheese";

function holdLine(each: QuoteLine): void {
  assert(Number.isSafeInteger(each.discount) && each.discount >= 0, "a discount of whole kopecks, 0 or more");
  assert(each.discount <= each.gross, "no discount beyond the price");
  assert.equal(each.total, each.gross - each.discount, "a line's total");
  const given = each.discounts.reduce((sum, part) => sum + part.amount, 0);
  assert.equal(given, each.discount, "a line's discounts add up");
  for (const { amount } of each.discounts) assert(amount > 0, "no discount of nothing");
  const groups = each.unitGroups;
  if (each.gross === 0 && groups.length === 0) return;
  assert.equal(
    groups.reduce((sum, group) => sum + group.total, 0),
    each.total,
    "unit groups add up",
  );
  assert.equal(
    groups.reduce((sum, group) => sum + group.quantity, 0),
    each.quantity,
    "units add up",
  );
  assert(groups.filter((group) => group.unitPrice > 0).length <= 2, "at most two paid prices");
  if (each.price === 0 || each.offerId === WEIGHED) return;
  for (const group of groups)
    assert.equal(group.unitPrice * group.quantity, group.total * 1000, "unit times units");
  const free = groups
    .filter((group) => group.unitPrice === 0)
    .reduce((sum, group) => sum + group.quantity, 0);
  assert.equal(free, each.giftUnits * 1000, "free units");
}

/** What each promotion gave, by offer and in all; gifts of goods apart. */
function givenBy(quote: Quote): Map<string, { all: number; goods: number; byOffer: Map<string, number> }> {
  const given = new Map<string, { all: number; goods: number; byOffer: Map<string, number> }>();
  for (const each of quote.lines) {
    for (const { promotionId, amount } of each.discounts) {
      const own = given.get(promotionId) ?? { all: 0, goods: 0, byOffer: new Map() };
      own.all += amount;
      if (each.lineIndex !== null) own.goods += amount;
      if (each.lineIndex !== null)
        own.byOffer.set(each.offerId ?? "", (own.byOffer.get(each.offerId ?? "") ?? 0) + amount);
      given.set(promotionId, own);
    }
  }
  return given;
}

const kopecks = (roubles: number | string): number => Math.round(Number(roubles) * 100);

function holdCaps(
  quote: Quote,
  { caps = {} }: PromotionDocument,
  given: ReturnType<typeof givenBy>,
  id: string,
): void {
  const own = given.get(id);
  if (own === undefined) return;
  if (caps.perOrder !== undefined) assert(own.goods <= kopecks(caps.perOrder), "the cap of an order");
  for (const [offerId, amount] of own.byOffer) {
    if (caps.perLine !== undefined) assert(amount <= kopecks(caps.perLine), "the cap of an offer");
    const units = quote.lines.reduce(
      (sum, each) =>
        sum + (each.offerId === offerId && each.isCounted && each.lineIndex !== null ? each.quantity : 0),
      0,
    );
    if (caps.perUnit !== undefined)
      assert(amount * 1000 <= kopecks(caps.perUnit) * units, "the cap of a unit");
  }
}

function holdFloors(quote: Quote, { promotions, facts }: World): void {
  for (const { floor = {}, id } of promotions) {
    for (const each of quote.lines) {
      const isTouched = each.discounts.some(({ promotionId }) => promotionId === id);
      // The last to touch a unit answers for its price; where others follow, they may go below.
      if (
        !isTouched ||
        each.discounts.at(-1)?.promotionId !== id ||
        each.offerId === WEIGHED ||
        each.lineIndex === null
      )
        continue;
      const price = facts.offers.get(each.offerId ?? "")?.price ?? 0;
      const least = Math.max(
        floor.unitPrice === undefined ? 0 : kopecks(floor.unitPrice),
        Math.ceil((price * (floor.percentOfPrice ?? 0)) / 100),
      );
      for (const group of each.unitGroups)
        if (group.unitPrice > 0) assert(group.unitPrice >= least, "a promotion's floor");
    }
  }
}

function holdCodes({ lines }: Quote, { facts }: World): void {
  const byCode = new Map<string, { off: number; gross: number }>();
  for (const each of lines) {
    if (each.lineIndex === null || each.offerId === null || !each.isCounted) continue;
    const own = byCode.get(each.offerId) ?? { off: 0, gross: 0 };
    for (const part of each.discounts) if (part.promotionId.startsWith("code")) own.off += part.amount;
    own.gross += each.gross;
    byCode.set(each.offerId, own);
    const paid = each.unitGroups.slice(0, each.giftUnits > 0 ? -1 : undefined);
    if (each.price > 0 && each.offerId !== WEIGHED)
      for (const group of paid) assert(group.unitPrice >= 1, "a unit costs at least a kopeck");
  }
  for (const [id, { off, gross }] of byCode) {
    const cap = facts.offers.get(id)?.codeCap ?? null;
    if (cap !== null) assert(off * 10_000 <= gross * cap, "the feed's limit on codes");
  }
}

function holdVerdicts(quote: Quote, given: ReturnType<typeof givenBy>): void {
  const ids = quote.verdicts.map((verdict) => verdict.promotionId);
  assert.equal(new Set(ids).size, ids.length, "one verdict a promotion");
  for (const verdict of quote.verdicts) {
    const amount = verdict.kind === "applied" ? verdict.amount : 0;
    assert.equal(amount, given.get(verdict.promotionId)?.all ?? 0, "given as explained");
    if (verdict.kind !== "applied") continue;
    assert.equal(
      verdict.lines.reduce((sum, part) => sum + part.amount, 0),
      verdict.amount,
      "its lines add up",
    );
  }
  for (const id of given.keys()) assert(ids.includes(id), "no discount without a verdict");
}

function holdBounds(world: World, pricer: Pricer): void {
  const { cart, facts, promotions } = world;
  const quote = pricer(cart, rulesOf(promotions), facts);
  let [gross, discount, total] = [0, 0, 0];
  for (const each of quote.lines) {
    holdLine(each);
    if (!each.isCounted) continue;
    gross += each.gross;
    discount += each.discount;
    total += each.total;
  }
  assert.deepEqual([quote.gross, quote.discount, quote.total], [gross, discount, total], "totals are sums");
  const given = givenBy(quote);
  holdVerdicts(quote, given);
  for (const each of promotions) holdCaps(quote, each, given, each.id);
  holdFloors(quote, world);
  holdCodes(quote, world);
}

/** The engine's quote with the discounts of its lines made otherwise; parts and totals follow the lines. */
const otherwise =
  (change: (line: QuoteLine, quote: Quote) => number): Pricer =>
  (cart, rules, facts) => {
    const quote = plain(cart, rules, facts);
    return changed(quote, (each) => change(each, quote));
  };

/** Law 6. */
export const bounds: Law<World> = strictLaw({
  number: 6,
  title: "amounts keep their bounds, sums are sums, what is given is explained",
  oracle: "sums and bounds reckoned from the lines and the promotions as authored",
  size: 100_000,
  share: 1,
  values: anyWorld,
  pricer: plain,
  hold: holdBounds,
  mutants: [
    {
      name: "lets the last line take the rest",
      pricer: otherwise((each, { lines }) => (each === lines.at(-1) ? each.discount + 1 : each.discount)),
    },
    {
      name: "lets two promotions on one line go below zero",
      pricer: otherwise((each) => (each.discounts.length > 1 ? each.gross + 1 : each.discount)),
    },
    {
      name: "hands remainders out from the first line on, free ones too",
      pricer: otherwise((each, { lines }) => (each === lines[0] ? each.discount + 1 : each.discount)),
    },
    {
      name: "never rounds",
      pricer: otherwise((each) => (each.discount === 0 ? 0 : each.discount + 0.116425)),
    },
    {
      name: "forgets the feed's limit on codes",
      pricer: (cart, rules, facts) => {
        const offers = new Map([...facts.offers].map(([id, each]) => [id, { ...each, codeCap: null }]));
        return plain(cart, rules, { ...facts, offers });
      },
    },
    {
      name: "forgets caps",
      pricer: (cart, rules, facts) =>
        plain(cart, { ...rules, promotions: rules.promotions, index: uncapped(rules.index) }, facts),
    },
    {
      // What a returned unit gives back is its stored price; a share reckoned anew each time does not add up.
      name: "spreads a line's discount anew over what is left when units are returned",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        const lines = quote.lines.map((each) => ({ ...each, unitGroups: respread(each) }));
        return { ...quote, lines };
      },
    },
    {
      name: "explains nothing",
      pricer: (cart, rules, facts) => ({ ...plain(cart, rules, facts), verdicts: [] }),
    },
  ],
});

/** The index of the same rules without their caps and floors. */
function uncapped<Index extends { readonly always: readonly { readonly bounds: object }[] }>(
  index: Index,
): Index {
  const free = { perUnit: null, perLine: null, perOrder: null, floorPrice: null, floorBps: null };
  const always = index.always.map((rule) => ({
    ...rule,
    isBounded: false,
    bounds: { ...rule.bounds, ...free },
  }));
  return { ...index, always };
}

/** Units given back one by one, each for the average of what is left, rounded. */
function respread({ unitGroups, total, quantity }: QuoteLine): QuoteLine["unitGroups"] {
  const units = quantity / 1000;
  const [first] = unitGroups;
  if (first === undefined || total === 0 || !Number.isInteger(units)) return unitGroups;
  const price = Math.round(total / units) as typeof first.unitPrice;
  return [{ quantity, unitPrice: price, total: (price * units) as typeof first.total }];
}
