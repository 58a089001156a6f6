// Law 5: the order of lines, splitting a line and adding a line that costs nothing change no total and no product's amount.
import assert from "node:assert/strict";
import { quantity } from "../../src/core/money/index.ts";
import type { CartLine, Quote } from "../../src/core/pricing/index.ts";
import { anyWorld, type World } from "../support/carts.ts";
import { byOffer, changed } from "../support/laws.ts";
import { line, offer, rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const plain = engine("plain");

/** Lines of whole units become lines of one unit each. */
const inPieces = (lines: readonly CartLine[]): CartLine[] =>
  lines.flatMap((each) =>
    each.offerId !== null && each.offerId < "f" && each.quantity !== null
      ? Array.from({ length: each.quantity / 1000 }, () => ({ ...each, quantity: quantity(1000) }))
      : [each],
  );

const figures = (quote: Quote): unknown => [quote.total, [...byOffer(quote)].sort(), quote.points];

function holdSplits({ cart, facts, offers, promotions }: World, pricer: Pricer): void {
  const rules = rulesOf(promotions);
  const base = pricer(cart, rules, facts);
  const turned = pricer({ ...cart, lines: [...cart.lines].reverse() }, rules, facts);
  assert.deepEqual(figures(turned), figures(base), "turned lines");
  const pieces = pricer({ ...cart, lines: inPieces(cart.lines) }, rules, facts);
  assert.deepEqual(figures(pieces), figures(base), "lines in pieces");
  // A line more is a unit and an offer more: conditions that count those, and sets by price, may well mind it.
  if (promotions.some((each) => each.id === "p0")) return;
  const free = offer("z-zero", 0);
  const withZero = { ...facts, offers: new Map([...offers, free].map((each) => [each.id, each])) };
  const more = pricer({ ...cart, lines: [...cart.lines, line("z-zero")] }, rules, withZero);
  assert.equal(more.total, base.total, "a line that costs nothing");
}

/** The line's discount as a naive shop computes it: for one unit, rounded, times the units. */
const perUnit = (quote: Quote): Quote =>
  changed(quote, ({ discount, quantity: units }) => Math.round(discount / (units / 1000)) * (units / 1000));

/** Law 5. */
export const splits: Law<World> = strictLaw({
  number: 5,
  title: "line order, splits and zero-price lines change nothing",
  oracle: "the same goods on other lines",
  size: 1_000_000,
  share: 1,
  values: anyWorld,
  pricer: plain,
  hold: holdSplits,
  mutants: [
    {
      name: "rounds line by line",
      pricer: (cart, rules, facts) =>
        changed(plain(cart, rules, facts), (each) => Math.round(each.discount / 7) * 7),
    },
    {
      name: "gives the odd kopeck to the first line",
      pricer: (cart, rules, facts) =>
        changed(plain(cart, rules, facts), (each) =>
          each.lineIndex === 0 && each.discount > 1 ? each.discount - 1 : each.discount,
        ),
    },
    {
      name: "rounds a unit and multiplies",
      pricer: (cart, rules, facts) => perUnit(plain(cart, rules, facts)),
    },
    {
      name: "picks the lines that get a discount by their order in the database",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        let left = quote.lines.reduce((sum, each) => sum + (each.isCounted ? each.discount : 0), 0);
        return changed(quote, (each) => {
          const off = each.isCounted ? Math.min(left, each.gross) : 0;
          left -= off;
          return off;
        });
      },
    },
    {
      name: "forgets the points of lines after the first",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        const first = quote.lines.find((each) => each.points !== null)?.points;
        return quote.points === null || first == null
          ? quote
          : { ...quote, points: { ...quote.points, maySpend: first.maySpend } };
      },
    },
  ],
});
