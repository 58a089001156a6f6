// A part's share of a split cart, by example.
import { describe, expect, test } from "vitest";
import { grossHalfUp, minor, points, quantity } from "../money/index.ts";
import { type Group, type GroupLine, type PartLine, type SharedLine, shareOfGroup } from "./split-group.ts";

const whole = (
  key: string,
  units: number,
  price: number,
  discount: number,
  more: Partial<GroupLine> = {},
) => ({
  key,
  price: minor(price),
  quantity: quantity(units * 1000),
  total: minor(grossHalfUp(minor(price), quantity(units * 1000)) - discount),
  discounts: discount === 0 ? [] : [{ promotionId: "p", amount: minor(discount) }],
  giftUnits: 0,
  points: null,
  ...more,
});
const part = (key: string, units: number, mark = ""): PartLine => ({
  key,
  quantity: quantity(units * 1000),
  mark,
});
const group = (...lines: GroupLine[]): Group => ({ lines, parts: [] });

/** Shares of parts sent one after another. */
function shares(start: Group, ...parts: PartLine[][]): (readonly SharedLine[] | "new_original")[] {
  let current = start;
  return parts.map((lines) => {
    const share = shareOfGroup(current, lines);
    if (share.kind === "new_original") return share.kind;
    current = share.group ?? current;
    return share.lines;
  });
}
const discounts = (start: Group, ...parts: PartLine[][]) =>
  shares(start, ...parts).map((lines) =>
    lines === "new_original" ? lines : lines.map((line) => line.discount as number),
  );

describe("a part of a split cart", () => {
  test("gets its share, and the last one the remainder", () => {
    const towels = group(whole("a", 3, 35000, 35000));
    expect(discounts(towels, [part("a", 1)], [part("a", 2)])).toEqual([[11666], [23334]]);
    expect(discounts(towels, [part("a", 2)], [part("a", 1)])).toEqual([[23333], [11667]]);
  });

  test("asked for again gets the same, in whatever order its lines stand", () => {
    const cart = group(whole("a", 3, 100, 100), whole("b", 1, 500, 51));
    const [first, second, again, turned] = shares(
      cart,
      [part("a", 1), part("b", 1)],
      [part("a", 2)],
      [part("a", 1), part("b", 1)],
      [part("b", 1), part("a", 1)],
    );
    expect(again).toEqual(first);
    expect(turned).toEqual([...(first as readonly SharedLine[])].reverse());
    expect((second as readonly SharedLine[])[0]?.discount).toBe(67);
  });

  test("equal to another but for its delivery group is a part of its own", () => {
    const cart = group(whole("a", 2, 100, 1));
    expect(discounts(cart, [part("a", 1, "x")], [part("a", 1, "y")], [part("a", 1, "x")])).toEqual([
      [0],
      [1],
      [0],
    ]);
    expect(discounts(cart, [part("a", 1)], [part("a", 1)])).toEqual([[0], [0]]);
  });

  test("that does not fit beside the others begins a new cut", () => {
    const cart = group(whole("a", 3, 100, 100));
    expect(discounts(cart, [part("a", 1)], [part("a", 2)], [part("a", 2, "x")], [part("a", 1)])).toEqual([
      [33],
      [67],
      [66],
      [34],
    ]);
  });

  test.each<[string, PartLine[]]>([
    ["the whole again", [part("a", 3), part("b", 1)]],
    ["more of a good", [part("a", 4)]],
    ["more of a good over two lines", [part("a", 2), part("a", 2)]],
    ["a good that was not there", [part("c", 1)]],
    ["nothing", []],
  ])("is not %s: that is a new whole cart", (_, lines) => {
    expect(discounts(group(whole("a", 3, 100, 0), whole("b", 1, 100, 0)), lines)).toEqual(["new_original"]);
  });

  test("keeps gifts free and counts them only where they can be counted", () => {
    const gift = whole("g", 2, 190, 380, { giftUnits: 2 });
    const towels = whole("a", 3, 350, 350, { giftUnits: 1 });
    const [first, second] = shares(
      group(gift, towels),
      [part("g", 1), part("a", 1)],
      [part("a", 3)],
    ) as SharedLine[][];
    expect(first?.map((line) => [line.total, line.giftUnits])).toEqual([
      [0, 1],
      [234, 0],
    ]);
    expect(second?.[0]?.giftUnits).toBe(1);
  });

  test("says which promotions made its discount", () => {
    const line = whole("a", 2, 1000, 300, {
      discounts: [
        { promotionId: "p", amount: minor(100) },
        { promotionId: "q", amount: minor(200) },
      ],
    });
    const [first] = shares(group(line), [part("a", 1)]) as SharedLine[][];
    expect(first?.[0]?.discounts).toEqual([
      { promotionId: "p", amount: 50 },
      { promotionId: "q", amount: 100 },
    ]);
    const [none] = shares(group(whole("a", 2, 1000, 1)), [part("a", 1)]) as SharedLine[][];
    expect(none?.[0]?.discounts).toEqual([]);
  });

  test("pools lines of one good, points and promotions too", () => {
    const earned = (maySpend: number, willEarn: number) => ({
      points: { maySpend: points(maySpend), willEarn: points(willEarn) },
    });
    const cart = group(
      whole("a", 1, 100, 10, earned(5, 1)),
      whole("a", 2, 100, 20, earned(10, 4)),
      whole("b", 1, 5, 0),
    );
    const [first, second] = shares(cart, [part("a", 1)], [part("a", 2)]) as SharedLine[][];
    expect(first?.[0]).toMatchObject({ discount: 10, points: { maySpend: 5, willEarn: 1 } });
    expect(first?.[0]?.discounts).toEqual([{ promotionId: "p", amount: 10 }]);
    expect(second?.[0]).toMatchObject({ discount: 20, points: { maySpend: 10, willEarn: 4 } });
    const bare = group(whole("a", 1, 100, 0, earned(5, 1)), whole("a", 1, 100, 0));
    expect((shares(bare, [part("a", 1)])[0] as SharedLine[])[0]?.points).toBeNull();
  });
});
