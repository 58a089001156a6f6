// A cart written by a person to try promotions on, as the engine wants it.
import { type CartDocument, checkCart } from "../contract/index.ts";
import { parseDecimal, points, type Quantity } from "../core/money/index.ts";
import type { Cart } from "../core/pricing/index.ts";
import { readDocument } from "./read-document.ts";
import type { AuthoredProblem } from "./read-promotions.ts";

/** The cart, its customer and its moment as written (null: now), or what is wrong with the text. */
export type CartRead =
  | {
      readonly kind: "read";
      readonly cart: Cart;
      readonly customerId: string | null;
      readonly at: string | null;
    }
  | { readonly kind: "refused"; readonly problems: readonly AuthoredProblem[] };

/** Reads a cart from JSON or YAML text. */
export function readCart(text: string): CartRead {
  const source = readDocument(text);
  if (source.kind === "broken")
    return { kind: "refused", problems: [{ path: "", line: source.line, message: source.message }] };
  const checked = checkCart(source.value);
  if (checked.kind === "refused") {
    const problems = checked.problems.map((each) => ({ ...each, line: source.lineOf(each.path) }));
    return { kind: "refused", problems };
  }
  const { document } = checked;
  return {
    kind: "read",
    cart: cartOf(document),
    customerId: document.customer ?? null,
    at: document.at ?? null,
  };
}

/** The cart as the engine wants it; a quantity with more than three decimals is none. */
export function cartOf(document: CartDocument): Cart {
  const { city } = document;
  return {
    channel: document.channel ?? "app",
    lines: document.lines.map(({ offer, quantity, selected }) => ({
      offerId: offer,
      quantity: thousandths(quantity),
      selected: selected ?? true,
      echoed: [],
      sentAsFree: false,
    })),
    code: document.code?.trim() || null,
    choices: (document.choices ?? []).map(({ promotion, gifts = [] }) => ({
      promotionId: promotion,
      gifts: gifts.map(({ offer, quantity }) => ({
        offerId: offer,
        quantity: thousandths(quantity) ?? (0 as Quantity),
      })),
    })),
    pointsToSpend: points(document.points ?? 0),
    outletId: document.outlet ?? null,
    employeeId: document.employee ?? null,
    city:
      typeof city === "string"
        ? { name: city, kladr: null, fias: null }
        : { name: city?.name ?? null, kladr: city?.kladr ?? null, fias: city?.fias ?? null },
    deliveryMethod: document.delivery ?? null,
    paymentMethod: document.payment ?? null,
    pickupPoint: document.pickupPoint ?? null,
    isEarlyAccess: document.earlyAccess ?? false,
  };
}

function thousandths(quantity: number | undefined): Quantity | null {
  return parseDecimal(quantity ?? 1, 3) as Quantity | null;
}
