// The engine's answer: amounts per line and unit group, gifts, alternatives, points, and a verdict for every promotion.
import type { Minor, Points, Quantity } from "../money/index.ts";

/** A message as a value; the door that speaks to the shopper has the words. */
export interface Notice {
  readonly code:
    | "quantity_rounded"
    | "gift_sold_out"
    | "gift_dropped"
    | "gift_not_offered"
    | "gift_limit"
    | "code_unknown"
    | "code_redeemed"
    | "code_blocked"
    | "code_not_redeemable"
    | "code_condition"
    | "code_replaced"
    | "code_no_effect"
    | "choice_dropped"
    | "message"
    | "hint";
  readonly promotionId?: string;
  readonly offerId?: string;
  /** Text authored with the promotion (message, hint). */
  readonly text?: { readonly ru: string; readonly en: string };
  readonly amountMinor?: Minor;
  readonly quantity?: Quantity;
}

/** Why a line cannot be bought. */
export type LineProblem =
  | { readonly kind: "unknown_offer" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "bad_quantity" }
  | { readonly kind: "too_many"; readonly limit: Quantity }
  | { readonly kind: "short_stock"; readonly left: Quantity };

/** What one promotion takes off one line. */
export interface LineDiscount {
  readonly promotionId: string;
  readonly amount: Minor;
}

/** Units of a line that cost the same: at most two paid groups beside the free one; a fractional line is one group. */
export interface UnitGroup {
  readonly quantity: Quantity;
  /** What one whole unit costs; for a fractional group the group's total stands for itself. */
  readonly unitPrice: Minor;
  readonly total: Minor;
}

/** One line of the answer. */
export interface QuoteLine {
  /** Position in the cart, or null for a gift that the engine added. */
  readonly lineIndex: number | null;
  readonly offerId: string | null;
  readonly name: string | null;
  readonly price: Minor;
  readonly quantity: Quantity;
  readonly gross: Minor;
  readonly discount: Minor;
  readonly total: Minor;
  /** Units of this line that are free (gifts and the free ones of N for M). */
  readonly giftUnits: number;
  /** In the order of application. */
  readonly discounts: readonly LineDiscount[];
  readonly unitGroups: readonly UnitGroup[];
  readonly selected: boolean;
  /** Selected and without problem: takes part in totals. */
  readonly isCounted: boolean;
  readonly problem: LineProblem | null;
  readonly notices: readonly Notice[];
  /** Null without a programme, or where the line is not counted. */
  readonly points: { readonly maySpend: Points; readonly willEarn: Points } | null;
}

/** A promotion that the shopper may choose now. */
export interface OfferedPromotion {
  readonly promotionId: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly mayPointsPay: boolean;
  /** Gifts that come with it, without a choice. */
  readonly gifts: readonly { readonly offerId: string; readonly quantity: Quantity }[];
  /** Gifts to choose from, filtered by stock. */
  readonly giftOptions: readonly { readonly offerId: string; readonly quantity: Quantity }[];
  readonly giftOptionsLimit: number;
  /** The whole-cart discount when chosen; null for gifts only. */
  readonly discount: Minor | null;
  readonly isChosen: boolean;
  /** What the cart costs when this one alone of its kind is taken, its discount included. */
  readonly totalIfTaken: Minor;
}

/** Alternatives of one group, offered together. */
export interface OfferedGroup {
  readonly group: string;
  readonly promotions: readonly OfferedPromotion[];
}

/** The condition that failed: where it stands in the promotion, what it needs and what the cart has. */
export interface FailedCondition {
  readonly path: string;
  readonly kind: string;
  readonly needed: string | number | null;
  readonly actual: string | number | null;
}

/**
 * The smallest change after which a promotion is applied, nothing else being changed (see unlocks.ts for what exactly
 * is promised). `path` is the condition or effect whose goods are meant: its set, or the promotion's scope.
 */
export type Unlock =
  | { readonly kind: "add_sum"; readonly amountMinor: Minor; readonly path: string }
  | {
      readonly kind: "add_quantity";
      readonly quantity: number;
      readonly path: string;
      /** Where units of this very offer are meant. */
      readonly offerId?: string;
    }
  | { readonly kind: "add_goods"; readonly count: number; readonly path: string }
  | { readonly kind: "enter_code" }
  | { readonly kind: "choose" }
  | { readonly kind: "sign_in" };

/** Exactly one for every promotion considered. */
export type Verdict = { readonly promotionId: string } & (
  | {
      readonly kind: "applied";
      readonly amount: Minor;
      readonly lines: readonly { readonly line: number; readonly amount: Minor }[];
      readonly gifts: number;
    }
  | {
      readonly kind: "not_applied";
      readonly reason:
        | "not_active"
        | "not_scheduled"
        | "audience"
        | "condition"
        | "no_goods"
        | "code_not_entered"
        | "code_spent"
        | "code_blocked"
        | "code_expired"
        | "code_foreign"
        | "not_chosen"
        | "other_group_chosen"
        | "replaced"
        | "beaten"
        | "left_out"
        | "limit_reached"
        | "capped_to_zero"
        | "gift_sold_out";
      readonly failed?: FailedCondition;
      /** For replaced, beaten and left_out: the winner and how much dearer the cart would be with this one instead. */
      readonly winnerId?: string;
      readonly differenceMinor?: Minor;
      readonly unlock?: Unlock;
    }
);

/** What became of the code in the cart. */
export interface CodeOutcome {
  readonly entered: string;
  readonly state: "applied" | "not_found" | "already_redeemed" | "not_redeemable" | "replaced";
  readonly promotionId: string | null;
}

/** The whole answer. Totals are sums over counted lines. */
export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly gross: Minor;
  readonly discount: Minor;
  readonly total: Minor;
  readonly points: { readonly maySpend: Points; readonly willEarn: Points; readonly spending: Points } | null;
  readonly code: CodeOutcome | null;
  readonly offered: readonly OfferedGroup[];
  readonly notices: readonly Notice[];
  readonly verdicts: readonly Verdict[];
  /** Money of the cart after each layer that changed it, for the explanation. */
  readonly steps: readonly {
    readonly promotionId: string;
    readonly layer: number;
    readonly before: Minor;
    readonly amount: Minor;
    readonly after: Minor;
  }[];
  /** Whether the combination is proven best; if not, the most that may have been missed. */
  readonly proof: { readonly isOptimal: boolean; readonly gapMinor: Minor };
}
