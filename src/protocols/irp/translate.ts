// A basket request of either app to our cart request: pure, tolerant, and the only place that knows the vendor's field names.
import { readSyncDate, type ServiceTick } from "../../core/carts/index.ts";
import type { CartRequest, CustomerNames, RequestedLine, TypedGiftCard } from "../../flows/index.ts";
import { isObject } from "./body.ts";
import type { IrpErrorCode } from "./errors.ts";
import { choicesOf } from "./promo-group.ts";
import {
  firstId,
  flagOf,
  idOf,
  listOf,
  moneyOf,
  numberOf,
  pointsOf,
  quantityOf,
  storable,
} from "./values.ts";

/** Most lines of a cart. */
export const MOST_ITEMS = 1000;
/** Most gift cards, services, add-ons of a line and echoed promotions of a line that are looked at. */
const MOST_EXTRAS = 50;
/** Longest name of a good that is carried, for lines that the catalogue cannot name. */
const LONGEST_NAME = 300;

type Json = Record<string, unknown>;

/** A request, or why the body is none. */
export type BasketRead =
  | {
      readonly kind: "read";
      readonly request: CartRequest;
      /** Entries of `items` that name no good at all: they cannot be answered, only mentioned. */
      readonly nameless: number;
    }
  | { readonly kind: "refused"; readonly code: IrpErrorCode };

/** Reads a basket body. Fields of wrong types are as if absent; only `items` must be an array where it is given. */
export function readBasket(body: Json): BasketRead {
  const items = body["items"] ?? [];
  if (!Array.isArray(items)) return { kind: "refused", code: "items_not_array" };
  if (items.length > MOST_ITEMS) return { kind: "refused", code: "too_many_items" };
  const outletId = idOf(body["outletId"]);
  const employeeId = idOf(body["staffId"]);
  const isSeller = outletId !== null || employeeId !== null;
  const lines: RequestedLine[] = [];
  for (const item of items) {
    const line = isObject(item) ? lineOf(item, isSeller) : null;
    if (line !== null) lines.push(line);
  }
  const request: CartRequest = {
    channel: isSeller ? "seller" : "app",
    lines,
    customer: customerOf(body),
    deviceId: idOf(body["installId"]),
    code: idOf(body["promocode"]),
    choices: choicesOf(body["promoGroup"]),
    pointsToSpend: pointsOf(body["authorizedBonuses"]),
    outletId,
    employeeId,
    city: cityOf(body),
    deliveryMethod: idOf(body["deliveryId"]),
    paymentMethod: idOf(body["paymentId"]),
    pickupPoint: firstId(body["deliveryPickupId"], body["preferredPickupId"], body["pickupLocationId"]),
    isEarlyAccess: flagOf(body["earlyAccess"]) === true,
    giftCards: giftCardsOf(body["giftCards"]),
    services: servicesOf(body["extraServices"] ?? body["extralServices"]),
    syncDate: readSyncDate(body["lastSyncDate"]),
    groupId: idOf(body["groupId"]),
  };
  return { kind: "read", request, nameless: items.length - lines.length };
}

/** One entry of `items`; null when it names no good. */
export function lineOf(item: Json, isSeller: boolean): RequestedLine | null {
  const configurationId = idOf(item["configurationId"]);
  const privateRef = idOf(item["privateId"]);
  const productId = idOf(item["id"]);
  const ref = configurationId ?? privateRef ?? productId;
  if (ref === null) return null;
  const sentRef = item["configurationId"];
  const { name, appliedDiscounts: echoed, addons } = item;
  return {
    // The app finds its line by this very text, so it goes back untouched, spaces and all.
    ref: configurationId !== null && typeof sentRef === "string" ? storable(sentRef) : ref,
    hasOwnRef: configurationId !== null,
    privateRef,
    // In the seller's app this is the vendor's own id and may look like one of ours.
    productRef: isSeller ? null : productId,
    name: typeof name === "string" && name !== "" ? name.slice(0, LONGEST_NAME) : null,
    quantity: quantityOf(item["quantity"]),
    selected: flagOf(item["selected"]) ?? true,
    kitId: idOf(item["itemKitId"]),
    addonRefs: Array.isArray(addons) ? idsOf(addons, "configurationId") : NONE,
    warehouseId: idOf(item["warehouseId"]),
    deliveryGroup: idOf(item["deliveryGroup"]),
    fractionOptionId: idOf(item["fractionOptionId"]),
    echoed: Array.isArray(echoed) ? idsOf(echoed, "id") : NONE,
    sentAsFree: numberOf(item["price"]) === 0,
    sentPrice: moneyOf(item["price"]),
  };
}

const NONE: readonly string[] = [];

/** Ids that stand bare or under `key` of an object; each once. */
function idsOf(values: readonly unknown[], key: string): readonly string[] {
  if (values.length === 0) return NONE;
  const ids: string[] = [];
  for (const value of values.slice(0, MOST_EXTRAS)) {
    const id = idOf(isObject(value) ? value[key] : value);
    if (id !== null && !ids.includes(id)) ids.push(id);
  }
  return ids;
}

function customerOf(body: Json): CustomerNames {
  const { user } = body;
  return {
    externalUserId: idOf(body["externalUserId"]),
    loyaltyCard: idOf(body["loyaltyCard"]),
    phone: isObject(user) ? idOf(user["phone"]) : null,
  };
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where the goods go, from all the spellings of places. */
export function cityOf(body: Json): CartRequest["city"] {
  const { addressData } = body;
  const address: Json = isObject(addressData) ? addressData : {};
  const city = firstId(body["city"], address["city"], address["settlement"]);
  const fias = firstId(
    body["fiasCode"],
    address["fiasCode"],
    address["fias_code"],
    address["cityFias"],
    address["fias"],
    address["fias_id"],
    city !== null && GUID.test(city) ? city : null,
  );
  return {
    name: city,
    kladr: firstId(body["cityKladr"], address["cityKladr"], address["city_kladr"], address["kladr"]),
    fias,
    cityFias: firstId(address["cityFias"], address["settlementFias"], address["fias"], fias),
    regionFias: idOf(address["regionFias"]),
  };
}

/** Gift cards that have a number. */
export function giftCardsOf(value: unknown): readonly TypedGiftCard[] {
  const cards: TypedGiftCard[] = [];
  for (const sent of listOf(value).slice(0, MOST_EXTRAS)) {
    if (!isObject(sent)) continue;
    const number = idOf(sent["number"]);
    if (number !== null) cards.push({ number, pin: idOf(sent["pin"]) });
  }
  return cards;
}

/** Ticks of extra services; null where none were sent. */
export function servicesOf(value: unknown): readonly ServiceTick[] | null {
  if (!Array.isArray(value)) return null;
  const services: ServiceTick[] = [];
  for (const sent of value.slice(0, MOST_EXTRAS)) {
    const serviceId = isObject(sent) ? idOf(sent["serviceId"]) : null;
    if (serviceId === null || !isObject(sent)) continue;
    services.push({
      serviceId,
      itemId: idOf(sent["itemId"]),
      isSelected: flagOf(sent["isSelected"]) === true,
    });
  }
  return services;
}
