// A loyalty programme as data: what a purchase earns and how much of it points may pay.

/** Authored form; percentages are plain numbers with at most two decimals (5 is 5 %), money in roubles. */
export interface ProgrammeDocument {
  readonly id: string;
  readonly name: string | { readonly ru: string; readonly en?: string };
  readonly earn: {
    /** Share of what a line costs that comes back as points. */
    readonly percent: number;
    readonly byTier?: Readonly<Record<string, number>>;
    /** Earn on what is left after the points that pay for the order (default true). */
    readonly netOfPoints?: boolean;
  };
  readonly spend: {
    /** Most of a line that points may pay. */
    readonly percentOfLine: number;
    readonly percentOfOrder?: number;
    /** Roubles an order must cost before points may pay for it. */
    readonly minimumOrder?: number | string;
    /** Lowest price of a unit after points, roubles. */
    readonly lowestUnitPrice?: number | string;
  };
  /** Roubles one point is worth (default 1). */
  readonly pointValue?: number | string;
  readonly pending?: {
    /** Days from the order's end until what it earned may be spent (default 14). */
    readonly days?: number;
  };
  readonly expiry?: {
    /** Days that active points live; 0: for ever (default 365). */
    readonly days?: number;
  };
  readonly hold?: {
    /** Hours that points stay held for an order of which nothing more is heard (default 720). */
    readonly hours?: number;
  };
  readonly returns?: {
    /** Days that points given back live, where their own time has ended meanwhile; 0: those are not given back (default 0). */
    readonly restoreExpired?: number;
    /** Whether earned points are taken back: not, from what is left of them, or from the whole balance too (default). */
    readonly clawBack?: "none" | "lot" | "balance";
  };
}

/** Compiled form: see compileProgramme. Amounts in kopecks, shares in basis points. */
export interface Programme {
  readonly id: string;
  readonly earnBps: number;
  readonly earnBpsByTier: Readonly<Record<string, number>>;
  readonly earnNetOfPoints: boolean;
  readonly lineSpendBps: number;
  readonly orderSpendBps: number;
  readonly minimumOrderMinor: number;
  readonly lowestUnitPriceMinor: number;
  readonly pointValueMinor: number;
  readonly pendingDays: number;
  /** Null: for ever. */
  readonly expiryDays: number | null;
  readonly holdHours: number;
  readonly restoreExpiredDays: number;
  readonly clawBack: "none" | "lot" | "balance";
}
