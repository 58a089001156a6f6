// Orders: lists, one with everything, its status from the retailer's own systems, returns.
import { orderCalls, type Parts } from "../../contract/index.ts";
import { ONE_UNIT } from "../../core/money/index.ts";
import {
  type ApiCaller,
  changeOrderStatus,
  findOrder,
  findOrderHeads,
  type House,
  type OrderLine,
  type OrderWish,
  orderAmounts,
  type ReturnOutcome,
  type RuleShelf,
  type StatusWish,
  returnOrder as takeBack,
  type WholeOrder,
} from "../../flows/index.ts";
import type { OrderReturn, StoredOrder } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const listOrders = route(orderCalls.listOrders, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const after = wish.after === null ? null : placeOf(wish.after);
  if (wish.after !== null && after === null) return refuse("bad_cursor");
  const found = await findOrderHeads(house, {
    ...filterOf(query, caller),
    ...(after === null ? {} : { after }),
    limit: wish.limit + 1,
  });
  return pageOf(
    found,
    wish.limit,
    ({ placedAt, id }) => `${placedAt ?? 0} ${id}`,
    (order) => headShown(order, null),
  );
});

/** The orders that a query asks for, of those that the caller may see. */
export function filterOf(
  query: Omit<Parts<typeof orderCalls.listOrders>["query"], "limit" | "after">,
  { stores }: ApiCaller,
): Omit<OrderWish, "limit"> {
  const { from, until, ...told } = query;
  const named = Object.fromEntries(
    FILTERS.flatMap((name) => (told[name] === undefined ? [] : [[name, told[name]]])),
  );
  return {
    ...named,
    ...(stores === null ? {} : { outletIds: stores }),
    ...(from === undefined ? {} : { placedFrom: Date.parse(from) }),
    ...(until === undefined ? {} : { placedBefore: Date.parse(until) }),
  };
}

/** Filters that are called alike in the query and inside. */
const FILTERS = [
  "customerId",
  "status",
  "outletId",
  "employeeId",
  "groupId",
  "code",
  "channel",
  "calculationId",
] as const;

/** Where a page ended: the moment and the id. */
function placeOf(cursor: string): { readonly placedAt: number; readonly id: string } | null {
  const [, at, id] = /^(\d{1,16}) (.+)$/s.exec(cursor) ?? [];
  return at === undefined || id === undefined ? null : { placedAt: Number(at), id };
}

const getOrder = route(orderCalls.getOrder, async ({ house, params }) => {
  const found = await findOrder(house, params.orderId);
  return found === null ? refuse("not_found") : orderShown(found);
});

const setOrderStatus = route(orderCalls.setOrderStatus, async ({ house, rules, params, body }) => {
  const { status, reason, message, trackingUrl, storageUntil, payment } = body;
  return changed(house, rules, {
    orderId: params.orderId,
    status,
    side: "shop",
    reason: reason ?? null,
    ...(message === undefined ? {} : { message }),
    ...(trackingUrl === undefined ? {} : { trackingUrl }),
    ...(storageUntil === undefined ? {} : { storageUntil }),
    ...(payment === undefined ? {} : { payment }),
  });
});

const cancelOrder = route(orderCalls.cancelOrder, async ({ house, rules, params, body }) =>
  changed(house, rules, {
    orderId: params.orderId,
    status: "canceled",
    side: "shop",
    reason: body?.reason ?? null,
  }),
);

async function changed(house: House, rules: RuleShelf, wish: StatusWish) {
  const outcome = await changeOrderStatus({ house, rules }, wish);
  if (outcome.kind === "refused")
    return refuse(outcome.reason === "order_unknown" ? "not_found" : "order_final");
  const found = await findOrder(house, wish.orderId);
  return found === null ? refuse("not_found") : orderShown(found);
}

const returnOrder = route(orderCalls.returnOrder, async ({ house, rules, params, body }) => {
  const wish = { orderId: params.orderId, lines: linesWished(body), reason: body.reason ?? null };
  const outcome = await takeBack({ house, rules }, wish);
  return outcome.kind === "returned" ? returnShown(outcome.given) : returnRefusal(outcome, body);
});

type ReturnBody = Parts<typeof orderCalls.returnOrder>["body"];

/** What is to come back, where nothing else is said the cheapest units first. */
export function linesWished(body: ReturnBody) {
  return body.lines.map((line) => ({ ...line, first: line.first ?? ("cheapest" as const) }));
}

/** Why nothing comes back, in the API's words. */
export function returnRefusal(
  outcome: Extract<ReturnOutcome, { kind: "refused" }>,
  body: ReturnBody,
): Refusal {
  if (outcome.reason === "order_unknown") return refuse("not_found");
  if (outcome.reason === "order_unbought") return refuse("order_unbought");
  const index = body.lines.findIndex(({ position }) => position === outcome.position);
  const message = {
    line_unknown: "the order has no line at this position",
    bad_quantity: "goods sold by the piece come back as whole units of 1000",
    more_than_kept: "more than is left of the line",
  }[outcome.reason];
  return refuse("return_refused", undefined, [{ path: `/body/lines/${index}`, message }]);
}

/** Routes of the tag "orders". */
export const orderRoutes = [listOrders, getOrder, setOrderStatus, cancelOrder, returnOrder];

function headShown(order: StoredOrder, uuid: string | null) {
  return {
    id: order.id,
    uuid,
    isPlacedHere: order.number !== null,
    status: order.status,
    customerId: order.customerId,
    channel: order.channel,
    outletId: order.outletId,
    employeeId: order.employeeId,
    groupId: order.groupId,
    placedAt: shownOrNull(order.placedAt),
    updatedAt: shownOrNull(order.updatedAt),
    ...orderAmounts(order),
    code: order.code,
    calculationId: order.calculationId,
  };
}

function orderShown(whole: WholeOrder) {
  const { order, uuid, terms, contact, lines, steps, returns } = whole;
  return {
    ...headShown(order, uuid),
    isPaid: order.isPaid === null ? null : order.isPaid === 1,
    trackingUrl: order.trackingUrl,
    statusMessage: order.statusMessage,
    storageUntil: order.storageUntil,
    isPriceKept: terms.isPriceKept,
    contact: contact === null ? null : { ...contact },
    agreed: terms.agreed === null ? null : agreedShown(terms.agreed),
    lines: lines.map((line) => lineShown(line, whole.taken.get(line.position) ?? [])),
    services: terms.services.map(({ id, title, price }) => ({ id, title, priceMinor: price })),
    differences: terms.differences.map((difference) => ({ ...difference })),
    promotions: terms.applied.map(({ promotionId, amount }) => ({ promotionId, amountMinor: amount })),
    history: steps.map(({ status, side, reason, at }) => ({ status, side, reason, at: shown(at) })),
    returns: returns.map(returnShown),
    rating: whole.stars,
    isRatingRequired: whole.isRatingRequired,
  };
}

function agreedShown(agreed: NonNullable<WholeOrder["terms"]["agreed"]>) {
  const { deliveryPrice: _price, createdOn: _createdOn, ...told } = agreed;
  return told;
}

function lineShown({ position, frozen }: OrderLine, taken: readonly number[]) {
  const back = taken.reduce((sum, count) => sum + count, 0);
  return {
    position,
    offerId: frozen.offerId,
    name: frozen.name,
    priceMinor: frozen.price,
    quantity: frozen.quantity,
    returnedQuantity: frozen.isWeighed ? back : back * ONE_UNIT,
    discountMinor: frozen.discount,
    totalMinor: frozen.total,
    giftUnits: frozen.giftUnits,
    isWeighed: frozen.isWeighed,
    discounts: frozen.discounts.map(({ promotionId, amount }) => ({ promotionId, amountMinor: amount })),
    units: frozen.runs.map((run, index) => ({
      count: run.count,
      priceMinor: run.price,
      byPointsMinor: run.byPoints,
      pointsSpent: run.spent,
      pointsEarned: run.earned,
      returned: taken[index] ?? 0,
    })),
  };
}

function returnShown(given: OrderReturn) {
  return {
    id: given.id,
    at: shown(given.at),
    reason: given.reason,
    valueMinor: given.value,
    refundMinor: given.refund,
    pointsBack: given.spentBack,
    pointsTaken: given.earnedBack,
    lines: linesShown(given.lines),
  };
}

/** Lines of a return. */
export function linesShown(lines: OrderReturn["lines"]) {
  return lines.map(({ position, quantity, value, refund }) => ({
    position,
    quantity,
    valueMinor: value,
    refundMinor: refund,
  }));
}
