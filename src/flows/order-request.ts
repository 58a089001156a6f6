// What a shopper's app asks when it places an order, already free of any vendor's words; and what is kept of it.
import type { OfferedService } from "../core/carts/index.ts";
import type { Minor } from "../core/money/index.ts";
import type { OrderContact } from "../storage/index.ts";
import type { CartRequest } from "./cart-request.ts";

/** One order of a call. */
export interface OrderRequest {
  /** The app's id of the order: the key under which it is placed, once for its whole life. */
  readonly uuid: string;
  /** What the call said, as JSON values without what a repeat may change: two calls of one key should say the same. */
  readonly contents: unknown;
  readonly cart: CartRequest;
  readonly contact: OrderContact;
  readonly agreed: Agreed;
  /** Entries of the call that name no good at all. */
  readonly nameless: number;
}

/** What was agreed beside goods. Nothing here speaks of a person. */
export interface Agreed {
  readonly deliveryMethod: string | null;
  readonly deliveryName: string | null;
  /** What the app showed for delivery, kopecks. */
  readonly deliveryPrice: Minor | null;
  readonly deliveryDate: string | null;
  readonly paymentMethod: string | null;
  readonly paymentName: string | null;
  /** What the app says of the payment; nothing is believed because of it. */
  readonly saysPaid: boolean | null;
  readonly pickupPoint: string | null;
  readonly isPreorder: boolean;
  readonly isCallUnwanted: boolean;
  /** The app's moment of making it, as it wrote it. */
  readonly createdOn: string | null;
}

/** How orders are taken; see the configuration manual. */
export interface OrderSettings {
  /** How long the price that a shopper was shown is kept for them, ms; 0: never. */
  readonly priceHoldMs: number;
  /** Before the number that a shopper is shown. */
  readonly numberPrefix: string;
}

/** A service that goes with an order. */
export type OrderedService = Pick<OfferedService, "id" | "itemId" | "title" | "price">;

/** What differs from what the shopper saw or asked for. Amounts in kopecks, quantities in thousandths. */
export type OrderDifference =
  | {
      readonly kind: "line_price";
      readonly offerId: string;
      readonly name: string;
      readonly shownMinor: number;
      readonly chargedMinor: number;
    }
  | {
      readonly kind: "line_left_out";
      readonly offerId: string | null;
      readonly name: string;
      readonly reason: "unknown_offer" | "unavailable" | "bad_quantity" | "too_many" | "short_stock";
    }
  | {
      readonly kind: "quantity_lowered";
      readonly offerId: string;
      readonly name: string;
      readonly asked: number;
      readonly given: number;
    }
  | {
      readonly kind: "gift_gone";
      readonly offerId: string;
      readonly name: string;
      readonly quantity: number;
    }
  | { readonly kind: "code_not_applied"; readonly state: string }
  | { readonly kind: "points_fewer"; readonly asked: number; readonly held: number }
  | { readonly kind: "total"; readonly shownMinor: number; readonly chargedMinor: number }
  | { readonly kind: "priced_by_catalogue" };
