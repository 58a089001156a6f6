// One entry of orders.json: an order made elsewhere, as much of it as is told.
import { type Minor, minor, ONE_UNIT, parseDecimal, quantity } from "../core/money/index.ts";
import { freezeOrder } from "../core/orders/index.ts";
import type { Quote, QuoteLine, UnitGroup } from "../core/pricing/index.ts";
import type { OrderContact, ShopOrder } from "../storage/index.ts";
import { LONGEST_ID } from "./import-members.ts";
import type { OrderLine } from "./order-terms.ts";

/** An order as it is told; what is not told is null. */
export interface OrderEntry {
  readonly order: ShopOrder;
  /** Null: not told, so lines of an earlier import stay. */
  readonly lines: readonly OrderLine[] | null;
  readonly contact: OrderContact | null;
  /** Words for what was left out of it. */
  readonly remarks: readonly string[];
}

/** Most lines that are kept. */
const LINES_LIMIT = 1000;

/** Reads an entry; null when it names no order. */
export function readOrderEntry(entry: unknown): OrderEntry | null {
  const fields: Fields = isFields(entry) ? entry : { id: entry };
  const id = textOf(fields["id"]);
  if (id === null || id.length > LONGEST_ID) return null;
  const remarks: string[] = [];
  const read = <Value>(
    name: string,
    remark: string,
    reader: (value: unknown) => Value | null,
  ): Value | null => {
    const value = reader(fields[name]);
    if (value === null && isGiven(fields[name])) remarks.push(remark);
    return value;
  };
  const order: ShopOrder = {
    id,
    customerId: textOf(fields["customerId"]),
    placedAt: read("placedAt", "placed_at_unreadable", instantOf),
    status: textOf(fields["status"]),
    totalMinor: read("total", "total_unreadable", kopecksOf),
  };
  const lines = read("lines", "lines_unreadable", linesOf);
  const contact = read("contact", "contact_unreadable", contactOf);
  return { order, lines, contact, remarks };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function textOf(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  return text === "" ? null : text;
}

function instantOf(value: unknown): number | null {
  const at = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isSafeInteger(at) && at >= 0 ? at : null;
}

function decimalOf(value: unknown, digits: number): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const amount = parseDecimal(value, digits);
  return amount !== null && amount >= 0 ? amount : null;
}

function kopecksOf(value: unknown): number | null {
  return decimalOf(value, 2);
}

/** All lines, or null when one cannot be read: half an order would be worse than its total alone. */
function linesOf(value: unknown): readonly OrderLine[] | null {
  if (!Array.isArray(value) || value.length > LINES_LIMIT) return null;
  const lines: OrderLine[] = [];
  for (const [position, entry] of value.entries()) {
    const line = isFields(entry) ? lineOf(entry, position) : null;
    if (line === null) return null;
    lines.push(line);
  }
  return lines;
}

/** `price` is the list price of a unit and `total` what the line cost; one of them may be left out. */
function lineOf(fields: Fields, position: number): OrderLine | null {
  const offerId = textOf(fields["offerId"]);
  const count = decimalOf(fields["quantity"], 3);
  if (offerId === null || offerId.length > LONGEST_ID || count === null || count === 0) return null;
  const told = { price: kopecksOf(fields["price"]), total: kopecksOf(fields["total"]) };
  const price = told.price ?? (told.total === null ? null : Math.ceil((told.total * ONE_UNIT) / count));
  if (price === null) return null;
  const gross = Math.round((price * count) / ONE_UNIT);
  if (!Number.isSafeInteger(price * count)) return null;
  const total = Math.min(told.total ?? gross, gross);
  const quote = {
    points: null,
    lines: [quoteLine({ offerId, name: textOf(fields["name"]), price, count, gross, total })],
  } as unknown as Quote;
  const terms = { spending: 0, pointValue: 1, isWeighed: () => fields["isWeighed"] === true };
  const [frozen] = freezeOrder(quote, terms as unknown as Parameters<typeof freezeOrder>[1]).lines;
  return frozen === undefined ? null : { position, frozen, refs: null };
}

interface ToldLine {
  readonly offerId: string;
  readonly name: string | null;
  readonly price: number;
  readonly count: number;
  readonly gross: number;
  readonly total: number;
}

function quoteLine({ offerId, name, price, count, gross, total }: ToldLine): QuoteLine {
  return {
    lineIndex: null,
    offerId,
    name,
    price: minor(price),
    quantity: quantity(count),
    gross: minor(gross),
    discount: minor(gross - total),
    total: minor(total),
    giftUnits: 0,
    discounts: [],
    unitGroups: evenly(count, total),
    selected: true,
    isCounted: true,
    problem: null,
    notices: [],
    points: null,
  };
}

/** Units that cost the same to the kopeck, the dearer ones first. */
function evenly(count: number, total: number): UnitGroup[] {
  const units = count / ONE_UNIT;
  if (!Number.isInteger(units))
    return [{ quantity: quantity(count), unitPrice: minor(0), total: minor(total) }];
  const low = Math.floor(total / units);
  const dear = total - low * units;
  const group = (many: number, price: number): UnitGroup => ({
    quantity: quantity(many * ONE_UNIT),
    unitPrice: price as Minor,
    total: minor(many * price),
  });
  return [group(dear, low + 1), group(units - dear, low)].filter((each) => each.quantity > 0);
}

function contactOf(value: unknown): OrderContact | null {
  if (!isFields(value)) return null;
  return {
    name: textOf(value["name"]),
    phone: textOf(value["phone"]),
    email: textOf(value["email"]),
    city: textOf(value["city"]),
    address: textOf(value["address"]),
    recipientName: textOf(value["recipientName"]),
    recipientPhone: textOf(value["recipientPhone"]),
    comment: textOf(value["comment"]),
  };
}
