// A condition that fails says where it stands, what it is, what it needs and what the cart has; and it fails at its bounds, not beside them.
import { describe, expect, test } from "vitest";
import { cart, customer, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { quoteOf, verdictOf } from "../../../test/support/small-shop.ts";
import { instant } from "../basics/index.ts";
import { type Cart, type Condition, type Facts, price } from "./index.ts";

function failedOf(condition: Condition, asked: Partial<Cart> = {}, more: Partial<Facts> = {}): unknown {
  const verdict = quoteOf([{ id: "p", when: [condition] }], asked, more, {}, "every").verdicts[0];
  return verdict?.kind === "not_applied" ? verdict.failed : verdict?.kind;
}

const holds = (condition: Condition, asked: Partial<Cart> = {}): boolean =>
  failedOf(condition, asked) === "applied";

describe("what a failing condition says", () => {
  const city = { name: null, kladr: null, fias: null };
  test.each<[string, Condition, Partial<Cart>, object]>([
    [
      "channels",
      { channels: ["seller"] },
      {},
      { path: "when[0].channels", kind: "channels", needed: "seller", actual: "app" },
    ],
    [
      "outlets",
      { outlets: ["s-1", "s-2"] },
      { outletId: "s-9" },
      { path: "when[0].outlets", kind: "outlets", needed: "s-1, s-2", actual: "s-9" },
    ],
    [
      "employees",
      { employees: ["e-1"] },
      { employeeId: "e-2" },
      { path: "when[0].employees", kind: "employees", needed: "e-1", actual: "e-2" },
    ],
    [
      "pickup points",
      { pickupPoints: ["u-1", "u-2"] },
      { pickupPoint: "u-3" },
      { path: "when[0].pickupPoints", kind: "pickupPoints", needed: "u-1, u-2", actual: "u-3" },
    ],
    [
      "delivery",
      { delivery: ["post", "van"] },
      { deliveryMethod: "x/walk" },
      { path: "when[0].delivery", kind: "delivery", needed: "post, van", actual: "x/walk" },
    ],
    [
      "payment",
      { payment: ["card"] },
      { paymentMethod: "cash" },
      { path: "when[0].payment", kind: "payment", needed: "card", actual: "cash" },
    ],
    [
      "early access",
      { earlyAccess: true },
      {},
      { path: "when[0].earlyAccess", kind: "earlyAccess", needed: "true", actual: "false" },
    ],
    [
      "no early access",
      { earlyAccess: false },
      { isEarlyAccess: true },
      { path: "when[0].earlyAccess", kind: "earlyAccess", needed: "false", actual: "true" },
    ],
    [
      "cities by name",
      { cities: { names: ["Тула"] } },
      { city: { ...city, name: "Орёл" } },
      { path: "when[0].cities", kind: "cities", needed: "Тула", actual: "Орёл" },
    ],
    [
      "cities by every mark",
      { cities: { names: ["Тула"], kladr: ["71"], fias: ["f-1"] } },
      { city: { ...city, kladr: "57" } },
      { path: "when[0].cities", kind: "cities", needed: "Тула, 71, f-1", actual: "57" },
    ],
    [
      "cities by FIAS",
      { cities: { fias: ["f-1"] } },
      { city: { ...city, fias: "f-2" } },
      { path: "when[0].cities", kind: "cities", needed: "f-1", actual: "f-2" },
    ],
    [
      "weekdays",
      { weekdays: [1, 2] },
      {},
      { path: "when[0].weekdays", kind: "weekdays", needed: "1, 2", actual: 6 },
    ],
    [
      "hours",
      { hours: { from: "08:05", to: "09:30" } },
      {},
      { path: "when[0].hours", kind: "hours", needed: "08:05–09:30", actual: "12:00" },
    ],
    [
      "dates",
      { dates: { from: "2027-01-01", until: "2027-02-01" } },
      {},
      { path: "when[0].dates", kind: "dates", needed: "2027-01-01–2027-02-01", actual: NOON },
    ],
    [
      "dates without an end",
      { dates: { from: "2027-01-01" } },
      {},
      { path: "when[0].dates", kind: "dates", needed: "2027-01-01–", actual: NOON },
    ],
    [
      "dates without a beginning",
      { dates: { until: "2026-01-01" } },
      {},
      { path: "when[0].dates", kind: "dates", needed: "–2026-01-01", actual: NOON },
    ],
    [
      "not",
      { not: { channels: ["app"] } },
      {},
      { path: "when[0].not", kind: "not", needed: null, actual: null },
    ],
    [
      "any",
      { any: [{ channels: ["seller"] }, { earlyAccess: true }] },
      {},
      { path: "when[0].any", kind: "any", needed: null, actual: null },
    ],
    [
      "the failing part of all",
      { all: [{ channels: ["app"] }, { earlyAccess: true }] },
      {},
      { path: "when[0].all[1].earlyAccess", kind: "earlyAccess", needed: "true", actual: "false" },
    ],
    [
      "all within all",
      { all: [{ all: [{ outlets: ["s"] }] }] },
      {},
      { path: "when[0].all[0].all[0].outlets", kind: "outlets", needed: "s", actual: null },
    ],
    [
      "quantity of a set",
      { quantity: { atLeast: 2.5, of: { offers: ["b"] } } },
      {},
      { path: "when[0].quantity", kind: "quantity", needed: 2.5, actual: 1 },
    ],
    [
      "different goods",
      { distinctGoods: { atMost: 1 } },
      {},
      { path: "when[0].distinctGoods", kind: "distinctGoods", needed: 1, actual: 2 },
    ],
    [
      "a sum of a set",
      { sum: { atLeast: 60, of: { offers: ["b"] } } },
      {},
      { path: "when[0].sum", kind: "sum", needed: 6000, actual: 5000 },
    ],
    [
      "a sum too large",
      { sum: { atMost: 249.99, measured: "list" } },
      {},
      { path: "when[0].sum", kind: "sum", needed: 24_999, actual: 25_000 },
    ],
    [
      "the customer",
      { customer: { segments: ["vip"], orderNumber: { atLeast: 2 } } },
      {},
      {
        path: "when[0].customer",
        kind: "customer",
        needed: 'segments: ["vip"]; orderNumber: {"atLeast":2}',
        actual: "anonymous",
      },
    ],
  ])("%s", (_, condition, asked, said) => {
    expect(failedOf(condition, asked)).toEqual(said);
  });
});

describe("bounds", () => {
  const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 21, hour - 3, minute);
  const isIn = (condition: Condition, moment: number): boolean => {
    const rules = rulesOf([{ id: "p", name: "p", when: [condition], then: [{ message: "m" }] }]);
    const quote = price(cart([line("a")]), rules, facts([offer("a", 1)]), instant(moment));
    return quote.verdicts[0]?.kind === "applied";
  };

  test("hours begin with their first minute and end before their last", () => {
    const day = { hours: { from: "10:00", to: "11:00" } };
    const times: [number, number][] = [
      [9, 59],
      [10, 0],
      [10, 59],
      [11, 0],
    ];
    expect(times.map(([hour, minute]) => isIn(day, at(hour, minute)))).toEqual([false, true, true, false]);
    const night = { hours: { from: "22:00", to: "06:00" } };
    const late: [number, number][] = [
      [21, 59],
      [22, 0],
      [23, 59],
      [3, 0],
      [5, 59],
      [6, 0],
    ];
    expect(late.map(([hour, minute]) => isIn(night, at(hour, minute)))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    // The same moment twice is no time at all.
    expect(isIn({ hours: { from: "12:00", to: "12:00" } }, at(12, 0))).toBe(false);
  });

  test("dates begin with their first instant and end before their last", () => {
    const dates = { dates: { from: "2026-11-21T12:00", until: "2026-11-21T13:00" } };
    expect([NOON - 1, NOON, NOON + 3_599_999, NOON + 3_600_000].map((moment) => isIn(dates, moment))).toEqual(
      [false, true, true, false],
    );
    expect(isIn({ dates: { from: "2026-11-21T12:00" } }, NOON)).toBe(true);
    expect(isIn({ dates: { until: "2026-11-21T12:00" } }, NOON)).toBe(false);
  });

  test("a KLADR code stands for all within: its zero parts at the end are left out, no others", () => {
    const inCity = (wanted: string, kladr: string): boolean =>
      holds({ cities: { kladr: [wanted] } }, { city: { name: null, kladr, fias: null } });
    expect(inCity("6600000000000", "6600000100000")).toBe(true);
    expect(inCity("6600000100000", "6600000100000")).toBe(true);
    expect(inCity("6600000100000", "6600000200000")).toBe(false);
    expect(inCity("6600100000000", "6600100500000")).toBe(true);
    expect(inCity("6600100000000", "6600200500000")).toBe(false);
    expect(inCity("6600000100000", "6600000100200")).toBe(true);
    expect(inCity("6600000100200", "6600000100300")).toBe(false);
    // A region whose number ends with a zero is a region still.
    expect(inCity("5000000000000", "5100000100000")).toBe(false);
    expect(inCity("0000000000000", "0012345678900")).toBe(true);
    expect(inCity("66x", "66x0")).toBe(true);
  });

  test("a city's name is compared without case, outer spaces and the dots of ё", () => {
    const named = (wanted: string, name: string | null): boolean =>
      holds({ cities: { names: [wanted, "Тула"] } }, { city: { name, kladr: null, fias: null } });
    expect(named(" Орёл", "орел ")).toBe(true);
    expect(named("Орел", "ОРЁЛ")).toBe(true);
    expect(named("Орёл", "Тула")).toBe(true);
    expect(named("Орёл", "Курск")).toBe(false);
    expect(named("Орёл", null)).toBe(false);
  });

  test("a city of any mark is enough", () => {
    const cities = { names: ["Тула"], kladr: ["71", "57"], fias: ["f-1"] };
    for (const city of [
      { name: "Тула", kladr: null, fias: null },
      { name: "Орёл", kladr: "5700000100000", fias: null },
      { name: null, kladr: "01", fias: "f-1" },
    ])
      expect(holds({ cities }, { city })).toBe(true);
    expect(holds({ cities }, { city: { name: null, kladr: null, fias: null } })).toBe(false);
  });

  test("a method is known by its whole id or by what follows its source", () => {
    const delivered = (deliveryMethod: string | null): boolean =>
      holds({ delivery: ["van", "web/post"] }, { deliveryMethod });
    expect(["van", "webhook/van", "web/post", "a/web/post"].map(delivered)).toEqual([true, true, true, true]);
    expect(["post", "van/webhook", "xvan", "", null].map(delivered)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test("an audience names the same as conditions do", () => {
    const quote = quoteOf([{ id: "p", audience: [{ customer: { known: true } }] }]);
    expect(verdictOf(quote, "p")).toMatchObject({
      failed: { path: "audience[0].customer", actual: "anonymous" },
    });
    expect(holds({ customer: { known: false } })).toBe(true);
    const known = quoteOf(
      [{ id: "p", when: [{ customer: { known: false } }] }],
      {},
      { customer: customer() },
    );
    expect(verdictOf(known, "p")).toMatchObject({ failed: { actual: "known", needed: "known: false" } });
    expect(verdictOf(known, "p")).not.toHaveProperty("unlock");
  });
});
