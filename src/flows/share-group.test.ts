// Parts of split carts over the database: remembered for an hour, exact when they come at once.
import { expect, test } from "vitest";
import { forEachEngine } from "../../test/support/engines.ts";
import { instant } from "../core/basics/index.ts";
import { type GroupLine, NO_CART, type PartLine, shareOfGroup } from "../core/carts/index.ts";
import { minor, quantity } from "../core/money/index.ts";
import { claimCartGroup, claimStoredCart, readStoredCart, saveCartGroup } from "../storage/index.ts";
import { forgetCarts, STORED_CART_AGE } from "./forget-carts.ts";
import type { House } from "./house.ts";
import { GROUP_AGE, rememberGroup, shareGroup } from "./share-group.ts";

const whole: GroupLine = {
  key: "a",
  price: minor(35000),
  quantity: quantity(7000),
  total: minor(245000 - 50000),
  discounts: [{ promotionId: "p", amount: minor(50000) }],
  giftUnits: 0,
  points: null,
};
const one = (mark: string): PartLine => ({ key: "a", quantity: quantity(1000), mark });

forEachEngine("a split cart", (engine) => {
  let now = instant(1_763_712_000_000);
  const house: House = {
    get database() {
      return engine.database;
    },
    now: () => now,
    newId: () => "id",
    alarm: () => undefined,
  };
  const discountOf = async (groupId: string, part: readonly PartLine[]) =>
    (await shareGroup(house, groupId, part))?.map((line) => line.discount as number) ?? null;

  test("is unknown before its whole was calculated, and the whole itself is no part", async () => {
    expect(await discountOf("none", [one("")])).toBeNull();
    await rememberGroup(house, "whole", [whole]);
    expect(await discountOf("whole", [{ ...one(""), quantity: quantity(7000) }])).toBeNull();
  });

  test("answers the same part the same again, also after another part", async () => {
    await rememberGroup(house, "again", [whole]);
    const first = await discountOf("again", [one("x")]);
    expect(await discountOf("again", [one("y")])).not.toEqual(first);
    expect(await discountOf("again", [one("x")])).toEqual(first);
    await rememberGroup(house, "again", [whole]);
    expect(await discountOf("again", [one("y")])).toEqual(first);
  });

  test("is forgotten after an hour, and removed by the clean-up with carts nobody touched", async () => {
    await rememberGroup(house, "old", [whole]);
    await engine.database.transaction((tx) => claimStoredCart(tx, "old", now));
    now = instant(now + GROUP_AGE + 1);
    expect(await discountOf("old", [one("")])).toBeNull();
    await rememberGroup(house, "young", [whole]);
    expect((await forgetCarts(house)).groups).toBeGreaterThan(0);
    expect(await discountOf("young", [one("")])).toEqual([7142]);
    expect(await engine.database.read((tx) => readStoredCart(tx, "old"))).toEqual(NO_CART);
    now = instant(now + STORED_CART_AGE);
    expect((await forgetCarts(house)).carts).toBe(1);
    expect(await engine.database.read((tx) => readStoredCart(tx, "old"))).toBeNull();
  });

  const sumOf = (shares: readonly (readonly number[] | null)[]) =>
    shares.flat().reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  const marks = ["a", "b", "c", "d", "e", "f", "g"];

  test("sums to the whole when all its parts come at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      await rememberGroup(house, `race ${round}`, [whole]);
      expect(sumOf(await Promise.all(marks.map((mark) => discountOf(`race ${round}`, [one(mark)]))))).toBe(
        50000,
      );
    }
  });

  test("and a twin that does not hold the group while it decides is caught", async () => {
    await rememberGroup(house, "early", [whole]);
    const groups = await Promise.all(
      marks.map(() => engine.database.transaction((tx) => claimCartGroup(tx, "early", instant(0)))),
    );
    const shares = await Promise.all(
      marks.map(async (mark, index) => {
        const share = shareOfGroup(groups[index] ?? { lines: [], parts: [] }, [one(mark)]);
        if (share.kind !== "shared" || share.group === null) throw new Error(share.kind);
        const { group } = share;
        await engine.database.transaction((tx) => saveCartGroup(tx, "early", group, now));
        return share.lines.map((line) => line.discount as number);
      }),
    );
    expect(sumOf(shares)).not.toBe(50000);
  });
});
