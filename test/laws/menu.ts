// Law 3: every alternative on the menu costs what was said when it is taken, with and without gifts picked, and echoed.
import assert from "node:assert/strict";
import fc from "fast-check";
import { minor } from "../../src/core/money/index.ts";
import type { Cart, Quote } from "../../src/core/pricing/index.ts";
import { anyWorld, echoOf, type World } from "../support/carts.ts";
import { rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const menu = engine("menu");

type Offered = Quote["offered"][number]["promotions"][number];

/** Choices that take the alternative: alone, and with as many of its gifts as may be picked. */
function choicesOf({ promotionId, giftOptions, giftOptionsLimit }: Offered): Cart["choices"][] {
  const picked = giftOptions.slice(0, giftOptionsLimit);
  const alone: Cart["choices"] = [{ promotionId, gifts: [] }];
  return picked.length === 0 ? [alone] : [alone, [{ promotionId, gifts: picked }]];
}

/** What goods that are no gifts cost and got off. */
function ofGoods(quote: Quote): { total: number; discount: number } {
  const goods = quote.lines.filter((each) => each.isCounted && each.lineIndex !== null);
  return {
    total: goods.reduce((sum, each) => sum + each.total, 0),
    discount: goods.reduce((sum, each) => sum + each.discount, 0),
  };
}

function holdMenu({ cart, facts, promotions }: World, pricer: Pricer): void {
  const rules = rulesOf(promotions);
  const offered = pricer(cart, rules, facts).offered.flatMap((group) => group.promotions);
  for (const each of offered) {
    for (const choices of choicesOf(each)) {
      const asked = { ...cart, choices };
      const taken = menu(asked, rules, facts);
      const isShort = taken.notices.some(({ code }) => code === "gift_sold_out");
      // A picked gift that was sold out leaves an echo in which the same goods, paid for, look like it.
      const echo = isShort ? taken : menu(echoOf(asked, taken.lines, true), rules, facts);
      for (const quote of [taken, echo]) {
        assert.equal(quote.total, each.totalIfTaken, `${each.promotionId} costs what was said`);
        const goods = ofGoods(quote);
        assert.equal(goods.total, quote.total, "gifts cost nothing");
        if (each.discount !== null)
          assert.equal(goods.discount, each.discount, "its discount is what was said");
        const verdict = quote.verdicts.find((found) => found.promotionId === each.promotionId);
        const isGone = quote.notices.some(
          ({ code, promotionId }) => code === "gift_sold_out" && promotionId === each.promotionId,
        );
        assert(verdict?.kind === "applied" || isGone, `${each.promotionId} is applied`);
      }
      const gifts = taken.lines.filter(
        (line) => line.lineIndex === null && line.discounts[0]?.promotionId === each.promotionId,
      );
      const gone = taken.notices.filter(
        (notice) => notice.code === "gift_sold_out" && notice.promotionId === each.promotionId,
      );
      const picked = choices[0]?.gifts.length ?? 0;
      // Another promotion may have given the last one away; then it falls away with a word.
      const most = each.gifts.length + picked;
      assert(gifts.length <= most && gifts.length + gone.length >= most, "its gifts are given");
    }
  }
  holdReplacement(offered, { cart, facts, promotions } as World);
}

/** A basket discount that replaces all discounts leaves its own and nothing else; the code is not applied. */
function holdReplacement(offered: readonly Offered[], { cart, facts, promotions }: World): void {
  const rules = rulesOf(promotions);
  for (const { promotionId } of offered) {
    const document = promotions.find((each) => each.id === promotionId);
    const isAll = document?.combining?.replaces === "all-discounts" || promotionId === "choice-amount";
    if (!isAll) continue;
    const taken = menu({ ...cart, choices: [{ promotionId, gifts: [] }] }, rules, facts);
    for (const line of taken.lines) {
      if (line.lineIndex === null) continue;
      for (const part of line.discounts) assert.equal(part.promotionId, promotionId, "nothing beside it");
    }
    assert.notEqual(taken.code?.state, "applied", "no code beside it");
  }
}

/** Menus more often than elsewhere: each world has the choices. */
const anyMenu: fc.Arbitrary<World> = fc
  .tuple(anyWorld, fc.constantFrom("all-discounts", "automatic-discounts", "code-discounts", "nothing"))
  .map(([world, replaces]) => ({
    ...world,
    promotions: [
      ...world.promotions,
      {
        id: "choice-whole",
        name: "choice",
        choice: { group: "C" },
        combining: { replaces: replaces as "nothing" },
        then: [
          { percent: 12.5 },
          { giftChoice: { options: [{ offer: "g-cup" }, { offer: "g-bag" }], limit: 2 } },
        ],
      },
    ],
  }));

const misled =
  (change: (offered: Offered, quote: Quote) => Offered): Pricer =>
  (cart, rules, facts) => {
    const quote = menu(cart, rules, facts);
    const offered = quote.offered.map((group) => ({
      ...group,
      promotions: group.promotions.map((each) => change(each, quote)),
    }));
    return { ...quote, offered };
  };

/** Law 3. */
export const menus: Law<World> = strictLaw({
  number: 3,
  title: "every alternative on the menu, when taken, costs what was said",
  oracle: "the alternative taken, with and without its gifts, and its echo",
  size: 100_000,
  share: 0.03,
  values: anyMenu,
  pricer: menu,
  hold: holdMenu,
  mutants: [
    {
      name: "adds the alternative's discount to the others",
      pricer: misled((each, quote) => ({ ...each, totalIfTaken: minor(quote.total - (each.discount ?? 0)) })),
    },
    {
      name: "offers gifts that are sold out",
      pricer: misled((each) => ({
        ...each,
        gifts: [...each.gifts, { offerId: "g-gone", quantity: 1000 as never }],
      })),
    },
    {
      name: "counts the gift into the discount",
      pricer: misled((each) =>
        each.discount === null || each.gifts.length === 0
          ? each
          : { ...each, discount: minor(each.discount + 5000) },
      ),
    },
  ],
});
