// Which promotions exclude each other, over the goods of a catalogue.
import { describe, expect, test } from "vitest";
import { minor } from "../money/index.ts";
import { compileRules, type Offer, type PromotionDocument } from "../pricing/index.ts";
import { findRivals } from "./index.ts";

const offer = (id: string, category: string): Offer =>
  ({
    ...{
      id,
      groupId: id,
      name: id,
      price: minor(100),
      oldPrice: null,
      categoryIds: [category],
      vendor: null,
    },
    ...{ params: {}, step: null, codeCap: null, usePoints: true, isAvailable: true, stock: null },
  }) as unknown as Offer;
const catalogue = { offers: [offer("a", "1"), offer("b", "2")], categories: [] };

function rivalsOf(
  promotions: readonly Partial<PromotionDocument>[],
  most = 10,
  goods: typeof catalogue | null = catalogue,
) {
  const set = {
    promotions: promotions.map((each, index) => ({
      id: `p${index}`,
      name: "n",
      then: [{ percent: 5 }],
      ...each,
    })),
  } as { promotions: PromotionDocument[] };
  const compiled = compileRules(set, "Europe/Moscow");
  if (compiled.kind === "refused") throw new Error(JSON.stringify(compiled.problems));
  return findRivals(set, compiled.rules, goods, { at: Date.UTC(2026, 10, 22), most });
}

const reasons = (...all: Parameters<typeof rivalsOf>) =>
  rivalsOf(...all).pairs.map(({ left, right, reason }) => `${left} ${right} ${reason}`);

describe("promotions that exclude each other", () => {
  const alone = { combining: { with: "none" as const } };

  test("those that combine with all are told of nobody", () => {
    expect(reasons([{}, {}, {}])).toEqual([]);
  });

  test("one that combines with nothing excludes those of its layer on the same goods", () => {
    expect(reasons([alone, {}])).toEqual(["p0 p1 same_layer"]);
    expect(reasons([alone, { combining: { layer: 5 } }])).toEqual([]);
    const [of1, of2] = [{ scope: { categories: ["1"] } }, { scope: { categories: ["2"] } }];
    expect(reasons([{ ...alone, ...of1 }, of2])).toEqual([]);
    expect(reasons([{ ...alone, ...of1 }, of1])).toEqual(["p0 p1 same_layer"]);
  });

  test("without a catalogue goods may meet", () => {
    const [of1, of2] = [{ scope: { categories: ["1"] } }, { scope: { categories: ["2"] } }];
    expect(reasons([{ ...alone, ...of1 }, of2], 10, null)).toEqual(["p0 p1 same_layer"]);
  });

  test("the best of one name, and one that replaces others, are told as such", () => {
    const best = { combining: { bestOf: "sale" } };
    expect(reasons([best, best])).toEqual(["p0 p1 best_of"]);
    const chosen = { choice: { group: "menu" }, combining: { replaces: "all-discounts" as const } };
    expect(reasons([{}, chosen])).toEqual(["p0 p1 replaces"]);
    expect(reasons([chosen, chosen])).toEqual([]);
  });

  test("what is over, or runs at other times, meets nobody", () => {
    expect(reasons([alone, { schedule: { until: "2026-11-01" } }])).toEqual([]);
    const early = { ...alone, schedule: { until: "2026-12-01" } };
    expect(reasons([early, { schedule: { from: "2026-12-01" } }])).toEqual([]);
    expect(reasons([early, { schedule: { from: "2026-11-30" } }])).toEqual(["p0 p1 same_layer"]);
  });

  test("more pairs than are wanted are not told, and that is", () => {
    expect(rivalsOf([alone, alone, alone], 2)).toMatchObject({ isWhole: false });
    expect(rivalsOf([alone, alone, alone], 3)).toMatchObject({ isWhole: true });
  });
});
