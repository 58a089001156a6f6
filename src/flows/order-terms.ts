// How an order's lines and what was agreed are kept as JSON, and how they are read back.
import type { FrozenLine } from "../core/orders/index.ts";
import type { StoredOrderLine } from "../storage/index.ts";
import type { Agreed, OrderDifference, OrderedService } from "./order-request.ts";

/** Of an order what is asked for as a whole only. */
export interface OrderTerms {
  readonly agreed: Agreed | null;
  readonly differences: readonly OrderDifference[];
  readonly services: readonly OrderedService[];
  /** Gift cards that were to pay: the last digits, and whether each could. */
  readonly giftCards: readonly { readonly last4: string; readonly isUsable: boolean }[];
  /** Promotions that applied, with what each took off. */
  readonly applied: readonly { readonly promotionId: string; readonly amount: number }[];
  readonly rulesVersion: number | null;
  /** The price is the one that the shopper was shown. */
  readonly isPriceKept: boolean;
}

/** Terms of an order of which nothing is known, such as an imported one. */
export const NO_TERMS: OrderTerms = {
  agreed: null,
  differences: [],
  services: [],
  giftCards: [],
  applied: [],
  rulesVersion: null,
  isPriceKept: false,
};

/** The text of the terms. */
export function packTerms(terms: OrderTerms): string {
  return JSON.stringify(terms);
}

/** The terms of a text; of an order without any, those of which nothing is known. */
export function readTerms(text: string | undefined): OrderTerms {
  return text === undefined ? NO_TERMS : { ...NO_TERMS, ...(JSON.parse(text) as Partial<OrderTerms>) };
}

/** What a line is called in the app that ordered it. */
export interface LineRefs {
  readonly ref: string;
  readonly privateRef: string | null;
  readonly productRef: string | null;
  readonly kitId: string | null;
}

/** A line of an order, whole: how it was sold, and by what name it was asked for (null: a gift that was added). */
export interface OrderLine {
  readonly position: number;
  readonly frozen: FrozenLine;
  readonly refs: LineRefs | null;
}

type PackedRun = readonly [number, number, number, number, number];

interface PackedLine {
  readonly at: number | null;
  readonly gifts: number;
  readonly discounts: readonly (readonly [string, number])[];
  readonly weighed: 0 | 1;
  readonly points: readonly [number, number, number];
  readonly runs: readonly PackedRun[];
  readonly refs: LineRefs | null;
}

/** The row of a line. */
export function packLine({ position, frozen, refs }: OrderLine): StoredOrderLine {
  const packed: PackedLine = {
    at: frozen.lineIndex,
    gifts: frozen.giftUnits,
    discounts: frozen.discounts.map(({ promotionId, amount }) => [promotionId, amount]),
    weighed: frozen.isWeighed ? 1 : 0,
    points: [frozen.byPoints, frozen.spent, frozen.earned],
    runs: frozen.runs.map(({ count, price, byPoints, spent, earned }) => [
      count,
      price,
      byPoints,
      spent,
      earned,
    ]),
    refs,
  };
  return {
    position,
    offerId: frozen.offerId,
    name: frozen.name,
    price: frozen.price,
    quantity: frozen.quantity,
    gross: frozen.gross,
    discount: frozen.discount,
    total: frozen.total,
    terms: JSON.stringify(packed),
  };
}

/** The line of a row. */
export function readLine(stored: StoredOrderLine): OrderLine {
  const packed = JSON.parse(stored.terms) as PackedLine;
  const [byPoints, spent, earned] = packed.points;
  const runs = packed.runs.map(([count, price, paid, points, brings]) => ({
    count,
    price,
    byPoints: paid,
    spent: points,
    earned: brings,
  }));
  // Our own numbers come back from our own table: their brands were checked when they were frozen.
  const frozen = {
    lineIndex: packed.at,
    offerId: stored.offerId,
    name: stored.name,
    price: stored.price,
    quantity: stored.quantity,
    gross: stored.gross,
    discount: stored.discount,
    total: stored.total,
    giftUnits: packed.gifts,
    discounts: packed.discounts.map(([promotionId, amount]) => ({ promotionId, amount })),
    isWeighed: packed.weighed === 1,
    byPoints,
    spent,
    earned,
    runs,
  } as unknown as FrozenLine;
  return { position: stored.position, frozen, refs: packed.refs };
}
