// The order history webhook: a customer's orders, or a seller's, with what of them was kept and how they were rated.
import type { FastifyReply } from "fastify";
import { multiplyRoundHalfUp, ONE_UNIT } from "../../core/money/index.ts";
import { isFinal } from "../../core/orders/index.ts";
import {
  CANCELLABLE,
  customerOfIdentifier,
  findOrders,
  type House,
  mayExtend,
  type OrderLine,
  type OrderView,
  type OrderWish,
  type Secrets,
  type StorageTerms,
  statusOf,
} from "../../flows/index.ts";
import type { IrpCall, IrpRoute } from "./face.ts";
import { answerStorage } from "./order-changes.ts";
import { priceOf, statusText } from "./order-words.ts";
import type { OrderAnswerSettings } from "./orders.ts";
import { flagOf, idOf, numberOf } from "./values.ts";

/** Settings of the history. */
export interface HistorySettings extends OrderAnswerSettings {
  readonly pageSize: number;
  /** Address of a picture with {id} in it; empty: none. */
  readonly imageUrl: string;
  readonly storage: StorageTerms;
}

/** The last page that is counted to. */
const MOST_PAGES = 10_000;

/** The webhook `/orders/history`. The log has ids only: an identifier may be a phone or a card. */
export function historyRoute(house: House, secrets: Secrets, settings: HistorySettings): IrpRoute {
  return {
    path: "/orders/history",
    answer: (call) =>
      // The wish to extend a storage is described with the history and may come to its address.
      flagOf(call.body["extendStorageTime"]) === true
        ? answerStorage(house, settings, call)
        : answerHistory(house, secrets, settings, call),
  };
}

async function answerHistory(
  house: House,
  secrets: Secrets,
  settings: HistorySettings,
  call: IrpCall,
): Promise<FastifyReply> {
  const { body, request, reply } = call;
  const whose = await ownerOf(house, secrets, body);
  const page = Math.min(Math.max(Math.floor(numberOf(body["page"]) ?? 1), 1), MOST_PAGES);
  const size = settings.pageSize;
  const found =
    whose === null ? [] : await findOrders(house, { ...whose, limit: size + 1, skip: (page - 1) * size });
  const orders = found.slice(0, size);
  Object.assign(request.canonical, {
    outcome: whose === null ? "nobody" : "history",
    customerId: whose?.customerId ?? null,
    orders: orders.length,
    page,
  });
  return reply.send({
    ...(found.length > size ? { nextPage: page + 1 } : {}),
    orders: orders.map((view) => historyOrder(view, settings)),
  });
}

/**
 * The customer, or the employee and the store; null when the body names neither, or by a phone or card that nobody has. The
 * identifier is the one that the app was given at login: what an anonymous shopper types in elsewhere is not looked at.
 */
async function ownerOf(
  house: House,
  secrets: Secrets,
  body: Readonly<Record<string, unknown>>,
): Promise<Pick<OrderWish, "customerId" | "employeeId" | "outletId"> | null> {
  const identifier = idOf(body["userIdentifier"]) ?? idOf(body["externalUserId"]);
  if (identifier !== null) {
    const customerId = await house.database.read((tx) => customerOfIdentifier(tx, secrets, identifier));
    return customerId === null ? null : { customerId };
  }
  const employeeId = idOf(body["staffId"]);
  const outletId = idOf(body["outletId"]);
  if (employeeId === null && outletId === null) return null;
  return {
    ...(employeeId === null ? {} : { employeeId }),
    ...(outletId === null ? {} : { outletId }),
  };
}

/** One order; dates are unix seconds. */
export function historyOrder(view: OrderView, settings: HistorySettings): Record<string, unknown> {
  const { order, terms } = view;
  const status = statusOf(order);
  const kept = (order.totalMinor ?? 0) - (order.returnedMinor ?? 0);
  const delivery = order.deliveryMinor;
  const isOurs = order.number !== null;
  return {
    id: order.id,
    ...(isOurs && settings.numberPrefix !== "" ? { publicId: `${settings.numberPrefix}${order.id}` } : {}),
    status:
      order.status === null || order.status === status ? statusText(status, settings.language) : order.status,
    ...(order.statusMessage === null ? {} : { statusMessage: order.statusMessage }),
    createdOn: seconds(order.placedAt ?? 0),
    updatedOn: seconds(order.updatedAt ?? order.placedAt ?? 0),
    inProgress: isOurs && !isFinal(status),
    price: money(priceOf(kept, delivery, settings.priceIncludesDelivery)),
    ...(delivery === null ? {} : { deliveryPrice: money(delivery) }),
    itemsPrice: money(order.grossMinor ?? order.totalMinor ?? 0),
    appliedDiscount: money(order.discountMinor ?? 0),
    usedBonuses: order.pointsSpent ?? 0,
    // Asked for by name where an order may be rated; null: there is nothing to pay again.
    retryPaymentMethod: null,
    ...(order.trackingUrl === null ? {} : { trackingUrl: order.trackingUrl }),
    cancellable: isOurs && CANCELLABLE.includes(status),
    items: view.lines.flatMap((line) => itemsOf(line, view.taken.get(line.position) ?? [], settings)),
    publicDeliveryDetails: deliveryOf(view, settings),
    publicPaymentDetails: {
      paid: order.isPaid === null ? status === "done" : order.isPaid === 1,
      paymentComment: terms.agreed?.paymentName ?? "",
    },
    ...ratingOf(view),
  };
}

function ratingOf(view: OrderView): Record<string, unknown> {
  if (view.stars === null && view.ratingComment === "") return { ratingRequired: view.isRatingRequired };
  return {
    ratingRequired: view.isRatingRequired,
    ...(view.stars === null ? {} : { rating: view.stars }),
    ...(view.ratingComment === "" ? {} : { ratingComment: view.ratingComment }),
  };
}

function deliveryOf(
  { order, terms, contact }: OrderView,
  settings: HistorySettings,
): Record<string, unknown> {
  return {
    title: terms.agreed?.deliveryName ?? "",
    details: contact?.address ?? terms.agreed?.pickupPoint ?? "",
    buyerName: contact?.name ?? "",
    buyerPhone: contact?.phone ?? "",
    buyerEmail: contact?.email ?? "",
    ...(order.trackingUrl === null ? {} : { trackingUrl: order.trackingUrl }),
    ...(order.storageUntil === null
      ? {}
      : {
          storageDateDeadline: order.storageUntil,
          canExtendStorageTime: mayExtend(order, settings.storage),
        }),
  };
}

/** What was kept of a line, and as an entry of its own what came back. */
function itemsOf(
  line: OrderLine,
  taken: readonly number[],
  settings: HistorySettings,
): Record<string, unknown>[] {
  const { frozen, refs } = line;
  const { offerId } = frozen;
  const back = comeBack(line, taken);
  const keptCount = frozen.quantity - back.quantity;
  const keptTotal = frozen.total - back.value;
  const named = {
    privateId: refs?.privateRef ?? offerId,
    configurationId: refs?.ref ?? offerId,
    name: frozen.name,
    image: settings.imageUrl.replaceAll("{id}", encodeURIComponent(offerId)),
    price: money(frozen.price),
  };
  const discount = multiplyRoundHalfUp(frozen.price, keptCount, ONE_UNIT) - keptTotal;
  return [
    ...(keptCount === 0
      ? []
      : [
          {
            ...named,
            quantity: keptCount / ONE_UNIT,
            discount: money(Math.max(discount, 0)),
            subtotal: money(keptTotal),
          },
        ]),
    ...(back.quantity === 0
      ? []
      : [{ ...named, quantity: back.quantity / ONE_UNIT, subtotal: money(back.value), removed: true }]),
  ];
}

function comeBack({ frozen }: OrderLine, taken: readonly number[]): { quantity: number; value: number } {
  if (frozen.isWeighed) {
    const quantity = taken[0] ?? 0;
    const value = Math.floor((frozen.total * quantity) / frozen.quantity);
    return { quantity, value };
  }
  let [quantity, value] = [0, 0];
  for (const [run, count] of taken.entries()) {
    quantity += count * ONE_UNIT;
    value += count * (frozen.runs[run]?.price ?? 0);
  }
  return { quantity, value };
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}

function money(amount: number): number {
  return amount / 100;
}
