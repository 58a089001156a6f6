// Law 7: the echo of an answer gives the same answer. The echo: the answer's items with the request's other fields.
import assert from "node:assert/strict";
import type { Quote } from "../../src/core/pricing/index.ts";
import { anyWorld, echoOf, type World } from "../support/carts.ts";
import { rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const plain = engine("plain");

/** What must be equal: money, quantities, flags and promotions of items, and all totals; not notices. */
const shape = (quote: Quote): unknown => ({
  lines: quote.lines.map(({ lineIndex: _, notices: __, ...rest }) => rest),
  totals: [quote.gross, quote.discount, quote.total],
  points: quote.points,
  code: quote.code?.state,
});

function holdEcho({ cart, facts, promotions }: World, pricer: Pricer): void {
  const rules = rulesOf(promotions);
  const first = pricer(cart, rules, facts);
  for (const isFree of [true, false]) {
    const echo = echoOf(cart, first.lines, isFree);
    const again = pricer(echo, rules, facts);
    assert.deepEqual(shape(again), shape(first), `the echo with gifts at ${isFree ? "no" : "list"} price`);
    assert.deepEqual(
      shape(pricer(echoOf(echo, again.lines, isFree), rules, facts)),
      shape(first),
      "the echo's echo",
    );
  }
}

/** Law 7. */
export const echoes: Law<World> = strictLaw({
  number: 7,
  title: "echoing an answer gives the same answer",
  oracle: "the echo, with gifts at no price and at list price, twice",
  size: 100_000,
  share: 0.7,
  values: anyWorld,
  pricer: plain,
  hold: holdEcho,
  mutants: [
    {
      name: "takes returned gifts for goods",
      pricer: (cart, rules, facts) =>
        plain({ ...cart, lines: cart.lines.map((each) => ({ ...each, echoed: [] })) }, rules, facts),
    },
    {
      name: "takes a request price of 0 for a licence",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        const free = cart.lines.some((each) => each.sentAsFree) ? 1 : 0;
        return { ...quote, total: (quote.total - free) as typeof quote.total };
      },
    },
    {
      name: "lets echoed promotions keep what they gave",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        const echoed = cart.lines.filter((each) => each.echoed.length > 0).length;
        return { ...quote, discount: (quote.discount + echoed) as typeof quote.discount };
      },
    },
  ],
});
