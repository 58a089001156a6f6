// Frozen units and returns by example.
import { describe, expect, test } from "vitest";
import { minor, points, quantity } from "../money/index.ts";
import type { Quote, QuoteLine } from "../pricing/index.ts";
import { freezeOrder, returnUnits } from "./index.ts";

const towels: QuoteLine = {
  lineIndex: 0,
  offerId: "620415",
  name: "Полотенце",
  price: minor(35_000),
  quantity: quantity(3000),
  gross: minor(105_000),
  discount: minor(35_000),
  total: minor(70_000),
  giftUnits: 1,
  discounts: [{ promotionId: "p-towel3for2", amount: minor(35_000) }],
  unitGroups: [
    { quantity: quantity(2000), unitPrice: minor(35_000), total: minor(70_000) },
    { quantity: quantity(1000), unitPrice: minor(0), total: minor(0) },
  ],
  selected: true,
  isCounted: true,
  problem: null,
  notices: [],
  points: { maySpend: points(210), willEarn: points(35) },
};

const quoteOf = (...lines: QuoteLine[]): Quote =>
  ({
    lines,
    points: { maySpend: points(210), willEarn: points(35), spending: points(0) },
  }) as unknown as Quote;

const terms = { spending: points(0), pointValue: minor(100), isWeighed: () => false };

describe("three for the price of two", () => {
  const [line] = freezeOrder(quoteOf(towels), { ...terms, spending: points(101) }).lines;

  test("are two paid units and a free one; points pay for the paid ones", () => {
    expect(line?.runs).toEqual([
      { count: 1, price: 35_000, byPoints: 5050, spent: 51, earned: 18 },
      { count: 1, price: 35_000, byPoints: 5050, spent: 50, earned: 17 },
      { count: 1, price: 0, byPoints: 0, spent: 0, earned: 0 },
    ]);
  });

  test("one comes back: the free one, or a paid one where that is wished", () => {
    if (line === undefined) throw new Error("no line");
    expect(returnUnits(line, [], quantity(1000), "cheapest")).toEqual({
      kind: "returned",
      taken: [0, 0, 1],
      value: 0,
      refund: 0,
      spentBack: 0,
      earnedBack: 0,
    });
    expect(returnUnits(line, [], quantity(1000), "dearest")).toMatchObject({
      taken: [1, 0, 0],
      value: 35_000,
      refund: 29_950,
      spentBack: 51,
      earnedBack: 18,
    });
  });

  test("nothing, half a unit and more than there is are refused", () => {
    if (line === undefined) throw new Error("no line");
    const of = (count: number, before: number[] = []) =>
      returnUnits(line, before, quantity(count), "cheapest");
    expect([of(0), of(500)]).toEqual([
      { kind: "refused", reason: "bad_quantity" },
      { kind: "refused", reason: "bad_quantity" },
    ]);
    expect(of(2000, [1, 1, 0])).toEqual({ kind: "refused", reason: "more_than_kept" });
  });
});

describe("freezing", () => {
  test("keeps counted lines only, and what has no name is called by its id", () => {
    const other = { ...towels, isCounted: false };
    const nameless = { ...towels, name: null, points: null };
    const order = freezeOrder(quoteOf(other, nameless), terms);
    expect(order.lines.map((line) => line.name)).toEqual(["620415"]);
    expect(order).toMatchObject({ gross: 105_000, discount: 35_000, total: 70_000, spent: 0, earned: 0 });
  });

  test("without a programme there are no points", () => {
    const order = freezeOrder({ lines: [towels], points: null } as unknown as Quote, terms);
    expect(order.earned).toBe(0);
  });

  test("points that goods cost nothing for bring go to the units alike", () => {
    const free = {
      ...towels,
      total: minor(0),
      unitGroups: [{ quantity: quantity(3000), unitPrice: minor(0), total: minor(0) }],
      points: { maySpend: points(0), willEarn: points(3) },
    };
    const quote = { lines: [free], points: { willEarn: points(3) } } as unknown as Quote;
    expect(freezeOrder(quote, terms).lines[0]?.runs).toEqual([
      { count: 3, price: 0, byPoints: 0, spent: 0, earned: 1 },
    ]);
  });

  test("a line whose groups are not its units is a mistake of ours", () => {
    const odd = { ...towels, unitGroups: towels.unitGroups.slice(1) };
    expect(() => freezeOrder(quoteOf(odd), terms)).toThrow("unit groups sum to their line");
  });

  test("weighed goods come back by weight, also where they happen to weigh whole units", () => {
    const cheese = {
      ...towels,
      quantity: quantity(2000),
      total: minor(101),
      unitGroups: [{ quantity: quantity(2000), unitPrice: minor(51), total: minor(101) }],
    };
    const [line] = freezeOrder(quoteOf(cheese), { ...terms, isWeighed: () => true }).lines;
    if (line === undefined) throw new Error("no line");
    const first = returnUnits(line, [], quantity(300), "cheapest");
    expect(first).toMatchObject({ taken: [300], refund: 15 });
    expect(returnUnits(line, [300], quantity(1700), "cheapest")).toMatchObject({ refund: 86 });
    expect(returnUnits(line, [300], quantity(1701), "cheapest").kind).toBe("refused");
  });
});
