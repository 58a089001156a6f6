// Any basket body to our request: one row per odd shape.
import { describe, expect, test } from "vitest";
import type { CartRequest } from "../../flows/index.ts";
import { choicesOf } from "./promo-group.ts";
import { readBasket } from "./translate.ts";
import { flagOf, idOf, moneyOf, numberOf, pointsOf, quantityOf } from "./values.ts";

const read = (body: Record<string, unknown>): CartRequest => {
  const result = readBasket(body);
  if (result.kind === "refused") throw new Error(result.code);
  return result.request;
};
const line = (item: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  read({ items: [item], ...more }).lines[0];

describe("single values", () => {
  test.each([
    ["a", "a"],
    [" Ab ", "Ab"],
    [771200, "771200"],
    [0, "0"],
    ["", null],
    ["  ", null],
    ["none", null],
    ["None", null],
    ["NULL", null],
    ["nonesuch", "nonesuch"],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
    [["a"], null],
    [Number.NaN, null],
    ["x".repeat(301), null],
    ["a\u0000b", "ab"],
    ["a\ud800b", "ab"],
    ["🙂", "🙂"],
  ])("an id from %j is %j", (value, id) => {
    expect(idOf(value)).toBe(id);
  });

  test.each([
    [1, 1],
    ["1", 1],
    ["1,5", 1.5],
    [" 1 890,50 ", 1890.5],
    ["1\u00a0890", 1890],
    ["-3", -3],
    [".5", 0.5],
    ["1e3", 1000],
    ["1.2.3", null],
    ["12abc", null],
    ["", null],
    ["Infinity", null],
    [true, null],
    [null, null],
    [[1], null],
  ])("a number from %j is %j", (value, number) => {
    expect(numberOf(value)).toBe(number);
  });

  test.each([
    [true, true],
    ["true", true],
    ["TRUE", true],
    [1, true],
    ["1", true],
    [false, false],
    ["false", false],
    [0, false],
    ["yes", null],
    [2, null],
    [null, null],
  ])("a flag from %j is %j", (value, flag) => {
    expect(flagOf(value)).toBe(flag);
  });

  test.each([
    [1, 1000],
    ["2", 2000],
    [0.1 + 0.2, 300],
    ["0,25", 250],
    [0.0004, null],
    [0, null],
    [-1, null],
    [1e300, null],
    [9_007_199_254_740, 9_007_199_254_740_000],
    ["abc", null],
    [null, null],
  ])("a quantity from %j is %j thousandths", (value, thousandths) => {
    expect(quantityOf(value)).toBe(thousandths);
  });

  test("money is kopecks, points are whole, and neither is negative", () => {
    expect([moneyOf("749,9"), moneyOf(0), moneyOf(-1), moneyOf("x")]).toEqual([74_990, 0, null, null]);
    expect([pointsOf("150"), pointsOf(99.9), pointsOf(-5), pointsOf(null)]).toEqual([150, 99, 0, 0]);
    expect(pointsOf(1e300)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("the chosen marketing actions", () => {
  const ids = (value: unknown): string[] => choicesOf(value).map(({ promotionId }) => promotionId);
  test.each([
    [
      [{ id: "a" }, { id: "b" }],
      ["a", "b"],
    ],
    [
      [[{ id: "a" }], { id: "b" }],
      ["a", "b"],
    ],
    [[[[{ id: "a" }]]], ["a"]],
    [[[[[{ id: "too deep" }]]]], []],
    [{ id: "a" }, ["a"]],
    ["a", ["a"]],
    [7, ["7"]],
    [["a", null, [], { gifts: [] }, { id: null }, "none", { id: "a" }], ["a"]],
    [null, []],
    [undefined, []],
    [true, []],
  ])("%j names %j", (value, expected) => {
    expect(ids(value)).toEqual(expected);
  });

  test("gifts of one action named twice are joined, each offer once, one unit where none is said", () => {
    const gifts = [{ id: 990002, quantity: "2" }, "990003", { id: "990002", quantity: 9 }, null];
    expect(
      choicesOf([
        { id: "a", gifts },
        { id: "a", gifts: { id: "x" } },
      ]),
    ).toEqual([
      {
        promotionId: "a",
        gifts: [
          { offerId: "990002", quantity: 2000 },
          { offerId: "990003", quantity: 1000 },
          { offerId: "x", quantity: 1000 },
        ],
      },
    ]);
  });
});

describe("the body", () => {
  test.each([[{}], [{ items: null }], [{ items: [] }]])("%j is an empty cart", (body) => {
    expect(read(body).lines).toEqual([]);
  });

  test.each([[{ items: {} }], [{ items: "x" }], [{ items: 5 }], [{ items: true }]])(
    "%j is refused",
    (body) => {
      expect(readBasket(body)).toEqual({ kind: "refused", code: "items_not_array" });
    },
  );

  test("a thousand lines are read, one more is refused", () => {
    const items = Array.from({ length: 1001 }, () => ({ configurationId: "1", quantity: 1 }));
    expect(readBasket({ items })).toEqual({ kind: "refused", code: "too_many_items" });
    expect(read({ items: items.slice(1) }).lines).toHaveLength(1000);
  });

  test("entries that name nothing are counted, the others stay in order", () => {
    const result = readBasket({
      items: [null, { configurationId: "1" }, "2", { quantity: 1 }, [], { id: 3 }],
    });
    expect(result).toMatchObject({ nameless: 4, request: { lines: [{ ref: "1" }, { ref: "3" }] } });
  });

  test("staff or outlet make it the seller's app", () => {
    expect(read({}).channel).toBe("app");
    expect(read({ staffId: "", outletId: "none" }).channel).toBe("app");
    expect(read({ staffId: "0040" })).toMatchObject({ channel: "seller", employeeId: "0040" });
    expect(read({ outletId: "007" })).toMatchObject({ channel: "seller", outletId: "007" });
  });

  test("both spellings of services are read, only ticks and names of them", () => {
    const sent = [{ serviceId: 5, itemId: 1, isSelected: "true", price: 1 }, { title: "x" }];
    const services = [{ serviceId: "5", itemId: "1", isSelected: true }];
    expect(read({ extraServices: sent }).services).toEqual(services);
    expect(read({ extralServices: sent }).services).toEqual(services);
    expect(read({}).services).toBeNull();
    expect(read({ extraServices: "x" }).services).toBeNull();
  });

  test("the city is told by the top level, else by the address, else by a city that is an id", () => {
    const addressData = { city: "Пермь", cityKladr: "59", cityFias: "c", regionFias: "r", fiasCode: "f" };
    expect(read({ addressData }).city).toEqual({
      name: "Пермь",
      kladr: "59",
      fias: "f",
      cityFias: "c",
      regionFias: "r",
    });
    expect(read({ city: "Омск", cityKladr: "55", fiasCode: "F", addressData }).city).toMatchObject({
      name: "Омск",
      kladr: "55",
      fias: "F",
    });
    const guid = "2763c110-cb8b-416a-9dac-ad28a55b4402";
    expect(read({ city: guid }).city).toMatchObject({ fias: guid, cityFias: guid });
    expect(read({ addressData: "x" }).city.fias).toBeNull();
  });

  test("pickup points, in the order of trust; methods keep their prefix", () => {
    expect(read({ deliveryPickupId: "a", preferredPickupId: "b" }).pickupPoint).toBe("a");
    expect(read({ deliveryPickupId: "", preferredPickupId: "b" }).pickupPoint).toBe("b");
    expect(read({ pickupLocationId: 9 }).pickupPoint).toBe("9");
    expect(read({ deliveryId: "webhook/courier" }).deliveryMethod).toBe("webhook/courier");
  });

  test("customers are named by id, card and phone", () => {
    const user = { phone: "+7 (912) 000-00-12", name: "none" };
    expect(read({ externalUserId: 5, loyaltyCard: "", user }).customer).toEqual({
      externalUserId: "5",
      loyaltyCard: null,
      phone: "+7 (912) 000-00-12",
    });
  });

  test("a lone gift card is one, a card without a number none", () => {
    expect(read({ giftCards: { number: 77, pin: "0042" } }).giftCards).toEqual([
      { number: "77", pin: "0042" },
    ]);
    expect(read({ giftCards: [{ pin: "1" }, "x", { number: "5" }] }).giftCards).toEqual([
      { number: "5", pin: null },
    ]);
  });
});

describe("a line", () => {
  test("keeps the app's id to the letter", () => {
    expect(line({ configurationId: " 00A ", privateId: "b", id: "c" })).toMatchObject({
      ref: " 00A ",
      hasOwnRef: true,
      privateRef: "b",
      productRef: "c",
    });
  });

  test("without its own id goes by the next one", () => {
    expect(line({ configurationId: null, privateId: "b", id: "c" })).toMatchObject({
      ref: "b",
      hasOwnRef: false,
    });
    expect(line({ id: 7 })).toMatchObject({ ref: "7", hasOwnRef: false, privateRef: null });
  });

  test("of the seller's app never says which product it is", () => {
    expect(line({ configurationId: "a", id: "771200" }, { staffId: "1" })).toMatchObject({
      productRef: null,
    });
  });

  test("is ticked unless it says otherwise", () => {
    for (const selected of [undefined, null, "x", true, "true"]) {
      expect(line({ configurationId: "1", selected })?.selected).toBe(true);
    }
    for (const selected of [false, "false", 0]) {
      expect(line({ configurationId: "1", selected })?.selected).toBe(false);
    }
  });

  test("carries what belongs to it, cleaned", () => {
    expect(
      line({
        configurationId: "1",
        itemKitId: 5,
        addons: [{ configurationId: "a" }, "b", null, { configurationId: "" }],
        warehouseId: "none",
        fractionOptionId: 3,
        deliveryGroup: "express",
        appliedDiscounts: ["p", "p", null, { id: "q" }],
        price: "0",
      }),
    ).toMatchObject({
      kitId: "5",
      addonRefs: ["a", "b"],
      warehouseId: null,
      fractionOptionId: "3",
      deliveryGroup: "express",
      echoed: ["p", "q"],
      sentAsFree: true,
    });
  });
});
