// The menu of choices, picks of gifts and free lines.
import { describe, expect, test } from "vitest";
import { line, offer } from "../../../test/support/shop.ts";
import { type Brief, quoteOf, SHOP, verdictOf } from "../../../test/support/small-shop.ts";
import { quantity } from "../money/index.ts";

describe("choices", () => {
  const menu: readonly Brief[] = [
    {
      id: "pick",
      choice: { group: "A" },
      then: [{ giftChoice: { options: [{ offer: "g", quantity: 2 }, { offer: "h" }], limit: 1 } }],
    },
    { id: "sold", choice: { group: "A" }, then: [{ gifts: [{ offer: "h" }] }] },
    { id: "many", choice: { group: "B" }, when: [{ sum: { atLeast: 999 } }] },
  ];

  test("options are filtered by stock and what cannot be had is not offered", () => {
    const quote = quoteOf(menu);
    expect(quote.offered).toMatchObject([
      { group: "A", promotions: [{ promotionId: "pick", giftOptions: [{ offerId: "g", quantity: 2000 }] }] },
    ]);
    expect(verdictOf(quote, "pick")).toMatchObject({ reason: "not_chosen", unlock: { kind: "choose" } });
  });

  test("picks are checked against options, limit, quantity and stock", () => {
    const picked = (...gifts: [string, number][]): unknown => {
      const quote = quoteOf(menu, {
        choices: [
          {
            promotionId: "pick",
            gifts: gifts.map(([offerId, count]) => ({ offerId, quantity: quantity(count) })),
          },
        ],
      });
      return [
        quote.lines.slice(2).map((each) => [each.offerId, each.quantity]),
        quote.notices.map((notice) => notice.code),
      ];
    };
    expect(picked()).toEqual([[], []]);
    expect(picked(["g", 5000])).toEqual([[["g", 2000]], []]);
    expect(picked(["g", 1000])).toEqual([[["g", 1000]], []]);
    expect(picked(["g", 0])).toEqual([[["g", 2000]], []]);
    expect(picked(["a", 1000])).toEqual([[], ["gift_not_offered"]]);
    expect(picked(["g", 1000], ["h", 1000])).toEqual([[["g", 1000]], ["gift_limit"]]);
    expect(picked(["h", 1000])).toEqual([[], ["gift_sold_out"]]);
  });

  test("a choice that is no longer eligible falls away and says so; other groups are told", () => {
    const quote = quoteOf([...menu, { id: "other", choice: { group: "C" } }], {
      choices: [{ promotionId: "many", gifts: [] }],
    });
    expect(quote.notices).toEqual([{ code: "choice_dropped", promotionId: "many" }]);
    expect(verdictOf(quote, "many")).toMatchObject({ reason: "condition" });
    expect(verdictOf(quote, "other")).toMatchObject({ reason: "other_group_chosen" });
  });

  test("a free line alone chooses its gift; a free line that nothing grants is taken out", () => {
    const free = { sentAsFree: true, echoed: ["pick"] };
    const quote = quoteOf(menu, {
      lines: [
        line("a", 2),
        line("g", 1, free),
        line("b", 1, free),
        line(null, 1, { sentAsFree: true, echoed: ["x"] }),
      ],
    });
    expect(quote.lines.map((each) => [each.offerId, each.total])).toEqual([
      ["a", 20000],
      ["g", 0],
    ]);
    expect(quote.notices).toEqual([
      { code: "gift_dropped", promotionId: "x" },
      { code: "gift_dropped", promotionId: "pick", offerId: "b" },
    ]);
  });

  test("an automatic promotion cannot be chosen, and stands in no choice's way", () => {
    const auto: Brief = { id: "auto", then: [{ percent: 1 }] };
    const asked = (...ids: string[]): unknown => {
      const quote = quoteOf([...menu, auto], {
        choices: ids.map((promotionId) => ({ promotionId, gifts: [] })),
      });
      return [quote.total, quote.offered[0]?.promotions[0]?.isChosen, quote.notices];
    };
    expect(asked("auto")).toEqual([24_750, false, []]);
    expect(asked("auto", "pick")).toEqual(asked("pick"));
    expect(asked("pick")).toEqual([24_750, true, []]);
  });

  test("a gift that comes with its promotion makes no choice by its line, one of a choice does", () => {
    const both: Brief = {
      id: "both",
      choice: { group: "A" },
      then: [{ gifts: [{ offer: "b" }] }, { giftChoice: { options: [{ offer: "g" }] } }],
    };
    const isChosen = (id: string): boolean | undefined => {
      const lines = [line("a", 2), line(id, 1, { sentAsFree: true, echoed: ["both"] })];
      return quoteOf([both], { lines }).offered[0]?.promotions[0]?.isChosen;
    };
    expect([isChosen("b"), isChosen("g")]).toEqual([false, true]);
  });

  test("what gives points or says something is offered without gifts, and so are gifts beside a choice of them", () => {
    const group = { choice: { group: "A" } };
    const offered = (then: Brief["then"]): number =>
      quoteOf([{ id: "p", ...group, ...(then === undefined ? {} : { then }) }]).offered.length;
    const gone = [{ offer: "h" }];
    expect(offered([{ gifts: gone }])).toBe(0);
    expect(offered([{ points: { extra: 5 } }])).toBe(1);
    expect(offered([{ points: { multiplier: 2 } }])).toBe(1);
    expect(offered([{ message: "hello" }])).toBe(1);
    expect(offered([{ gifts: [{ offer: "g" }] }, { giftChoice: { options: [{ offer: "b" }] } }])).toBe(1);
    expect(offered([{ gifts: gone }, { giftChoice: { options: [{ offer: "b" }] } }])).toBe(1);
  });

  test("of two groups the first stands, or both where the cart unites them", () => {
    const bags: Brief = { id: "bags", choice: { group: "B" }, then: [{ gifts: [{ offer: "b" }] }] };
    const choices = ["pick", "bags"].map((promotionId) => ({ promotionId, gifts: [] }));
    const reasons = (unitesGroups: boolean): unknown[] => {
      const quote = quoteOf([menu[0] as Brief, bags], { choices, unitesGroups });
      return ["pick", "bags"].map((id) => verdictOf(quote, id));
    };
    expect(reasons(false)).toMatchObject([{ kind: "applied" }, { reason: "other_group_chosen" }]);
    expect(reasons(true)).toMatchObject([{ kind: "applied" }, { kind: "applied" }]);
  });

  test("what is chosen or picked twice counts once", () => {
    const once = { promotionId: "pick", gifts: [{ offerId: "g", quantity: quantity(1000) }] };
    expect(quoteOf(menu, { choices: [once, once] })).toEqual(quoteOf(menu, { choices: [once] }));
    const gone = { promotionId: "many", gifts: [] };
    expect(quoteOf(menu, { choices: [gone, gone] }).notices).toEqual([
      { code: "choice_dropped", promotionId: "many" },
    ]);
  });

  test("a gift that comes with its promotion is no pick, and no choice is made by it alone", () => {
    const comes: Brief = { id: "p", choice: { group: "A" }, then: [{ gifts: [{ offer: "b" }] }] };
    const also: Brief = {
      ...comes,
      then: [{ gifts: [{ offer: "b" }] }, { giftChoice: { options: [{ offer: "g" }] } }],
    };
    const picked = (offerId: string): unknown[] =>
      quoteOf([also], {
        choices: [{ promotionId: "p", gifts: [{ offerId, quantity: quantity(1000) }] }],
      }).notices.map((notice) => [notice.code, notice.offerId]);
    expect(picked("b")).toEqual([]);
    expect(picked("a")).toEqual([["gift_not_offered", "a"]]);
    const lines = [line("a", 2), line("b", 1, { sentAsFree: true, echoed: ["p"] })];
    expect(quoteOf([comes], { lines }).offered[0]?.promotions[0]?.isChosen).toBe(false);
  });

  test("the last one of a gift is given once, and what is not sold is neither given nor offered", () => {
    const offers = [
      ...SHOP.filter(({ id }) => id !== "g"),
      offer("g", 10, { stock: quantity(1000) }),
      offer("off", 10, { isAvailable: false }),
    ];
    const world = { offers: new Map(offers.map((each) => [each.id, each])) };
    const gives = (id: string, gift: string): Brief => ({ id, then: [{ gifts: [{ offer: gift }] }] });
    const kinds = (...briefs: readonly Brief[]): unknown[] =>
      quoteOf(briefs, {}, world).verdicts.map((each) => ("reason" in each ? each.reason : each.kind));
    expect(kinds(gives("x", "g"), gives("y", "g"))).toEqual(["applied", "gift_sold_out"]);
    expect(kinds(gives("x", "off"), gives("y", "nowhere"))).toEqual(["gift_sold_out", "gift_sold_out"]);
    const options = ["off", "nowhere", "g"].map((id) => ({ offer: id }));
    const choice: Brief = { id: "p", choice: { group: "A" }, then: [{ giftChoice: { options } }] };
    expect(quoteOf([choice], {}, world).offered[0]?.promotions[0]?.giftOptions).toEqual([
      { offerId: "g", quantity: 1000 },
    ]);
  });

  test("a free line without a promotion is sold, and so is what exceeds a grant", () => {
    const lines = [line("b", 1, { sentAsFree: true }), line("g", 3, { echoed: ["pick"], sentAsFree: true })];
    expect(quoteOf(menu, { lines }).lines.map((each) => [each.offerId, each.quantity, each.total])).toEqual([
      ["b", 1000, 5000],
      ["g", 1000, 1000],
      ["g", 2000, 0],
    ]);
  });
});
