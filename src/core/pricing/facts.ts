// Facts: what the outside knows and the engine may not fetch.
import type { Bps, Minor, Points, Quantity } from "../money/index.ts";
import type { Programme } from "./programme.ts";

/** A sellable offer with price and availability already resolved for the cart's city and price tier. */
export interface Offer {
  readonly id: string;
  /** Product card; equals `id` where the feed has no group. */
  readonly groupId: string;
  readonly name: string;
  /** List price of one whole unit, before discounts. */
  readonly price: Minor;
  readonly oldPrice: Minor | null;
  /** Its categories with all their ancestors, no order. */
  readonly categoryIds: readonly string[];
  readonly vendor: string | null;
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** Step of a quantity for goods sold by fraction; null: whole pieces only. */
  readonly step: Quantity | null;
  /** Most that promo codes may take off, share of price × quantity; null: no limit; 0: codes never apply. */
  readonly codeCap: Bps | null;
  /** May points pay for it? */
  readonly usePoints: boolean;
  readonly isAvailable: boolean;
  /** What is left, where stock is known; null: unknown, so not checked. */
  readonly stock: Quantity | null;
}

/** What is known of the customer; null in `Facts.customer` for an anonymous cart. */
export interface CustomerFacts {
  readonly id: string;
  readonly segments: readonly string[];
  readonly tier: string | null;
  /** "MM-DD" or "YYYY-MM-DD"; null when unknown. */
  readonly birthday: string | null;
  /** Confirmed orders so far; null when unknown, and then no order-number condition holds. */
  readonly orderCount: number | null;
  /** Spendable points. */
  readonly balance: Points;
  /** Money spent in the last N days, by N as the rules ask for it. */
  readonly spent: Readonly<Record<number, Minor>>;
}

/** What the code table says of the code in the cart. `promotionId` null: no such code; "foreign": it belongs to another customer. */
export interface CodeFacts {
  readonly promotionId: string | null;
  readonly state: "free" | "redeemed" | "blocked" | "expired" | "foreign";
}

/** What is left of a promotion's limits for this customer at this moment; a promotion without limits has no entry. */
export interface LimitFacts {
  readonly usesLeft: number | null;
  readonly budgetLeft: Minor | null;
}

/** All facts of one calculation. */
export interface Facts {
  /** Offers of the cart's lines and of every gift that the rules may grant, by id. */
  readonly offers: ReadonlyMap<string, Offer>;
  readonly customer: CustomerFacts | null;
  /** State of the cart's code; null when the cart has none. */
  readonly code: CodeFacts | null;
  /** By promotion id. */
  readonly limits: ReadonlyMap<string, LimitFacts>;
  /** The loyalty programme; null: points are absent from every answer. */
  readonly programme: Programme | null;
}
