// The programme's terms that the ledger needs, and the instants that follow from them.
import { type Instant, instant } from "../basics/index.ts";

/** From whom earned points are taken back when goods are returned. */
export type ClawBack =
  /** Nothing is taken back. */
  | "none"
  /** Only what is left of the very points that the order earned. */
  | "lot"
  /** What is left of them, and the rest from other points of the customer, never below 0. */
  | "balance";

/** Terms as the ledger reads them. */
export interface LoyaltyTerms {
  /** Days from the order's end until its points may be spent. */
  readonly pendingDays: number;
  /** Days that active points live; null: for ever. */
  readonly expiryDays: number | null;
  /** Hours that points stay held for an order of which nothing more is heard. */
  readonly holdHours: number;
  /** Days that points given back live, where their own time has ended meanwhile; 0: those are not given back. */
  readonly restoreExpiredDays: number;
  readonly clawBack: ClawBack;
}

/** Terms where there is no programme (any more): what was held and earned before must still come to an end. */
export const DEFAULT_TERMS: LoyaltyTerms = {
  pendingDays: 14,
  expiryDays: 365,
  holdHours: 720,
  restoreExpiredDays: 0,
  clawBack: "balance",
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When points earned at `at` become active, and when they expire. */
export function lotTimes(
  terms: LoyaltyTerms,
  at: Instant,
): { readonly activeFrom: Instant; readonly expiresAt: Instant | null } {
  const activeFrom = instant(at + terms.pendingDays * DAY);
  return {
    activeFrom,
    expiresAt: terms.expiryDays === null ? null : instant(activeFrom + terms.expiryDays * DAY),
  };
}

/** When points held at `at` are given back if nothing more is heard of their order. */
export function holdEnd(terms: LoyaltyTerms, at: Instant): Instant {
  return instant(at + terms.holdHours * HOUR);
}

/** When points that are given back at `at` with a new expiry end. */
export function restoredEnd(terms: LoyaltyTerms, at: Instant): Instant {
  return instant(at + terms.restoreExpiredDays * DAY);
}
