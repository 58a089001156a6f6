// Sorting by hand against the general sort, for few and for many.
import { expect, test } from "vitest";
import { randomOf } from "../../../test/support/contests.ts";
import { offer } from "../../../test/support/shop.ts";
import { sortPools, sortSlots } from "./order.ts";
import type { Pool } from "./situation.ts";
import type { Slot } from "./slot.ts";

const SIZES = [0, 1, 2, 3, 5, 8, 20, 63, 64, 65, 90];

test("promotions stand in the order of application, however many", () => {
  const random = randomOf(7);
  for (const size of SIZES) {
    const orders = Array.from({ length: size }, (_, index) => index * 10 + random(0, 9));
    const mixed = orders.map((order) => ({ order, key: random(0, 1000) })).sort((a, b) => a.key - b.key);
    const slots = mixed.map(({ order }) => ({ rule: { order } }) as Slot);
    expect(sortSlots(slots).map(({ rule }) => rule.order)).toEqual(orders);
  }
});

test("goods stand by the code units of their ids, those of one offer as they came, however many", () => {
  const random = randomOf(8);
  for (const size of SIZES) {
    const pools = Array.from({ length: size }, (_, index) => {
      const id = `${"aBя9"[random(0, 3)]}${random(0, 9)}`;
      return { offer: offer(id, 1), quantity: index } as unknown as Pool;
    });
    const told = (list: readonly Pool[]): unknown[] => list.map((each) => [each.offer.id, each.quantity]);
    const plain = [...pools].sort((a, b) =>
      a.offer.id === b.offer.id ? a.quantity - b.quantity : a.offer.id < b.offer.id ? -1 : 1,
    );
    expect(told(sortPools(pools))).toEqual(told(plain));
  }
});
