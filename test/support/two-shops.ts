// Two shops with a thing of every kind in each, and words by which an answer shows that it tells of one of them.
import { instant } from "../../src/core/basics/index.ts";
import { points, quantity } from "../../src/core/money/index.ts";
import { earnPoints } from "../../src/flows/earn-points.ts";
import { holdPoints } from "../../src/flows/hold-points.ts";
import {
  draftAnswer,
  importOrders,
  importStock,
  type StockEvent,
  setAnswerBudget,
  setDeskPolicy,
  switchAnswerPlace,
  writeOutlet,
  writeTrendNote,
} from "../../src/flows/index.ts";
import {
  claimRating,
  noteOrderUses,
  reviseRating,
  saveCustomer,
  savePromoCodes,
} from "../../src/storage/index.ts";
import { alarmAt, mutedAt } from "./alarm-world.ts";
import { giveFeedback } from "./answers.ts";
import type { ApiUnderTest } from "./api.ts";
import { feedOf, offerOf, priceCart } from "./small-world.ts";

/** Ids of one shop's things by the name of the parameter that takes them. */
export type ShopIds = Readonly<Record<string, string>>;

/** The shops. */
export const SHOPS = ["shop-a", "shop-b"] as const;

/** Somebody who buys in both. */
export const BUYER = "buyer-of-both";

/** A promo code that orders of both have used, folded: that of the examples. */
const CODE = "hello-2026";

/** Fills both shops; gives the ids of each. The marketplace's and the app's faces must stand beside the API. */
export async function fillShops(api: ApiUnderTest): Promise<ReadonlyMap<string, ShopIds>> {
  const { house } = api;
  await house.database.transaction(async (tx) => {
    await saveCustomer(tx, { id: BUYER, segments: [], tier: "gold", birthday: null, orderCount: 2 }, 0);
    const code = {
      code: "HELLO-2026",
      folded: CODE,
      promotionId: "hello",
      state: "free",
      batch: "b",
    } as const;
    const rest = { validUntil: null, createdAt: 0, usesPerCode: null, customerId: null, place: 1 };
    await savePromoCodes(tx, [{ ...code, ...rest }]);
  });
  await feedOf(house, [offerOf("milk", "Milk", 10_000)]);
  async function* stock(): AsyncGenerator<StockEvent[]> {
    yield SHOPS.map((id): StockEvent => ({ kind: "outlet", id }));
    yield SHOPS.map(
      (outletId): StockEvent => ({
        ...{ kind: "stock", line: 1, offerId: "milk", outletId, quantity: quantity(5000) },
        ...{ price: null, oldPrice: null },
      }),
    );
  }
  await importStock(house, { name: "stock.xml", read: stock });
  const week = [{ weekday: 1, from: 540, to: 1260 }];
  const branchHours = Object.fromEntries(SHOPS.map((shop) => [shop, week]));
  const all = { source: null, from: 1, to: 2, isWithText: false, minutes: 120 };
  const rules = SHOPS.map((branchId) => ({ ...all, branchId }));
  await setDeskPolicy(house, "other", { rules, hours: [], branchHours });
  const found = new Map<string, ShopIds>();
  for (const shop of SHOPS) found.set(shop, await fillShop(api, shop));
  return found;
}

async function fillShop(api: ApiUnderTest, shop: string): Promise<ShopIds> {
  const { house } = api;
  const pickupPointId = `pickup-${shop}`;
  const outlet = { city: null, timezone: null, yandexEatsId: null, pickupPointId };
  await writeOutlet(house, { ...outlet, id: shop, name: `canary-${shop}` });
  const orderId = `order-${shop}`;
  const lines = [{ offerId: "milk", quantity: 1000, price: 100 }];
  const order = { id: orderId, customerId: BUYER, placedAt: house.now() - 60_000, lines };
  await importOrders(house, Buffer.from(JSON.stringify([order])));
  await house.database.transaction(async (tx) => {
    await tx.run("update shop_order set outlet_id = ? where id = ?", [shop, orderId]);
    const at = instant(house.now());
    const use = { promotionId: "hello", amount: 100, uses: 1, customerKey: "k", counted: [] } as const;
    await noteOrderUses(tx, orderId, [{ ...use, code: CODE }], at);
    const owner = { orderId, customerId: BUYER, at };
    await earnPoints(tx, house, { ...owner, amount: points(50), activeFrom: at, expiresAt: null });
    await holdPoints(tx, house, { ...owner, amount: points(5), releaseAt: instant(at + 3_600_000) });
    await claimRating(tx, { orderId, newId: house.newId(), at });
    const state = { stars: 1, comment: `canary-${shop}`, isAsked: false };
    await reviseRating(tx, orderId, { number: 1, ...state, deliveryId: "d", receivedAt: at });
  });
  const given = await giveFeedback(house, { placeId: shop, orderId, comment: `canary-${shop}` });
  const drafted = await draftAnswer(house, {
    ...{ itemId: given.itemId, text: `canary-${shop}`, templateId: null, promoPercent: null, actor: "other" },
  });
  if (drafted.kind === "refused") throw new Error(drafted.reason);
  await switchAnswerPlace(house, { placeId: shop, isSubscribed: true, actor: "other" });
  const budget = { promos: 5, amountMinor: 10_000 };
  await setAnswerBudget(house, { branchId: shop, budget, actor: "other" });
  const items = [{ configurationId: "milk", quantity: 2, price: 100 }];
  const sold = await priceCart(api, { items, outletId: shop, staffId: `canary-${shop}` });
  const fetched = await priceCart(api, { items, deliveryPickupId: pickupPointId });
  await api.book.flush();
  await mutedAt(house, shop);
  const note = { day: 20_260_107, branchId: shop, source: null, text: `canary-${shop}`, author: "other" };
  const noteId = (await writeTrendNote(house, note, null))?.id ?? "none";
  return {
    ...{ orderId, itemId: given.itemId, answerId: drafted.answer.id, alarmId: await alarmAt(house, shop) },
    ...{ calculationId: sold, requestId: fetched, recordId: await recordOf(api, shop) },
    ...{ branchId: shop, outletId: shop, placeId: shop, restaurantId: shop },
    ...{ offerId: "milk", customerId: BUYER, noteId },
  };
}

async function recordOf(api: ApiUnderTest, shop: string): Promise<string> {
  const answer = await api.call("GET", `/api/v1/feedback?restaurantId=${shop}`);
  const { items } = answer.json() as { items: readonly { id: string }[] };
  return items[0]?.id ?? "none";
}

/** Whether a text tells of a shop; what the caller said themselves does not count. */
export function tellsOf(shop: string, ids: ShopIds, text: string): boolean {
  const own = [`"${shop}"`, `canary-${shop}`, `order-${shop}`, `pickup-${shop}`];
  const { itemId, answerId, alarmId, calculationId, requestId, recordId, noteId } = ids;
  return [...own, itemId, answerId, alarmId, calculationId, requestId, recordId, noteId].some((word) =>
    text.includes(word as string),
  );
}
