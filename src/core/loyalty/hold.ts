// Points held for an order: taken out of reach when it is placed, spent when it is done, given back when it is not.
import type { Instant } from "../basics/index.ts";
import { type Points, points } from "../money/index.ts";
import { draw, isExpired, type Lot, type NewLot, spendable, sumOf, type Take } from "./lot.ts";
import { type Pair, type Posting, pairsOf } from "./posting.ts";
import { type LoyaltyTerms, restoredEnd } from "./terms.ts";

/** held → captured (spent) or released (given back); lapsed: given back by time, and the order may still be done. */
export type HoldState = "held" | "captured" | "released" | "lapsed";

/** A lot's part in a hold. */
export interface HeldPart extends Take {
  /** Place in the order of use, from 1. */
  readonly position: number;
  /** Points of it that were given back already. */
  readonly givenBack: Points;
}

/** A hold as it stands. */
export interface Hold {
  readonly orderId: string;
  readonly customerId: string;
  readonly amount: Points;
  readonly state: HoldState;
  readonly releaseAt: Instant;
  readonly parts: readonly HeldPart[];
}

/** What a hold still has of each lot, in the order of use. */
export function remainsOf(hold: Hold): Take[] {
  return [...hold.parts]
    .sort((left, right) => left.position - right.position)
    .map(({ lotId, amount, givenBack }) => ({ lotId, amount: points(amount - givenBack) }))
    .filter(({ amount }) => amount > 0);
}

/** Takes `amount` out of reach, or says how much there is. `lots` are settled. */
export function decideHold(
  lots: readonly Lot[],
  customerId: string,
  amount: Points,
  at: Instant,
):
  | { readonly kind: "hold"; readonly takes: readonly Take[]; readonly posting: Posting }
  | { readonly kind: "refused"; readonly available: Points } {
  const available = spendable(lots, at);
  if (available < amount) return { kind: "refused", available };
  const takes = draw(lots, amount, at);
  return {
    kind: "hold",
    takes,
    posting: { kind: "hold", newLots: [], pairs: pairsOf(takes, customerId, "available", "held") },
  };
}

/** What the end of an order does with its hold. */
export type HoldDecision =
  | {
      readonly kind: "post";
      readonly amount: Points;
      readonly missing: Points;
      readonly takes: readonly Take[];
      readonly posting: Posting;
    }
  /** It has ended before: nothing changes. */
  | { readonly kind: "ended"; readonly state: Exclude<HoldState, "held"> };

/**
 * Spends what is held. A hold that lapsed is taken anew from what the customer has by now (`takes` are its new parts);
 * `missing` is what is not there any more. `lots` are settled.
 */
export function decideCapture(hold: Hold, lots: readonly Lot[], at: Instant): HoldDecision {
  if (hold.state === "captured" || hold.state === "released") return { kind: "ended", state: hold.state };
  const isLate = hold.state === "lapsed";
  const takes = isLate ? draw(lots, hold.amount, at) : remainsOf(hold);
  const amount = sumOf(takes);
  const pairs = pairsOf(takes, hold.customerId, isLate ? "available" : "held", "redeemed");
  return {
    kind: "post",
    amount,
    missing: points(isLate ? hold.amount - amount : 0),
    takes: isLate ? takes : [],
    posting: { kind: "capture", newLots: [], pairs },
  };
}

/** Gives back what is held; a hold that has ended stays as it is. `newLotId` is used where points get a new expiry. */
export function decideRelease(
  hold: Hold,
  lots: readonly Lot[],
  terms: LoyaltyTerms,
  at: Instant,
  newLotId: string,
): HoldDecision {
  if (hold.state !== "held") return { kind: "ended", state: hold.state };
  const takes = remainsOf(hold);
  const back = giveBack(takes, "held", lots, terms, { hold, at, newLotId });
  return {
    kind: "post",
    amount: back.restored,
    missing: back.lost,
    takes: [],
    posting: { kind: "release", newLots: back.newLots, pairs: back.pairs },
  };
}

/** Points on their way back to their lots. */
export interface GivenBack {
  readonly pairs: readonly Pair[];
  readonly newLots: readonly NewLot[];
  /** Points that can be spent (again). */
  readonly restored: Points;
  /** Points whose time has ended meanwhile. */
  readonly lost: Points;
}

/** Brings takes back from `from`: to their own lots, or where a lot has expired, as the terms say. */
export function giveBack(
  takes: readonly Take[],
  from: "held" | "redeemed",
  lots: readonly Lot[],
  terms: LoyaltyTerms,
  for_: { readonly hold: Hold; readonly at: Instant; readonly newLotId: string },
): GivenBack {
  const { hold, at, newLotId } = for_;
  const expired = new Set(lots.filter((lot) => isExpired(lot, at)).map(({ id }) => id));
  const alive = takes.filter(({ lotId }) => !expired.has(lotId));
  const late = takes.filter(({ lotId }) => expired.has(lotId));
  const isRenewed = terms.restoreExpiredDays > 0 && late.length > 0;
  const pairs = pairsOf(alive, hold.customerId, from, "available");
  if (!isRenewed) {
    return {
      pairs: [...pairs, ...pairsOf(late, hold.customerId, from, "expired")],
      newLots: [],
      restored: sumOf(alive),
      lost: sumOf(late),
    };
  }
  const { customerId, orderId } = hold;
  const renewed: NewLot = {
    id: newLotId,
    customerId,
    kind: "returned",
    orderId,
    amount: sumOf(late),
    activeFrom: at,
    expiresAt: restoredEnd(terms, at),
    createdAt: at,
  };
  const renewal = late.map(
    ({ lotId, amount }): Pair => ({ from, to: "available", lotId, toLotId: newLotId, amount, customerId }),
  );
  return { pairs: [...pairs, ...renewal], newLots: [renewed], restored: sumOf(takes), lost: points(0) };
}
