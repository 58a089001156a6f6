// Places all orders of one call: each by itself; the parts of a split cart at their shares of the whole.
import type { OrderRequest } from "./order-request.ts";
import { type OrderOutcome, type PlacementTalk, placeOrder } from "./place-order.ts";
import { type OrderDesk, priceOrder } from "./price-order.ts";
import { rememberedWhole, rememberWhole } from "./split-cart.ts";

/** What became of an order; `failed`: a surprise, after which the same call may be repeated. */
export type PlacedOrFailed = OrderOutcome | { readonly kind: "failed"; readonly error: unknown };

/** One outcome for each order, in their order. A surprise of one order does not keep the others from being placed. */
export async function placeOrders(
  desk: OrderDesk,
  requests: readonly OrderRequest[],
  talk: PlacementTalk,
): Promise<PlacedOrFailed[]> {
  for (const parts of groupsOf(requests).values()) await rememberTogether(desk, parts);
  const outcomes: PlacedOrFailed[] = [];
  for (const request of requests) {
    try {
      outcomes.push(await placeOrder(desk, request, talk));
    } catch (error) {
      desk.house.alarm("order_failed", { error: (error as Error).name });
      outcomes.push({ kind: "failed", error });
    }
  }
  return outcomes;
}

/** Orders of one call that belong together, by group. */
function groupsOf(requests: readonly OrderRequest[]): Map<string, OrderRequest[]> {
  const groups = new Map<string, OrderRequest[]>();
  for (const request of requests) {
    const { groupId } = request.cart;
    if (groupId === null) continue;
    const known = groups.get(groupId) ?? [];
    if (known.every(({ uuid }) => uuid !== request.uuid)) groups.set(groupId, [...known, request]);
  }
  return groups;
}

/** Where no basket told what the whole cart cost, it is priced from its parts; what fails here is priced part by part. */
async function rememberTogether(desk: OrderDesk, parts: readonly OrderRequest[]): Promise<void> {
  const [first] = parts;
  const groupId = first?.cart.groupId ?? null;
  if (first === undefined || groupId === null || parts.length < 2) return;
  if ((await rememberedWhole(desk.house, groupId, first.cart)) !== null) return;
  const lines = parts.flatMap(({ cart }) => cart.lines);
  const whole: OrderRequest = { ...first, cart: { ...first.cart, lines, groupId: null } };
  const priced = await priceOrder(desk, whole, { promotionIds: new Set(), isLast: false });
  if (priced.kind === "priced") await rememberWhole(desk.house, groupId, priced.lines, priced.cart, priced);
}
