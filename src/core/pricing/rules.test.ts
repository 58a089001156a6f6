// Where the index keeps promotions: under the most selective thing that is said of them, so that other carts pay nothing for them.
import { describe, expect, test } from "vitest";
import { NOON, rulesOf } from "../../../test/support/shop.ts";
import type { PromotionDocument } from "./index.ts";
import { liveAlways } from "./rules.ts";

const promotion = (id: string, more: Partial<PromotionDocument>): PromotionDocument => ({
  id,
  name: id,
  then: [{ percent: 10 }],
  ...more,
});

/** Where one promotion stands: the maps that hold it, with their keys, or "always". */
function places(more: Partial<PromotionDocument>): string[] {
  const { index } = rulesOf([promotion("p", more)]);
  const { byOffer, byGroup, byCategory, byVendor, bySegment, byChannel, byOutlet, always } = index;
  const maps = { byOffer, byGroup, byCategory, byVendor, bySegment, byChannel, byOutlet };
  const found = Object.entries(maps).flatMap(([name, map]) => [...map.keys()].map((key) => `${name} ${key}`));
  return always.length > 0 ? [...found, "always"] : found;
}

describe("a promotion stands", () => {
  test.each<[string, Partial<PromotionDocument>, string[]]>([
    ["under its offers", { scope: { offers: ["a", "b", "a"], vendors: ["v"] } }, ["byOffer a", "byOffer b"]],
    ["under its groups", { scope: { groups: ["g"], categories: ["c"] } }, ["byGroup g"]],
    ["under its categories", { scope: { categories: ["c"], vendors: ["v"] } }, ["byCategory c"]],
    ["under its vendors", { scope: { vendors: ["v"] } }, ["byVendor v"]],
    ["under its segments", { audience: [{ customer: { segments: ["s"] } }] }, ["bySegment s"]],
    [
      "under its outlets before its channels",
      { when: [{ channels: ["app"] }, { outlets: ["o"] }] },
      ["byOutlet o"],
    ],
    ["under its channels", { audience: [{ earlyAccess: false }, { channels: ["app"] }] }, ["byChannel app"]],
    ["among all where nothing of this is said", { when: [{ sum: { atLeast: 1 } }] }, ["always"]],
    ["nowhere when it needs a code", { codes: { list: ["C"] } }, []],
    ["nowhere when it is not live", { status: "paused" }, []],
    [
      "under the offers of its kit",
      {
        then: [
          {
            kit: {
              parts: [
                { of: { offers: ["a"] }, quantity: 1 },
                { of: { offers: ["b"] }, quantity: 1 },
              ],
              price: 1,
            },
          },
        ],
      },
      ["byOffer a", "byOffer b"],
    ],
    [
      "among all when a part of its kit is no list of offers",
      {
        then: [
          {
            kit: {
              parts: [
                { of: { offers: ["a"] }, quantity: 1 },
                { of: { vendors: ["v"] }, quantity: 1 },
              ],
              price: 1,
            },
          },
        ],
      },
      ["always"],
    ],
  ])("%s", (_, more, expected) => {
    expect(places(more)).toEqual(expected);
  });
});

test("the live ones are those between their first instant and their last, which is not counted", () => {
  const at = (minutes: number): string => new Date(NOON + minutes * 60_000).toISOString();
  const { index } = rulesOf([
    promotion("late", { schedule: { from: at(10), until: at(20) } }),
    promotion("early", { schedule: { from: at(-20), until: at(10) } }),
    promotion("ever", {}),
    promotion("from", { schedule: { from: at(15) } }),
  ]);
  const live = (minutes: number): string =>
    liveAlways(index, NOON + minutes * 60_000)
      .map(({ id }) => id)
      .join();
  const moments = [-21, -20, 0, 9.99, 10, 15, 19.99, 20, 99];
  const expected = [
    "ever",
    "early,ever",
    "early,ever",
    "early,ever",
    "late,ever",
    "late,ever,from",
    "late,ever,from",
    "ever,from",
    "ever,from",
  ];
  expect(moments.map(live)).toEqual(expected);
  // Spans that were asked for are remembered and give the same.
  expect([...moments].reverse().map(live)).toEqual([...expected].reverse());
  expect(index.boundaries).toHaveLength(4);
  const [first] = [liveAlways(index, NOON)];
  expect(liveAlways(index, NOON + 1)).toBe(first);
});
