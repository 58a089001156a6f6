// Their description of the order to ours: it never refuses a feedback, whatever is usable is kept.
import type { OrderDetails, OrderedItem, OrderedModification } from "../../core/feedback/index.ts";
import { isObject, own } from "./json-body.ts";
import { cleanText, type Notes, readMoment, readText, WITH_FRACTION } from "./notes.ts";

/** How an order travels, by the vendor's list. */
export const DISCRIMINATORS: readonly string[] = ["yandex", "marketplace", "pickup"];

/** The one documented platform; sister methods know more, so others are kept with a warning. */
export const PLATFORMS: readonly string[] = ["YE"];

/** Reads `orderInfo`; null when there is none to read. */
export function translateOrder(notes: Notes, value: unknown): OrderDetails | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) {
    notes.warn("orderinfo_invalid");
    return null;
  }
  const createdAt = readMoment(notes, own(value, "createdAt"), WITH_FRACTION);
  if (createdAt === null) notes.warn("orderinfo_invalid");
  return {
    createdAt,
    comment: readRequiredText(notes, own(value, "comment")),
    platform: readName(notes, own(value, "platform"), PLATFORMS, false),
    deliveryKind: readName(notes, own(value, "discriminator"), DISCRIMINATORS, true),
    customerName: readRequiredText(notes, memberOf(own(value, "deliveryInfo"), "clientName")),
    total: readNumber(notes, memberOf(own(value, "paymentInfo"), "total")),
    items: readList(notes, own(value, "items")).flatMap((item) => readItem(notes, item)),
  };
}

function memberOf(holder: unknown, key: string): unknown {
  return isObject(holder) ? own(holder, key) : undefined;
}

/** A text that must be there but may be empty. */
function readRequiredText(notes: Notes, value: unknown): string | null {
  if (value === undefined || value === null) notes.warn("orderinfo_invalid");
  return readText(notes, value);
}

function readName(
  notes: Notes,
  value: unknown,
  known: readonly string[],
  isRequired: boolean,
): string | null {
  if (value === undefined || value === null) {
    if (isRequired) notes.warn("orderinfo_invalid");
    return null;
  }
  if (typeof value !== "string") {
    notes.warn("orderinfo_invalid");
    return null;
  }
  if (!known.includes(value)) notes.warn("enum_unknown");
  return cleanText(notes, value);
}

/** A finite number; one in quotes is read with a warning. */
function readNumber(notes: Notes, value: unknown): number | null {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  notes.warn("orderinfo_invalid");
  const isWritten = typeof value === "string" && /^\s*-?\d{1,15}(?:\.\d{1,10})?\s*$/.test(value);
  return isWritten ? Number(value) : null;
}

function readList(notes: Notes, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  notes.warn("orderinfo_invalid");
  return [];
}

function readItem(notes: Notes, value: unknown): OrderedItem[] {
  const [goods] = readGoods(notes, value);
  if (goods === undefined) return [];
  const modifications = readList(notes, memberOf(value, "modifications"));
  return [{ ...goods, modifications: modifications.flatMap((one) => readGoods(notes, one)) }];
}

/** A dish or a modification; one without id and name says nothing and is left out. */
function readGoods(notes: Notes, value: unknown): OrderedModification[] {
  if (!isObject(value)) {
    notes.warn("orderinfo_invalid");
    return [];
  }
  const goods = {
    id: readGoodsId(notes, own(value, "id")),
    name: readText(notes, own(value, "name")),
    quantity: readNumber(notes, own(value, "quantity")),
    price: readNumber(notes, own(value, "price")),
  };
  return goods.id === null && goods.name === null ? [] : [goods];
}

function readGoodsId(notes: Notes, value: unknown): string | null {
  if (typeof value !== "string") notes.warn("orderinfo_invalid");
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "string") return null;
  const text = cleanText(notes, value).trim();
  return text === "" ? null : text;
}
