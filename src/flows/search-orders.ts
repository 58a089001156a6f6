// Tells which orders a text names that somebody has at hand: a number, the app's id, a customer's id, card or phone, a promo code.
import { reaches } from "../core/people/index.ts";
import { foldCode } from "../core/pricing/index.ts";
import {
  idsOfCustomer,
  listOrders,
  type OrderPage,
  orderById,
  ownerOfIdentity,
  placementOf,
  survivorOf,
  type Tx,
} from "../storage/index.ts";
import { cardHash, phoneHash } from "./find-customer.ts";
import type { House } from "./house.ts";
import type { Secrets } from "./secrets.ts";

/** What a text names; `id`: of the order or the customer, or the code folded. */
export type OrdersNamed =
  | { readonly kind: "order" | "customer" | "code"; readonly id: string }
  | { readonly kind: "nothing" };

/**
 * The first that fits, in the order of the kinds. Customers and codes fit only where there is an order of theirs that
 * `stores` (null: all) reach: who is set on some outlets learns nothing of others.
 */
export function searchOrders(
  house: House,
  secrets: Secrets,
  wish: { readonly text: string; readonly stores: readonly string[] | null },
): Promise<OrdersNamed> {
  const text = wish.text.trim();
  const { stores } = wish;
  return house.database.read(async (tx): Promise<OrdersNamed> => {
    const order = (await orderById(tx, text)) ?? (await placedUnder(tx, text));
    if (order !== null && reaches(stores, order.outletId)) return { kind: "order", id: order.id };
    const hasOrders = async (page: Omit<OrderPage, "limit">): Promise<boolean> =>
      (await listOrders(tx, { ...page, ...(stores === null ? {} : { outletIds: stores }), limit: 1 }))
        .length > 0;
    const owner = await ownerOfIdentity(tx, cardHash(secrets, text) ?? "", phoneHash(secrets, text) ?? "");
    for (const customerId of [await survivorOf(tx, text), owner]) {
      if (customerId === null) continue;
      if (await hasOrders({ customerIds: await idsOfCustomer(tx, customerId) }))
        return { kind: "customer", id: customerId };
    }
    const code = foldCode(text);
    return (await hasOrders({ code })) ? { kind: "code", id: code } : { kind: "nothing" };
  });
}

async function placedUnder(tx: Tx, uuid: string) {
  const placed = await placementOf(tx, uuid);
  return placed === null ? null : orderById(tx, placed.orderId);
}
