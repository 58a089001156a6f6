// Law 8: points of lines and order agree; spending exactly what may be spent is accepted, one more is not.
import assert from "node:assert/strict";
import fc from "fast-check";
import { points } from "../../src/core/money/index.ts";
import {
  compileProgramme,
  type Programme,
  type ProgrammeDocument,
  type Quote,
  type QuoteLine,
} from "../../src/core/pricing/index.ts";
import { anyWorld, type World } from "../support/carts.ts";
import { customer, rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const plain = engine("plain");

const anyProgramme: fc.Arbitrary<Programme> = fc
  .record({
    percentOfLine: fc.constantFrom(0, 10, 33.33, 99, 100),
    percentOfOrder: fc.constantFrom(undefined, 0, 20, 50, 100),
    minimumOrder: fc.constantFrom(undefined, 0, 5, 500),
    lowestUnitPrice: fc.constantFrom(undefined, 0, 0.01, 1),
    pointValue: fc.constantFrom(undefined, 0.01, 0.5, 1, 10),
    netOfPoints: fc.boolean(),
    earn: fc.constantFrom(0, 5, 7.77, 100),
  })
  .map(({ percentOfLine, percentOfOrder, minimumOrder, lowestUnitPrice, pointValue, netOfPoints, earn }) => {
    const document: ProgrammeDocument = {
      id: "points",
      name: "Points",
      earn: { percent: earn, netOfPoints },
      spend: {
        percentOfLine,
        ...(percentOfOrder === undefined ? {} : { percentOfOrder }),
        ...(minimumOrder === undefined ? {} : { minimumOrder }),
        ...(lowestUnitPrice === undefined ? {} : { lowestUnitPrice }),
      },
      ...(pointValue === undefined ? {} : { pointValue }),
    };
    const result = compileProgramme(document);
    if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
    return result.programme;
  });

/** Worlds with a programme of any terms and a customer with any balance. */
const anyPointsWorld: fc.Arbitrary<World> = fc
  .tuple(anyWorld, anyProgramme, fc.integer({ min: 0, max: 3000 }))
  .map(([world, programme, balance]) => ({
    ...world,
    facts: {
      ...world.facts,
      programme,
      customer: world.facts.customer === null ? null : customer({ balance: points(balance) }),
    },
  }));

const sumOf = (quote: Quote, read: (points: NonNullable<QuoteLine["points"]>) => number): number =>
  quote.lines.reduce((sum, each) => sum + (each.points === null ? 0 : read(each.points)), 0);

function holdPoints({ cart, facts, promotions }: World, pricer: Pricer): void {
  const rules = rulesOf(promotions);
  const quote = pricer(cart, rules, facts);
  const programme = facts.programme as Programme;
  const order = quote.points?.maySpend ?? 0;
  assert(order <= (facts.customer?.balance ?? 0), "not more than the balance");
  const worth = order * programme.pointValueMinor;
  assert(worth <= quote.total, "not more than the cart");
  assert(worth * 10_000 <= quote.total * programme.orderSpendBps, "the programme's share of the order");
  assert(order <= sumOf(quote, (each) => each.maySpend), "not more than the lines");
  if (quote.total < programme.minimumOrderMinor) assert.equal(order, 0, "too small an order");
  assert.equal(
    quote.points?.willEarn,
    sumOf(quote, (each) => each.willEarn),
    "earned by lines",
  );
  assert.equal(quote.points?.spending, Math.min(order, cart.pointsToSpend), "spent as asked");
  for (const each of quote.lines) {
    assert.equal(each.points === null, !each.isCounted, "points of counted lines");
    if (each.points === null || each.lineIndex === null) continue;
    assert(each.points.maySpend >= 0 && each.points.willEarn >= 0, "no negative points");
    if (!facts.offers.get(each.offerId ?? "")?.usePoints)
      assert.equal(each.points.maySpend, 0, "goods without points");
  }
  holdLines(quote, programme);
  const exactly = pricer({ ...cart, pointsToSpend: points(order) }, rules, facts);
  assert.equal(exactly.points?.spending, order, "exactly what may be spent");
  const more = pricer({ ...cart, pointsToSpend: points(order + 1) }, rules, facts);
  assert.equal(more.points?.spending, order, "one more is not accepted");
  for (const other of [exactly, more]) {
    assert.equal(other.total, quote.total, "points change no total");
    assert.equal(other.points?.maySpend, order, "what is asked changes nothing that may be spent");
  }
}

/** By offer, since points are floored per offer and its lines share them. */
function holdLines(quote: Quote, programme: Programme): void {
  const byOffer = new Map<string, { points: number; total: number }>();
  for (const each of quote.lines) {
    if (each.points === null || each.lineIndex === null) continue;
    const own = byOffer.get(each.offerId ?? "") ?? { points: 0, total: 0 };
    own.points += each.points.maySpend;
    own.total += each.total;
    byOffer.set(each.offerId ?? "", own);
  }
  for (const own of byOffer.values())
    assert(
      own.points * programme.pointValueMinor * 10_000 <= own.total * programme.lineSpendBps,
      "the programme's share of a line",
    );
}

const otherwise =
  (change: (points: NonNullable<Quote["points"]>, pointsToSpend: number) => object): Pricer =>
  (cart, rules, facts) => {
    const quote = plain(cart, rules, facts);
    return quote.points === null
      ? quote
      : { ...quote, points: { ...quote.points, ...change(quote.points, cart.pointsToSpend) } };
  };

/** Law 8. */
export const pointsAgree: Law<World> = strictLaw({
  number: 8,
  title: "points of lines and order agree; exactly that is accepted, one more is not",
  oracle: "the programme's terms on the answer's amounts, and the same cart asking for so many points",
  size: 100_000,
  share: 0.2,
  values: anyPointsWorld,
  pricer: plain,
  hold: holdPoints,
  mutants: [
    { name: "lets points pay for whatever is asked", pricer: otherwise((_, asked) => ({ spending: asked })) },
    {
      name: "accepts one more",
      pricer: otherwise(({ maySpend, spending }, asked) => ({
        spending: asked > maySpend ? maySpend + 1 : spending,
      })),
    },
    {
      name: "promises one more than lines allow",
      pricer: otherwise(({ maySpend }) => ({ maySpend: maySpend + 1 })),
    },
    {
      name: "earns on the order and not on lines",
      pricer: otherwise(({ willEarn }) => ({ willEarn: willEarn + 1 })),
    },
    {
      name: "deducts points from the total",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        return { ...quote, total: (quote.total - (quote.points?.spending ?? 0)) as typeof quote.total };
      },
    },
  ],
});
