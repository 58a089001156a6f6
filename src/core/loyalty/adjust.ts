// Points put in or taken out by hand or by another system, and how such a movement is taken back.
import type { Instant } from "../basics/index.ts";
import { type Points, points } from "../money/index.ts";
import { draw, isExpired, type Lot, type LotKind, type NewLot, spendable, sumOf, type Take } from "./lot.ts";
import { type MovementKind, type Posting, pairsOf } from "./posting.ts";

/** Points put in or taken out by hand. */
export interface Adjustment {
  readonly kind: Extract<MovementKind, "correct" | "open">;
  readonly customerId: string;
  /** Above 0: put in; below: taken out. */
  readonly amount: number;
  /** The lot to make where points are put in, and when it ends. */
  readonly lotId: string;
  readonly expiresAt: Instant | null;
}

/** Posts the difference against the adjustments; refuses to take more than there is. `lots` are settled. */
export function decideAdjustment(
  adjustment: Adjustment,
  lots: readonly Lot[],
  at: Instant,
):
  | { readonly kind: "post"; readonly posting: Posting }
  | { readonly kind: "refused"; readonly available: Points } {
  const { kind, customerId, amount, lotId, expiresAt } = adjustment;
  if (amount < 0) {
    const available = spendable(lots, at);
    if (available < -amount) return { kind: "refused", available };
    const pairs = pairsOf(draw(lots, -amount, at), customerId, "available", "adjustments");
    return { kind: "post", posting: { kind, newLots: [], pairs } };
  }
  const lotKind: LotKind = kind === "open" ? "opening" : "correction";
  const lot: NewLot = {
    id: lotId,
    customerId,
    kind: lotKind,
    orderId: null,
    amount: points(amount),
    activeFrom: at,
    expiresAt,
    createdAt: at,
  };
  return {
    kind: "post",
    posting: {
      kind,
      newLots: [lot],
      pairs: [{ from: "adjustments", to: "available", lotId, amount: points(amount), customerId }],
    },
  };
}

/** What taking a hand-made movement back does. */
export interface Reversal {
  readonly posting: Posting;
  /** Points that were put in and are not there to be taken back. */
  readonly missing: Points;
  /** Points that were taken out of lots that have expired meanwhile. */
  readonly lost: Points;
}

/**
 * Takes an adjustment back: what it put in leaves its own lot first, then others, as far as there is any; what it took
 * out returns to the same lots, unless they have expired. `lots` are settled and hold all lots that it named.
 */
export function decideReversal(
  done: { readonly customerId: string; readonly putIn: readonly Take[]; readonly takenOut: readonly Take[] },
  lots: readonly Lot[],
  at: Instant,
): Reversal {
  const { customerId } = done;
  const own = new Map(lots.map((lot) => [lot.id, lot]));
  const fromOwn = done.putIn
    .map(({ lotId, amount }) => ({ lotId, amount: points(Math.min(amount, own.get(lotId)?.available ?? 0)) }))
    .filter(({ amount }) => amount > 0);
  const owed = sumOf(done.putIn) - sumOf(fromOwn);
  const named = new Set(done.putIn.map(({ lotId }) => lotId));
  const fromOthers = draw(
    lots.filter(({ id }) => !named.has(id)),
    owed,
    at,
  );
  const ended = new Set(lots.filter((lot) => isExpired(lot, at)).map(({ id }) => id));
  const back = done.takenOut.filter(({ lotId }) => !ended.has(lotId));
  return {
    posting: {
      kind: "undo",
      newLots: [],
      pairs: [
        ...pairsOf([...fromOwn, ...fromOthers], customerId, "available", "adjustments"),
        ...pairsOf(back, customerId, "adjustments", "available"),
      ],
    },
    missing: points(owed - sumOf(fromOthers)),
    lost: points(sumOf(done.takenOut) - sumOf(back)),
  };
}
