// The cart as the engine sees it: channel-neutral, already read and normalised by a protocol's door.
import type { Points, Quantity } from "../money/index.ts";

/** Where the cart comes from: the shopper's own app, or the app of a store's employee. */
export type Channel = "app" | "seller";

/** One line as sent. Lines are never merged; the engine pools equal offers itself. */
export interface CartLine {
  /** The catalogue's offer id, or null when the door could not resolve it. */
  readonly offerId: string | null;
  /** Thousandths as asked for, before rounding to the offer's step; null when it was no usable number. */
  readonly quantity: Quantity | null;
  /** False: stays in the cart, is priced, but takes part in nothing. */
  readonly selected: boolean;
  /** Promotion ids echoed from our previous answer: hints, never authority. */
  readonly echoed: readonly string[];
  /** True when the request said that the line costs 0, as chosen gifts do. Never a licence. */
  readonly sentAsFree: boolean;
}

/** A promotion that the shopper chose from the menu, with the gifts picked where it offers a choice. */
export interface Choice {
  readonly promotionId: string;
  readonly gifts: readonly { readonly offerId: string; readonly quantity: Quantity }[];
}

/** Everything the shopper decided. */
export interface Cart {
  readonly channel: Channel;
  readonly lines: readonly CartLine[];
  /** The promo code as typed, trimmed; null when none. */
  readonly code: string | null;
  readonly choices: readonly Choice[];
  /** Choices of several groups count together; absent: those of the first known group only. */
  readonly unitesGroups?: boolean;
  /** Points that the shopper wants to pay with; never changes the total. */
  readonly pointsToSpend: Points;
  readonly outletId: string | null;
  readonly employeeId: string | null;
  readonly city: {
    readonly name: string | null;
    readonly kladr: string | null;
    readonly fias: string | null;
  };
  readonly deliveryMethod: string | null;
  readonly paymentMethod: string | null;
  readonly pickupPoint: string | null;
  readonly isEarlyAccess: boolean;
}
