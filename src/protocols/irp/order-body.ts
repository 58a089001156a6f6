// An order placement of either app to our order requests: as tolerant as can be, since a refused order is a lost one.
import type { CartRequest, OrderRequest } from "../../flows/index.ts";
import { isObject } from "./body.ts";
import type { IrpErrorCode } from "./errors.ts";
import { choicesOf } from "./promo-group.ts";
import { cityOf, giftCardsOf, lineOf, MOST_ITEMS, servicesOf } from "./translate.ts";
import { firstId, flagOf, idOf, listOf, moneyOf, pointsOf, storable } from "./values.ts";

/** Most orders of one call; a split cart has a handful. */
export const MOST_ORDERS = 50;

type Json = Record<string, unknown>;

/** One entry of `orders`. */
export type OrderRead =
  | { readonly kind: "read"; readonly request: OrderRequest }
  | {
      readonly kind: "refused";
      readonly uuid: string | null;
      readonly code: "missing_uuid" | "no_items" | "too_many_items";
    };

/** The entries, or why there are none. */
export type OrdersRead =
  | { readonly kind: "read"; readonly orders: readonly OrderRead[] }
  | { readonly kind: "refused"; readonly code: Extract<IrpErrorCode, "no_orders" | "too_many_orders"> };

/** Reads the body. A lone order instead of an array is one; what is no object is passed over. */
export function readOrders(body: Json): OrdersRead {
  const orders = listOf(body["orders"]).filter(isObject);
  if (orders.length === 0) return { kind: "refused", code: "no_orders" };
  if (orders.length > MOST_ORDERS) return { kind: "refused", code: "too_many_orders" };
  return { kind: "read", orders: orders.map((order) => readOrder(order, body)) };
}

function readOrder(order: Json, body: Json): OrderRead {
  const uuid = idOf(order["uuid"]);
  if (uuid === null) return { kind: "refused", uuid, code: "missing_uuid" };
  const items = listOf(order["items"]);
  if (items.length > MOST_ITEMS) return { kind: "refused", uuid, code: "too_many_items" };
  const outletId = firstId(order["outletId"], body["outletId"]);
  const employeeId = firstId(order["staffId"], body["staffId"]);
  const isSeller = outletId !== null || employeeId !== null;
  const lines = items.flatMap((item) => (isObject(item) ? (lineOf(item, isSeller) ?? []) : []));
  if (lines.length === 0) return { kind: "refused", uuid, code: "no_items" };
  const cart: CartRequest = {
    channel: isSeller ? "seller" : "app",
    // What is in an order was ticked, whatever an old app says of it.
    lines: lines.map((line) => (line.selected ? line : { ...line, selected: true })),
    ...customerOf(order, isSeller),
    deviceId: firstId(body["installId"], order["installId"]),
    code: idOf(order["promocode"]),
    choices: choicesOf(order["promoGroup"]),
    outletId,
    employeeId,
    city: cityOf(order),
    deliveryMethod: idOf(order["delivery"]),
    paymentMethod: idOf(order["payment"]),
    pickupPoint: firstId(order["pickupLocationId"], order["deliveryPickupId"]),
    isEarlyAccess: (flagOf(order["earlyAccess"]) ?? flagOf(body["earlyAccess"])) === true,
    giftCards: giftCardsOf(order["giftCards"]),
    services: servicesOf(order["extraServices"] ?? order["extralServices"]),
    syncDate: null,
    groupId: idOf(order["groupId"]),
  };
  return {
    kind: "read",
    request: {
      uuid,
      contents: contentsOf(order),
      cart,
      contact: contactOf(order),
      agreed: agreedOf(order, body),
      nameless: items.length - lines.length,
    },
  };
}

/** Who buys. Only a buyer who signed in, or stands before an employee, pays with points: a phone may be anybody's. */
function customerOf(order: Json, isSeller: boolean): Pick<CartRequest, "customer" | "pointsToSpend"> {
  const externalUserId = idOf(order["externalUserId"]);
  const loyaltyCard = idOf(order["loyaltyCard"]);
  const isKnown = isSeller || externalUserId !== null || loyaltyCard !== null;
  return {
    customer: { externalUserId, loyaltyCard, phone: idOf(order["phone"]) },
    pointsToSpend: pointsOf(isKnown ? order["authorizedBonuses"] : 0),
  };
}

/** What a repeat of the same order says alike; moments, payments and statuses go on by themselves. */
function contentsOf(order: Json): unknown {
  const {
    updatedOn: _updatedOn,
    status: _status,
    paymentProcessed: _processed,
    paymentId: _payment,
    paymentGateway: _gateway,
    externalIds: _ids,
    ...rest
  } = order;
  return rest;
}

/** A person's words: storable, trimmed, cut; null when there are none. */
function wordsOf(value: unknown, longest = 300): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = storable(String(value)).trim().slice(0, longest);
  // A cut may split a pair.
  return text === "" ? null : storable(text);
}

function contactOf(order: Json): OrderRequest["contact"] {
  const { anotherRecipientData, addressData } = order;
  const recipient: Json = isObject(anotherRecipientData) ? anotherRecipientData : {};
  const address: Json = isObject(addressData) ? addressData : {};
  return {
    name: wordsOf(order["name"]),
    phone: wordsOf(order["phone"]),
    email: wordsOf(order["email"]),
    city: wordsOf(order["city"]),
    address: wordsOf(order["address"], 2000) ?? wordsOf(address["value"], 2000),
    recipientName: wordsOf(recipient["name"]),
    recipientPhone: wordsOf(recipient["phone"]),
    comment: wordsOf(order["deliveryComment"], 4000),
  };
}

function agreedOf(order: Json, body: Json): OrderRequest["agreed"] {
  return {
    deliveryMethod: idOf(order["delivery"]),
    deliveryName: wordsOf(order["deliveryName"]),
    deliveryPrice: moneyOf(order["deliveryPrice"]),
    deliveryDate: wordsOf(order["deliveryDate"]),
    paymentMethod: idOf(order["payment"]),
    paymentName: wordsOf(order["paymentName"]),
    saysPaid: flagOf(order["paymentProcessed"]),
    pickupPoint: firstId(order["pickupLocationId"], order["deliveryPickupId"]),
    isPreorder: (flagOf(order["hasPreorderItems"]) ?? flagOf(body["hasPreorderItems"])) === true,
    isCallUnwanted: flagOf(order["doNotCallMe"]) === true,
    createdOn: wordsOf(order["createdOn"], 60),
  };
}
