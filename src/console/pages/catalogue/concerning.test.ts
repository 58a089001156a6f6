// Which promotions are said to concern an item.
import { expect, test } from "vitest";
import type { SetPromotion } from "../promotions/sets.ts";
import { concerning } from "./concerning.ts";
import type { Offer } from "./offer-page.tsx";

const offer: Offer = {
  id: "1501",
  groupId: "15",
  name: "Шоколад",
  vendor: "Луг",
  priceMinor: 21_900,
  oldPriceMinor: 25_000,
  isAvailable: true,
  step: null,
  codeCapBps: null,
  usePoints: true,
  categoryIds: ["10", "1"],
  params: { какао: ["72 %"] },
  variants: [],
  stock: [],
};
const promotion = (id: string, rest: object): SetPromotion => ({
  id,
  name: id,
  then: [{ percent: 5 }],
  ...rest,
});

test("those whose goods hold it act on it; those that name it elsewhere mention it; the rest is counted or left out", () => {
  const told = concerning(offer, [
    promotion("by-id", { scope: { offers: ["1501"] } }),
    promotion("by-category", { scope: { categories: ["1"], not: { vendors: ["Поле"] } } }),
    promotion("by-price", { scope: { price: { from: 200, to: 220 }, hasOldPrice: true } }),
    promotion("other", { scope: { categories: ["2"] } }),
    promotion("not-it", { scope: { categories: ["1"], not: { offers: ["1501"] } } }),
    promotion("gift", { scope: { categories: ["2"] }, then: [{ gift: { offer: "1501" } }] }),
    promotion("all", {}),
    promotion("paused", { status: "paused", scope: { offers: ["1501"] } }),
  ]);
  expect(told.found.map(({ promotion: { id }, how }) => [id, how])).toEqual([
    ["by-id", "acts"],
    ["by-category", "acts"],
    ["by-price", "acts"],
    ["not-it", "mentions"],
    ["gift", "mentions"],
  ]);
  expect(told.onAll).toBe(1);
});
