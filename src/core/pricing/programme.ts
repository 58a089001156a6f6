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
}
