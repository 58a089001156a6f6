// Every condition, once where it holds and once where it does not.
import { describe, expect, test } from "vitest";
import { cart, customer, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { instant } from "../basics/index.ts";
import { minor } from "../money/index.ts";
import { type Cart, type Condition, type Facts, type Goods, type PromotionDocument, price } from "./index.ts";

const OFFERS = [
  offer("a", 100, {
    groupId: "g1",
    categoryIds: ["pans", "home"],
    vendor: "north",
    params: { colour: ["red"] },
  }),
  offer("b", 50, { groupId: "g2", categoryIds: ["tea"], oldPrice: minor(9900) }),
];

function applies(
  promotion: Partial<PromotionDocument>,
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
  at = NOON,
): boolean {
  const rules = rulesOf([{ id: "p", name: "p", then: [{ percent: 10 }], ...promotion }]);
  const quote = price(cart([line("a", 2), line("b", 1)], asked), rules, facts(OFFERS, more), at, "every");
  return quote.verdicts.some((verdict) => verdict.kind === "applied");
}

function holds(condition: Condition, ...rest: [Partial<Cart>?, Partial<Facts>?]): boolean {
  return applies({ when: [condition] }, ...rest);
}

describe("what lies in the cart", () => {
  test.each<[Condition, boolean]>([
    [{ sum: { atLeast: 250 } }, true],
    [{ sum: { atLeast: 250.01 } }, false],
    [{ sum: { atMost: 249 } }, false],
    [{ sum: { atMost: 250 } }, true],
    [{ quantity: { atMost: 3 } }, true],
    [{ quantity: { atMost: 2 } }, false],
    [{ sum: { atLeast: 200, of: { categories: ["home"] }, measured: "list" } }, true],
    [{ sum: { atLeast: 51, of: { offers: ["b"] } } }, false],
    [{ quantity: { atLeast: 3 } }, true],
    [{ quantity: { atLeast: 2, atMost: 2, of: { vendors: ["north"] } } }, true],
    [{ quantity: { atLeast: 4 } }, false],
    [{ distinctGoods: { atLeast: 2 } }, true],
    [{ distinctGoods: { atLeast: 2, of: { groups: ["g1"] } } }, false],
    [{ any: [{ sum: { atLeast: 1000 } }, { quantity: { atLeast: 1 } }] }, true],
    [{ all: [{ sum: { atLeast: 1 } }, { quantity: { atLeast: 9 } }] }, false],
    [{ all: [{ sum: { atLeast: 1 } }, { quantity: { atLeast: 1 } }] }, true],
    [{ not: { sum: { atLeast: 1000 } } }, true],
  ])("%j: %j", (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test.each<[Goods, boolean]>([
    [{}, true],
    [{ offers: ["a"] }, true],
    [{ groups: ["g9"] }, false],
    [{ categories: ["pans"], vendors: ["south"] }, false],
    [{ categories: ["pans", "home"], vendors: ["north"] }, true],
    [{ price: { from: 50, to: "50.00" } }, true],
    [{ price: { from: 101 } }, false],
    [{ hasOldPrice: true, categories: ["tea"] }, true],
    [{ hasOldPrice: false, offers: ["b"] }, false],
    [{ params: { colour: ["red", "blue"] } }, true],
    [{ params: { toString: ["red"] } }, false],
    [{ any: [{ offers: ["x"] }, {}] }, true],
    [{ all: [{ offers: ["a"] }, { vendors: ["north"] }] }, true],
    [{ not: { offers: ["a", "b"] } }, false],
    [{ not: {} }, false],
  ])("goods %j are found: %j", (scope, expected) => {
    expect(applies({ scope })).toBe(expected);
  });
});

describe("the customer", () => {
  const known = {
    customer: customer({
      segments: ["vip"],
      tier: "gold",
      birthday: "1990-11-23",
      orderCount: 2,
      spent: { 30: minor(50000) },
    }),
  };

  test.each<[Condition, boolean]>([
    [{ customer: { known: true } }, true],
    [{ customer: { known: false } }, false],
    [{ customer: { segments: ["vip", "new"] } }, true],
    [{ customer: { segments: ["new"] } }, false],
    [{ customer: { tiers: ["gold"] } }, true],
    [{ customer: { tiers: ["silver"] } }, false],
    [{ customer: { birthday: { daysBefore: 2, daysAfter: 0 } } }, true],
    [{ customer: { birthday: { daysBefore: 1, daysAfter: 9 } } }, false],
    [{ customer: { orderNumber: { atLeast: 3, atMost: 3 } } }, true],
    [{ customer: { orderNumber: { atLeast: 1, atMost: 1 } } }, false],
    [{ customer: { spent: { days: 30, atLeast: 500 } } }, true],
    [{ customer: { spent: { days: 7, atLeast: 1 } } }, false],
  ])("%j: %j", (condition, expected) => {
    expect(holds(condition, {}, known)).toBe(expected);
  });

  test("an anonymous cart is only ever not known", () => {
    expect(holds({ customer: { known: false } })).toBe(true);
    expect(holds({ customer: { segments: ["vip"] } })).toBe(false);
  });

  test("without a birthday or an order count their conditions fail", () => {
    const bare = { customer: customer() };
    expect(holds({ customer: { birthday: { daysBefore: 400, daysAfter: 400 } } }, {}, bare)).toBe(false);
    expect(holds({ customer: { orderNumber: { atLeast: 0 } } }, {}, bare)).toBe(false);
    expect(holds({ customer: { tiers: ["gold"] } }, {}, bare)).toBe(false);
  });

  test("29 February is 28 in other years", () => {
    const leap = { customer: customer({ birthday: "02-29" }) };
    const day = { when: [{ customer: { birthday: { daysBefore: 0, daysAfter: 0 } } }] };
    expect(applies(day, {}, leap, instant(Date.UTC(2027, 1, 28, 9)))).toBe(true);
    expect(applies(day, {}, leap, instant(Date.UTC(2028, 1, 28, 9)))).toBe(false);
    expect(applies(day, {}, leap, instant(Date.UTC(2028, 1, 29, 9)))).toBe(true);
  });

  test("rules tell for which periods spending must be known", () => {
    const rules = rulesOf([
      {
        id: "p",
        name: "p",
        audience: [{ not: { customer: { spent: { days: 90, atLeast: 1 } } } }],
        then: [{ percent: 1 }],
      },
      {
        id: "q",
        name: "q",
        when: [{ any: [{ all: [{ customer: { spent: { days: 30, atLeast: 1 } } }] }] }],
        then: [{ percent: 1 }],
      },
    ]);
    expect(rules.spentDays).toEqual([30, 90]);
  });
});

describe("where the order comes from and goes to", () => {
  const city = { name: "Орёл", kladr: "5700000100000", fias: "fias-1" };
  test.each<[Condition, Partial<Cart>, boolean]>([
    [{ channels: ["seller"] }, { channel: "seller" }, true],
    [{ channels: ["seller"] }, {}, false],
    [{ outlets: ["ЕКБ-02"] }, { outletId: "ЕКБ-02" }, true],
    [{ outlets: ["ЕКБ-02"] }, {}, false],
    [{ employees: ["40017"] }, { employeeId: "40017" }, true],
    [{ pickupPoints: ["7"] }, { pickupPoint: "7" }, true],
    [{ delivery: ["courier"] }, { deliveryMethod: "webhook/courier" }, true],
    [{ delivery: ["courier"] }, { deliveryMethod: "post" }, false],
    [{ payment: ["webhook/card"] }, { paymentMethod: "webhook/card" }, true],
    [{ payment: ["card"] }, {}, false],
    [{ earlyAccess: true }, { isEarlyAccess: true }, true],
    [{ earlyAccess: true }, {}, false],
    [{ cities: { names: ["орел"] } }, { city }, true],
    [{ cities: { kladr: ["5700000000000"] } }, { city }, true],
    [{ cities: { kladr: ["5700000200000"] } }, { city }, false],
    [{ cities: { kladr: ["odd"] } }, { city }, false],
    [{ cities: { fias: ["fias-1"] } }, { city }, true],
    [{ cities: { kladr: ["5700000000000"] } }, { city: { ...city, kladr: null } }, false],
    [{ cities: { kladr: [""] } }, { city: { ...city, kladr: null } }, false],
    [{ cities: { kladr: ["0000000000000"] } }, { city: { ...city, kladr: "0100000100000" } }, false],
    [{ cities: { kladr: ["5710000000000"] } }, { city: { ...city, kladr: "5720000100000" } }, false],
    [{ cities: { kladr: ["5710000000000"] } }, { city: { ...city, kladr: "5710000100000" } }, true],
    [{ cities: { kladr: ["5701000000000"] } }, { city: { ...city, kladr: "5701100000000" } }, false],
    [{ cities: { kladr: ["x5700000100000"] } }, { city }, false],
    [{ cities: { fias: ["null"] } }, { city: { ...city, fias: null } }, false],
    [{ cities: { names: ["null"] } }, { city: { ...city, name: null } }, false],
    [{ outlets: ["null"] }, { outletId: null }, false],
    [{ cities: { names: ["Тула"], fias: ["fias-2"] } }, {}, false],
  ])("%j in %j: %j", (condition, asked, expected) => {
    expect(holds(condition, asked)).toBe(expected);
  });

  test("rules found by segment, channel and outlet alone are found", () => {
    const seller = { channel: "seller" as const, outletId: "7" };
    expect(applies({ audience: [{ outlets: ["7"] }] }, seller)).toBe(true);
    expect(applies({ audience: [{ channels: ["seller"] }] }, seller)).toBe(true);
    expect(
      applies(
        { audience: [{ customer: { segments: ["vip"] } }] },
        {},
        { customer: customer({ segments: ["vip"] }) },
      ),
    ).toBe(true);
  });
});

describe("time in the shop's zone", () => {
  test.each<[Condition, boolean]>([
    [{ weekdays: [6, 7] }, true],
    [{ weekdays: [1] }, false],
    [{ hours: { from: "12:00", to: "13:00" } }, true],
    [{ hours: { from: "09:00", to: "12:00" } }, false],
    [{ hours: { from: "22:00", to: "12:30" } }, true],
    [{ hours: { from: "22:00", to: "06:00" } }, false],
    [{ dates: { from: "2026-11-21", until: "2026-11-22" } }, true],
    [{ dates: { until: "2026-11-21T12:00" } }, false],
    [{ dates: { from: "2026-11-21T09:00:00Z" } }, true],
    [{ dates: { from: "2026-11-21T12:00:00.001+03:00" } }, false],
  ])("%j at noon of a Saturday: %j", (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test("schedules have windows, weekdays and hours", () => {
    expect(
      applies({
        schedule: {
          from: "2026-11-21",
          until: "2026-11-22",
          weekdays: [6],
          hours: [{ from: "10:00", to: "24:00" }],
        },
      }),
    ).toBe(true);
    expect(applies({ schedule: { hours: [{ from: "13:00", to: "14:00" }] } })).toBe(false);
    expect(applies({ schedule: { until: "2026-11-21T12:00" } })).toBe(false);
    expect(applies({ schedule: { from: "2026-11-21T12:00" }, scope: { offers: ["a"] } })).toBe(true);
    expect(applies({ schedule: { weekdays: [7] } })).toBe(false);
    const hours = [
      { from: "08:00", to: "09:00" },
      { from: "11:00", to: "13:00" },
    ];
    expect(applies({ schedule: { hours } })).toBe(true);
    expect(applies({ schedule: { hours: hours.slice(0, 1) } })).toBe(false);
    expect(applies({ status: "active" })).toBe(true);
    for (const status of ["draft", "ended"] as const) expect(applies({ status })).toBe(false);
    expect(applies({ status: "paused" })).toBe(false);
    expect(applies({ status: "scheduled" })).toBe(true);
  });

  test("the live promotions are remembered by span and forgotten when there are many", () => {
    const day = (at: number): string => new Date(Date.UTC(2026, 0, 1 + at)).toISOString();
    const rules = rulesOf(
      Array.from({ length: 70 }, (_, at) => ({
        id: `p${at}`,
        name: "p",
        schedule: { from: day(at), until: day(at + 1) },
        then: [{ percent: 10 }],
      })),
    );
    for (let at = 0; at < 70; at += 1) {
      const quote = price(cart([line("a")]), rules, facts(OFFERS), instant(Date.UTC(2026, 0, 1 + at, 5)));
      expect(quote.steps.map((step) => step.promotionId)).toEqual([`p${at}`]);
    }
  });
});
