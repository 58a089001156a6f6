// A cart as a person writes it to try promotions on, free of any channel's format; checked by the schema, then made the engine's.
import { parseDecimal, points, type Quantity } from "../money/index.ts";
import type { Cart, Channel } from "./cart.ts";

/** Authored form; quantities in units with at most three decimals, one of a good where none is given. */
export interface CartDocument {
  readonly lines: readonly {
    readonly offer: string;
    readonly quantity?: number;
    /** False: put aside. */
    readonly selected?: boolean;
  }[];
  readonly code?: string;
  readonly choices?: readonly {
    readonly promotion: string;
    readonly gifts?: readonly { readonly offer: string; readonly quantity?: number }[];
  }[];
  /** Absent: the cart is anonymous. */
  readonly customer?: string;
  /** An instant, a local date-time of the shop or a date; absent: now. */
  readonly at?: string;
  /** Points to pay with. */
  readonly points?: number;
  readonly channel?: Channel;
  readonly outlet?: string;
  readonly employee?: string;
  readonly city?: string | { readonly name?: string; readonly kladr?: string; readonly fias?: string };
  readonly delivery?: string;
  readonly payment?: string;
  readonly pickupPoint?: string;
  readonly earlyAccess?: boolean;
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
