// Goods come back: points spent on them return to their lots, points earned by them are taken back.
import type { Instant } from "../basics/index.ts";
import { type Points, points } from "../money/index.ts";
import { type GivenBack, giveBack, type Hold, remainsOf } from "./hold.ts";
import { draw, type Lot, sumOf, type Take } from "./lot.ts";
import { afterPairs, type Pair, type Posting, pairsOf } from "./posting.ts";
import type { ClawBack, LoyaltyTerms } from "./terms.ts";

/** A return as the ledger needs it. */
export interface PointsReturn {
  readonly at: Instant;
  readonly customerId: string;
  /** The order's hold; null when no points paid for it. */
  readonly hold: Hold | null;
  /** Points that paid for what comes back. */
  readonly spentBack: Points;
  /** The lot that the order earned; null when it earned none. */
  readonly earned: Lot | null;
  /** Points that what comes back had earned. */
  readonly earnedBack: Points;
  /** Of the order's earnings: points that earlier returns took or forgave. */
  readonly before: { readonly earnedBack: Points; readonly forgiven: Points };
  /** For a lot with a new expiry. */
  readonly newLotId: string;
}

/** What a return did. */
export interface ReturnedPoints {
  /** Points that came back and can be spent. */
  readonly restored: Points;
  /** Points that paid for it whose time has ended: they do not come back. */
  readonly lost: Points;
  /** Earned points taken back. */
  readonly takenBack: Points;
  /** Earned points that had expired by themselves, so that nothing is taken for them. */
  readonly forgiven: Points;
  /** Earned points that are neither there to be taken nor forgiven. */
  readonly missing: Points;
}

/** What to post, and what is left of the parts of the hold. */
export interface ReturnDecision extends ReturnedPoints {
  readonly posting: Posting;
  /** Points that leave the hold, by its parts: the last used come back first. */
  readonly parts: readonly Take[];
}

/**
 * Decides a return; asks for no more than the order spent and earned. `lots` are settled: those of whose hold it is and of
 * whoever has the earned lot. That is one customer, unless somebody earned under an id that was merged away.
 */
export function decideReturn(asked: PointsReturn, lots: readonly Lot[], terms: LoyaltyTerms): ReturnDecision {
  const { hold, at } = asked;
  const parts = hold === null ? [] : partsBack(hold, asked.spentBack);
  const back: GivenBack =
    hold === null || parts.length === 0
      ? { pairs: [], newLots: [], restored: points(0), lost: points(0) }
      : giveBack(parts, hold.state === "held" ? "held" : "redeemed", lots, terms, {
          hold,
          at,
          newLotId: asked.newLotId,
        });
  const claim = decideClaim(asked, afterPairs(lots, back.pairs), terms.clawBack);
  return {
    posting: { kind: "return", newLots: back.newLots, pairs: [...back.pairs, ...claim.pairs] },
    parts,
    restored: back.restored,
    lost: back.lost,
    takenBack: claim.takenBack,
    forgiven: claim.forgiven,
    missing: claim.missing,
  };
}

/** The parts of a hold that come back, last used first; a hold that was given back as a whole has none. */
function partsBack(hold: Hold, amount: number): Take[] {
  if (hold.state !== "held" && hold.state !== "captured") return [];
  const parts: Take[] = [];
  let left = amount;
  for (const { lotId, amount: remains } of remainsOf(hold).reverse()) {
    const taken = Math.min(left, remains);
    if (taken > 0) parts.push({ lotId, amount: points(taken) });
    left -= taken;
  }
  return parts;
}

interface Claim {
  readonly pairs: readonly Pair[];
  readonly takenBack: Points;
  readonly forgiven: Points;
  readonly missing: Points;
}

/** From the earned lot first; what of it expired unspent is forgiven; the rest as the terms say. */
function decideClaim(asked: PointsReturn, lots: readonly Lot[], clawBack: ClawBack): Claim {
  const { at, before, earned } = asked;
  const own = lots.find(({ id }) => id === earned?.id);
  const wanted =
    own === undefined || clawBack === "none" ? 0 : Math.min(asked.earnedBack, own.amount - before.earnedBack);
  if (own === undefined || wanted <= 0)
    return { pairs: [], takenBack: points(0), forgiven: points(0), missing: points(0) };
  const ofPending = Math.min(wanted, own.pending);
  const ofAvailable = Math.min(wanted - ofPending, own.available);
  let left = wanted - ofPending - ofAvailable;
  const forgiven = Math.min(left, Math.max(0, own.expired - before.forgiven));
  left -= forgiven;
  const { customerId } = own;
  const theirs = lots.filter((lot) => lot.customerId === customerId && lot.id !== own.id);
  const others = clawBack === "balance" ? draw(theirs, left, at) : [];
  const takesOf = (amount: number): Take[] =>
    amount === 0 ? [] : [{ lotId: own.id, amount: points(amount) }];
  return {
    pairs: [
      ...pairsOf(takesOf(ofPending), customerId, "pending", "issued"),
      ...pairsOf([...takesOf(ofAvailable), ...others], customerId, "available", "issued"),
    ],
    takenBack: points(ofPending + ofAvailable + sumOf(others)),
    forgiven: points(forgiven),
    missing: points(left - sumOf(others)),
  };
}
