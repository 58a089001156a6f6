// Carts, goods and promotions that the benchmarks of pricing share, and the way they measure.
import type { Facts, PromotionDocument } from "../src/core/pricing/index.ts";
import { cart, facts, line, offer } from "../test/support/shop.ts";

const CATEGORIES = 40;

/** Goods of a shop of forty categories and twelve vendors, no two of the same price. */
export function offersOf(count: number): Facts["offers"] {
  const offers = Array.from({ length: count }, (_, index) =>
    offer(`offer-${index}`, 99 + ((index * 37) % 900) + 0.9, {
      categoryIds: [`category-${index % CATEGORIES}`, `root-${index % 4}`],
      vendor: `vendor-${index % 12}`,
    }),
  );
  return facts(offers).offers;
}

/** Promotions of mixed kinds, which nearly all match a cart of the first offers. */
export function matching(count: number): PromotionDocument[] {
  return Array.from({ length: count }, (_, index): PromotionDocument => {
    const id = `promotion-${index}`;
    const categories = [`category-${index % 20}`];
    switch (index % 5) {
      case 0:
        return { id, name: id, scope: { categories }, then: [{ percent: 3 + (index % 9) }] };
      case 1:
        return { id, name: id, scope: { vendors: [`vendor-${index % 12}`] }, then: [{ percent: 2 }] };
      case 2:
        return {
          id,
          name: id,
          scope: { offers: [`offer-${(index - 2) / 5}`] },
          then: [{ nForM: { take: 3, pay: 2 } }],
        };
      case 3:
        return { id, name: id, when: [{ sum: { atLeast: 1000, measured: "list" } }], then: [{ amount: 50 }] };
      default:
        return { id, name: id, scope: { categories }, then: [{ amount: 5, per: "unit" }] };
    }
  });
}

/** Promotions of goods that no cart holds. */
export function idle(count: number): PromotionDocument[] {
  return Array.from(
    { length: count },
    (_, index): PromotionDocument => ({
      id: `idle-${index}`,
      name: "idle",
      scope: index % 2 === 0 ? { categories: [`elsewhere-${index}`] } : { offers: [`nowhere-${index}`] },
      then: [{ percent: 5 }],
    }),
  );
}

/** A cart of the first `lines` offers, one to four of each. */
export function cartOf(lines: number): ReturnType<typeof cart> {
  return cart(Array.from({ length: lines }, (_, index) => line(`offer-${index}`, 1 + (index % 4))));
}

/** The request as it would come over the wire: about 3 kB for 20 lines. */
export function wireOf(lines: number, offers: Facts["offers"]): string {
  return JSON.stringify({
    items: cartOf(lines).lines.map((each) => {
      const { name, price: kopecks } = offers.get(each.offerId ?? "") ?? { name: "", price: 0 };
      const [id, quantity] = [each.offerId, (each.quantity ?? 0) / 1000];
      return { name, id, privateId: id, configurationId: id, price: kopecks / 100, quantity, selected: true };
    }),
    city: "Екатеринбург",
    cityKladr: "6600000100000",
    externalUserId: "u-104512",
  });
}

/** Microseconds of processor time a call, the best of several rounds: other processes on the machine do not count. */
export function measure(work: () => unknown, rounds = 5, leastMicros = 100_000): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.threadCpuUsage();
    let calls = 0;
    let spent = 0;
    while (spent < leastMicros) {
      for (let each = 0; each < 10; each += 1) work();
      calls += 10;
      const { user, system } = process.threadCpuUsage(start);
      spent = user + system;
    }
    best = Math.min(best, spent / calls);
  }
  return best;
}
