// Gifts that come back with the app's next request: which lines are ours, how much of them, and what stays to be paid.
import { describe, expect, test } from "vitest";
import { cart, line, rulesOf } from "../../../test/support/shop.ts";
import type { Cart, CartLine, PromotionDocument } from "./index.ts";
import { grantOf, stripGifts } from "./returned-gifts.ts";

const PROMOTIONS: readonly PromotionDocument[] = [
  { id: "two", name: "two", then: [{ gifts: [{ offer: "g", quantity: 2 }] }] },
  { id: "one", name: "one", then: [{ gifts: [{ offer: "g" }, { offer: "k" }] }] },
  {
    id: "pick",
    name: "pick",
    choice: { group: "A" },
    then: [{ percent: 5 }, { giftChoice: { options: [{ offer: "g" }, { offer: "h", quantity: 3 }] } }],
  },
  {
    id: "both",
    name: "both",
    choice: { group: "A" },
    then: [{ percent: 5 }, { gifts: [{ offer: "g" }] }, { giftChoice: { options: [{ offer: "g" }] } }],
  },
];
const RULES = rulesOf(PROMOTIONS);

const from = (...echoed: string[]): Partial<CartLine> => ({ echoed });
const free = (...echoed: string[]): Partial<CartLine> => ({ echoed, sentAsFree: true });

/** What is taken out of the lines: whole lines, parts of lines in units, and which gifts they are. */
function stripped(lines: readonly CartLine[], choices: Cart["choices"] = []): unknown {
  const { isClean, gone, taken, returned, notices } = stripGifts(cart(lines, { choices }), RULES);
  return {
    ...(isClean ? { isClean } : {}),
    ...(gone.size === 0 ? {} : { gone: [...gone] }),
    ...(taken.size === 0 ? {} : { taken: [...taken].map(([index, part]) => [index, part / 1000]) }),
    ...(returned.length === 0
      ? {}
      : {
          returned: returned.map((each) => `${each.quantity / 1000} ${each.offerId} of ${each.promotionId}`),
        }),
    ...(notices.length === 0 ? {} : { notices }),
  };
}

test("a grant is what a promotion gives of an offer, with and without a choice", () => {
  const granted = (id: string, offerId: string): number => {
    const rule = RULES.byId.get(id);
    return rule === undefined ? -1 : grantOf(rule, offerId) / 1000;
  };
  expect([granted("two", "g"), granted("two", "a"), granted("one", "k")]).toEqual([2, 0, 1]);
  expect([granted("pick", "h"), granted("both", "g"), granted("pick", "a")]).toEqual([3, 2, 0]);
});

describe("a cart without returned gifts", () => {
  test("is left as it is", () => {
    expect(stripped([])).toEqual({ isClean: true });
    expect(stripped([line("g", 2), line("a")])).toEqual({ isClean: true });
    expect(stripped([line("g", 1, { sentAsFree: true })])).toEqual({ isClean: true });
    expect(stripped([line("a", 1, from("two", "nobody"))])).toEqual({ isClean: true });
    expect(stripped([line(null, 1, from("two"))])).toEqual({ isClean: true });
  });
});

describe("a line of ours", () => {
  test("is taken out up to what is granted, and what exceeds it stays to be paid", () => {
    expect(stripped([line("a"), line("g", 2, from("two"))])).toEqual({ gone: [1], returned: ["2 g of two"] });
    expect(stripped([line("g", 1, from("two"))])).toEqual({ gone: [0], returned: ["1 g of two"] });
    expect(stripped([line("g", 5, from("two"))])).toEqual({ taken: [[0, 2]], returned: ["2 g of two"] });
    expect(stripped([line("g", null, from("two"))])).toEqual({ gone: [0] });
  });

  test("is the last one, since gifts are appended, unless another was sent as free", () => {
    const lines = [line("g", 2, from("two")), line("a"), line("g", 2, from("two"))];
    expect(stripped(lines)).toEqual({ gone: [2], returned: ["2 g of two"] });
    const [first, ...rest] = lines as [CartLine, ...CartLine[]];
    expect(stripped([{ ...first, sentAsFree: true }, ...rest])).toEqual({
      gone: [0],
      returned: ["2 g of two"],
    });
  });

  test("shares its grant with other lines, and one grant is not the other's", () => {
    const lines = [line("g", 3, from("two")), line("g", 1, from("two"))];
    expect(stripped(lines)).toEqual({
      gone: [1],
      taken: [[0, 1]],
      returned: ["1 g of two", "1 g of two"],
    });
    expect(stripped([line("g", 5, from("two", "one"))])).toEqual({
      taken: [[0, 3]],
      returned: ["2 g of two", "1 g of one"],
    });
    expect(stripped([line("k", 1, from("one")), line("g", 1, from("one"))])).toEqual({
      gone: [1, 0],
      returned: ["1 g of one", "1 k of one"],
    });
  });

  test("of a promotion that also takes money off is paid for, unless it is free, given or picked", () => {
    const paid = [line("h", 1, from("pick"))];
    const choose = (promotionId: string, offerId: string): Cart["choices"] => [
      { promotionId, gifts: [{ offerId, quantity: 1000 as never }] },
    ];
    expect(stripped(paid)).toEqual({ isClean: true });
    expect(stripped(paid, choose("pick", "g"))).toEqual({ isClean: true });
    expect(stripped(paid, choose("both", "h"))).toEqual({ isClean: true });
    expect(stripped(paid, choose("pick", "h"))).toEqual({ gone: [0], returned: ["1 h of pick"] });
    expect(stripped([line("h", 1, free("pick"))])).toEqual({ gone: [0], returned: ["1 h of pick"] });
    expect(stripped([line("g", 1, from("both"))])).toEqual({ gone: [0], returned: ["1 g of both"] });
  });
});

test("a line sent as free that no promotion grants is taken out and told; at a price it stays", () => {
  expect(stripped([line("a", 1, free("two")), line("a", 1, from("two")), line(null, 1, free("x"))])).toEqual({
    gone: [2, 0],
    notices: [
      { code: "gift_dropped", promotionId: "x" },
      { code: "gift_dropped", promotionId: "two", offerId: "a" },
    ],
  });
});
