// A promotion as its author writes it: data in human units (roubles, percent), checked by the schema, compiled before use.

/** Roubles as a number or text with at most two decimals: 500, 99.9, "1 249,90" is not allowed, "1249.90" is. */
export type Roubles = number | string;

/** A text shown to shoppers; a bare string stands for both languages. */
export type Text = string | { readonly ru: string; readonly en?: string };

/** A set of goods. All keys of one object must hold; each list is "any of". An empty object is everything. */
export interface Goods {
  readonly offers?: readonly string[];
  readonly groups?: readonly string[];
  /** With all sub-categories. */
  readonly categories?: readonly string[];
  readonly vendors?: readonly string[];
  readonly price?: { readonly from?: Roubles; readonly to?: Roubles };
  readonly hasOldPrice?: boolean;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly any?: readonly Goods[];
  readonly all?: readonly Goods[];
  readonly not?: Goods;
}

/** Bounds, both inclusive. */
export interface Range<Value> {
  readonly atLeast?: Value;
  readonly atMost?: Value;
}

/**
 * One condition: exactly one key. Sums are those of ticked, purchasable goods.
 * `measured`: "list" = price × quantity; "beforeLayer" (default) = what the layers before this promotion's left.
 */
export type Condition =
  | { readonly sum: Range<Roubles> & { readonly of?: Goods; readonly measured?: "list" | "beforeLayer" } }
  | { readonly quantity: Range<number> & { readonly of?: Goods } }
  | { readonly distinctGoods: Range<number> & { readonly of?: Goods } }
  | { readonly customer: CustomerCondition }
  | { readonly channels: readonly ("app" | "seller")[] }
  | { readonly outlets: readonly string[] }
  | { readonly employees: readonly string[] }
  | {
      readonly cities: {
        readonly names?: readonly string[];
        readonly kladr?: readonly string[];
        readonly fias?: readonly string[];
      };
    }
  | { readonly delivery: readonly string[] }
  | { readonly payment: readonly string[] }
  | { readonly pickupPoints: readonly string[] }
  | { readonly earlyAccess: boolean }
  | { readonly weekdays: readonly number[] }
  | { readonly hours: { readonly from: string; readonly to: string } }
  | { readonly dates: { readonly from?: string; readonly until?: string } }
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] }
  | { readonly not: Condition };

/** All keys given must hold. */
export interface CustomerCondition {
  readonly known?: boolean;
  readonly segments?: readonly string[];
  readonly tiers?: readonly string[];
  /** Days before and after the birthday, in the shop's zone; 29 February counts as 28 in other years. */
  readonly birthday?: { readonly daysBefore: number; readonly daysAfter: number };
  /** Number of the order being made: 1 is the first. */
  readonly orderNumber?: Range<number>;
  readonly spent?: Range<Roubles> & { readonly days: number };
}

/** One effect: exactly one key. Acts on the promotion's `scope`. */
export type Effect =
  | { readonly percent: number }
  | { readonly amount: Roubles; readonly per?: "cart" | "line" | "unit" }
  | { readonly fixedPrice: Roubles }
  /** Of every `take` units `pay` are paid; per offer, or over the whole scope with the cheapest free. */
  | { readonly nForM: { readonly take: number; readonly pay: number; readonly across?: "offer" | "scope" } }
  /** Of every `every` units the cheapest gets `percent` off. */
  | {
      readonly nthCheaper: {
        readonly every: number;
        readonly percent: number;
        readonly across?: "offer" | "scope";
      };
    }
  | {
      readonly steps: {
        readonly by: "sum" | "quantity";
        readonly levels: readonly {
          readonly from: Roubles;
          readonly percent?: number;
          readonly amount?: Roubles;
        }[];
      };
    }
  | {
      readonly kit: {
        readonly parts: readonly { readonly of: Goods; readonly quantity: number }[];
        readonly price?: Roubles;
        readonly percent?: number;
      };
    }
  | { readonly gifts: readonly GiftOption[] }
  | { readonly giftChoice: { readonly options: readonly GiftOption[]; readonly limit?: number } }
  | { readonly points: { readonly multiplier?: number; readonly extra?: number } }
  | { readonly message: Text };

/** A gift: whole units of one offer. */
export interface GiftOption {
  readonly offer: string;
  readonly quantity?: number;
}

/** How a promotion stands beside others. */
export interface Combining {
  /** Layers apply in ascending order, each on what the ones before left. Default: automatic 0, with codes 10, chosen 20. */
  readonly layer?: number;
  /** Its own group's name, for others to name. */
  readonly group?: string;
  /** Within its layer, on goods both act on: with everything (default), with nothing, or with the named groups. */
  readonly with?: "all" | "none" | readonly string[];
  /** Of promotions sharing this name at most one applies in an order. */
  readonly bestOf?: string;
  /** Never left out for a better whole. */
  readonly mandatory?: boolean;
  /** What falls away when this one applies (for chosen promotions and codes). */
  readonly replaces?: "nothing" | "all-discounts" | "automatic-discounts" | "code-discounts";
  /** May points pay beside it (default true)? */
  readonly spendPoints?: boolean;
  /** Are points earned beside it (default: as spendPoints)? */
  readonly earnPoints?: boolean;
}

/** Uses are counted at confirmation; a calculation only reads what is left. */
export interface Limits {
  readonly uses?: number;
  readonly usesPerCustomer?: number;
  readonly usesPerCode?: number;
  /** The counts beside it and the budget begin anew in every such period of the shop's calendar. */
  readonly per?: "day" | "week" | "month";
  /** Sets of N for M, cheaper units or kits in one order. */
  readonly perOrder?: number;
  readonly budget?: Roubles;
  /** More limits, each counted anew in every period of its own. */
  readonly periods?: readonly PeriodLimits[];
}

/** Limits of one day, week (from Monday) or month in the shop's zone. */
export interface PeriodLimits {
  readonly per: "day" | "week" | "month";
  readonly uses?: number;
  readonly usesPerCustomer?: number;
  readonly usesPerCode?: number;
  readonly budget?: Roubles;
}

/** A code that shoppers are shown to pick from. Lengths are the app's. */
export interface CodeShowcase {
  readonly code: string;
  readonly title: Text;
  readonly description: Text;
  readonly longDescription?: Text;
  readonly availableUntil?: string;
  readonly backgroundImage?: string;
  readonly appliedImage?: string;
  readonly applyImageAnimation?: "stamp" | "fade";
  readonly backgroundColor?: string;
  readonly textAppearance?: "light" | "dark";
}

/** The whole promotion. */
export interface PromotionDocument {
  readonly id: string;
  readonly name: Text;
  readonly status?: "draft" | "scheduled" | "active" | "paused" | "ended";
  /** Higher first where nothing else decides (default 0). */
  readonly priority?: number;
  /** Instants are ISO 8601 with offset, or local date-times in the shop's zone; until is exclusive. */
  readonly schedule?: {
    readonly from?: string;
    readonly until?: string;
    readonly weekdays?: readonly number[];
    readonly hours?: readonly { readonly from: string; readonly to: string }[];
  };
  /** Who: all must hold. */
  readonly audience?: readonly Condition[];
  /** On what goods the effects act; everything when absent. */
  readonly scope?: Goods;
  /** When: all must hold. */
  readonly when?: readonly Condition[];
  readonly then: readonly Effect[];
  /** Applies only with one of these codes or with one from the code table that names this promotion. */
  readonly codes?: { readonly list?: readonly string[]; readonly showcase?: readonly CodeShowcase[] };
  /** Applies only when the shopper chose it; promotions of one group are offered and taken together. */
  readonly choice?: { readonly group: string };
  readonly combining?: Combining;
  readonly limits?: Limits;
  /** Most this promotion may take off. */
  readonly caps?: { readonly perUnit?: Roubles; readonly perLine?: Roubles; readonly perOrder?: Roubles };
  /** No unit gets cheaper than this through this promotion (default: the shop's lowest unit price). */
  readonly floor?: { readonly unitPrice?: Roubles; readonly percentOfPrice?: number };
  /** Each offer's discount is rounded to this, down; kopeck by default (half up). */
  readonly rounding?: "kopeck" | "rouble" | "ten";
  /** What a gift or points promotion is worth in the choice of the best combination, roubles (default 0). */
  readonly worth?: Roubles;
  readonly texts?: {
    /** Shown in the cart when little is missing; {missing} is replaced. */
    readonly hint?: Text;
    readonly applied?: Text;
    readonly description?: Text;
  };
}

/** A whole rule set, as a file holds it. */
export interface PromotionSet {
  readonly promotions: readonly PromotionDocument[];
  readonly objective?: "shopperSaving" | "leastCost" | "priority";
  /** Lowest price of a unit after all discounts, roubles (default 0.01). Gifts are free all the same. */
  readonly lowestUnitPrice?: Roubles;
}
