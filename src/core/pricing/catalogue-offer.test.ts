// Which price, availability and stock a cart sees.
import { describe, expect, test } from "vitest";
import { minor, quantity } from "../money/index.ts";
import { type CatalogueOffer, type OfferVariant, type PricePlace, resolveOffer } from "./catalogue-offer.ts";

const variant = (
  city: string | null,
  tier: string | null,
  price: number | null,
  more = {},
): OfferVariant => ({
  city,
  tier,
  price: price === null ? null : minor(price),
  oldPrice: null,
  isAvailable: null,
  ...more,
});

const offer = (
  variants: readonly OfferVariant[] = [],
  more: Partial<CatalogueOffer> = {},
): CatalogueOffer => ({
  id: "1",
  groupId: "1",
  name: "Ковш",
  vendor: null,
  categoryIds: [],
  params: {},
  step: null,
  codeCap: null,
  usePoints: true,
  price: minor(1000),
  oldPrice: null,
  isAvailable: true,
  variants,
  ...more,
});

const place = (more: Partial<PricePlace> = {}): PricePlace => ({
  cities: [],
  priceTier: null,
  outletId: null,
  ...more,
});

describe("the narrowest price counts", () => {
  const variants = [
    variant("region", null, 900),
    variant("city", null, 800),
    variant(null, "vip", 700),
    variant("region", "vip", 600),
    variant("city", "vip", 500),
  ];
  const stock = [{ outletId: "o", quantity: quantity(1000), price: minor(850), oldPrice: null }];
  test.each([
    ["default", place(), 1000],
    ["another city and tier", place({ cities: ["else"], priceTier: "gold" }), 1000],
    ["region", place({ cities: ["else", "region"] }), 900],
    ["city before region", place({ cities: ["city", "region"] }), 800],
    ["outlet before city", place({ cities: ["city", "region"], outletId: "o" }), 850],
    ["tier before outlet", place({ cities: ["else"], priceTier: "vip", outletId: "o" }), 700],
    ["tier in the region", place({ cities: ["else", "region"], priceTier: "vip" }), 600],
    ["the city's for a tier of which it does not speak", place({ cities: ["city"], priceTier: "gold" }), 800],
    ["tier in the city", place({ cities: ["city", "region"], priceTier: "vip" }), 500],
  ])("%s", (_, at, price) => {
    expect(resolveOffer(offer(variants), stock, at).price).toBe(price);
    expect(resolveOffer(offer([...variants].reverse()), stock, at).price).toBe(price);
  });
});

test("a variant that names no price leaves the wider one", () => {
  const variants = [variant("city", null, null, { isAvailable: false }), variant("region", null, 900)];
  expect(resolveOffer(offer(variants), [], place({ cities: ["city", "region"] }))).toMatchObject({
    price: 900,
    isAvailable: false,
  });
});

test("a city can sell what is off elsewhere, and the other way round", () => {
  const variants = [variant("city", null, null, { isAvailable: true })];
  const off = offer(variants, { isAvailable: false });
  expect(resolveOffer(off, [], place({ cities: ["city"] })).isAvailable).toBe(true);
  expect(resolveOffer(off, [], place({ cities: ["else"] })).isAvailable).toBe(false);
});

test("an old price not above the price that the cart sees is dropped", () => {
  const dear = offer([variant("city", null, 1500)], { oldPrice: minor(1200) });
  expect(resolveOffer(dear, [], place()).oldPrice).toBe(1200);
  expect(resolveOffer(dear, [], place({ cities: ["city"] })).oldPrice).toBeNull();
});

test("an old price is that of the narrowest word too: city before outlet before default", () => {
  const stock = [{ outletId: "o", quantity: quantity(1000), price: null, oldPrice: minor(1300) }];
  const known = offer([variant(null, "vip", null, { oldPrice: minor(1400) })], { oldPrice: minor(1200) });
  expect(resolveOffer(known, stock, place()).oldPrice).toBe(1200);
  expect(resolveOffer(known, stock, place({ outletId: "o" })).oldPrice).toBe(1300);
  expect(resolveOffer(known, stock, place({ outletId: "o", priceTier: "vip" })).oldPrice).toBe(1400);
  expect(resolveOffer(offer([], { oldPrice: minor(1000) }), [], place()).oldPrice).toBeNull();
});

describe("stock", () => {
  const stock = [
    { outletId: "a", quantity: quantity(1500), price: null, oldPrice: null },
    { outletId: "b", quantity: quantity(2000), price: null, oldPrice: null },
  ];
  test("is unknown where no outlet has told", () => {
    expect(resolveOffer(offer(), [], place({ outletId: "a" })).stock).toBeNull();
  });
  test("is the outlet's own, and nothing where the outlet has none", () => {
    expect(resolveOffer(offer(), stock, place({ outletId: "b" })).stock).toBe(2000);
    expect(resolveOffer(offer(), stock, place({ outletId: "c" })).stock).toBe(0);
  });
  test("is the sum without an outlet", () => {
    expect(resolveOffer(offer(), stock, place()).stock).toBe(3500);
  });
});

test("what is told to the cart has no variants left in it", () => {
  expect(resolveOffer(offer(), [], place())).not.toHaveProperty("variants");
});
