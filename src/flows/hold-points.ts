// Points held for an order: out of reach from its placement on, spent when it is done, given back when it is not.
import { assert, type Instant } from "../core/basics/index.ts";
import {
  decideCapture,
  decideHold,
  decideRelease,
  type Hold,
  type HoldState,
  type Lot,
  type LoyaltyTerms,
} from "../core/loyalty/index.ts";
import { NO_POINTS, type Points } from "../core/money/index.ts";
import { addHold, addHoldParts, endHold, giveBackParts, readHold, type Tx } from "../storage/index.ts";
import type { House } from "./house.ts";
import { lotsBeside, postPoints, settlePoints } from "./settle-points.ts";

/** What is to be held. */
export interface HoldRequest {
  readonly orderId: string;
  readonly customerId: string;
  readonly amount: Points;
  readonly at: Instant;
  /** When it lapses if nothing more is heard: see `holdEnd` of core/loyalty. */
  readonly releaseAt: Instant;
}

/** Held in full, or not at all. */
export type PointsHeld =
  | { readonly kind: "held"; readonly amount: Points }
  | { readonly kind: "refused"; readonly available: Points };

/** Holds points for an order. A second call for the order changes nothing and gives what the first held. */
export async function holdPoints(tx: Tx, house: House, request: HoldRequest): Promise<PointsHeld> {
  const { orderId, customerId, amount, at } = request;
  if (amount === 0) return { kind: "held", amount };
  const settled = await settlePoints(tx, house, customerId, at);
  const known = await readHold(tx, orderId);
  if (known !== null) return { kind: "held", amount: known.amount };
  if (settled === null) return { kind: "refused", available: NO_POINTS };
  const decision = decideHold(settled.lots, customerId, amount, at);
  if (decision.kind === "refused") return decision;
  await addHold(tx, { ...request, createdAt: at }, decision.takes);
  await postPoints(tx, house, decision.posting, { key: `hold:${orderId}`, customerId, orderId, at });
  return { kind: "held", amount };
}

/** What the end of an order did with its points. */
export type HoldEnded =
  /** This call did it. `missing`: points of it that were not there any more, or have expired meanwhile. */
  | { readonly kind: "done"; readonly amount: Points; readonly missing: Points }
  /** It had ended before, in that state: nothing changed. */
  | { readonly kind: "ended"; readonly state: Exclude<HoldState, "held"> }
  /** No points were held for the order. */
  | { readonly kind: "none" };

/**
 * Spends what is held for an order. A hold that lapsed is taken anew from what the customer has by now; `missing` says
 * what they had spent elsewhere.
 */
export async function capturePoints(
  tx: Tx,
  house: House,
  { orderId, at }: { readonly orderId: string; readonly at: Instant },
): Promise<HoldEnded> {
  const locked = await lockHold(tx, house, orderId, at);
  if (locked === null) return { kind: "none" };
  const { hold, lots } = locked;
  const decision = decideCapture(hold, lots, at);
  if (decision.kind === "ended") return decision;
  await changeState(tx, hold, "captured", at);
  await addHoldParts(tx, orderId, decision.takes, hold.parts.length);
  const { customerId } = hold;
  await postPoints(tx, house, decision.posting, { key: `capture:${orderId}`, customerId, orderId, at });
  return { kind: "done", amount: decision.amount, missing: decision.missing };
}

/**
 * Gives back what is held for an order that will not be. `terms` say what becomes of points that have expired meanwhile.
 * `isLapse`: nobody said so, the time was up; the order may still be captured.
 */
export async function releasePoints(
  tx: Tx,
  house: House,
  request: {
    readonly orderId: string;
    readonly at: Instant;
    readonly terms: LoyaltyTerms;
    readonly isLapse?: boolean;
  },
): Promise<HoldEnded> {
  const { orderId, at, terms, isLapse = false } = request;
  const locked = await lockHold(tx, house, orderId, at);
  if (locked === null) return { kind: "none" };
  const { hold, lots } = locked;
  if (hold.state === "lapsed" && !isLapse) await changeState(tx, hold, "released", at);
  const decision = decideRelease(hold, lots, terms, at, house.newId());
  if (decision.kind === "ended") return decision;
  await changeState(tx, hold, isLapse ? "lapsed" : "released", at);
  await giveBackParts(tx, orderId);
  const { customerId } = hold;
  const reason = isLapse ? "lapsed" : null;
  await postPoints(tx, house, decision.posting, {
    key: `release:${orderId}`,
    customerId,
    orderId,
    at,
    reason,
  });
  return { kind: "done", amount: decision.amount, missing: decision.missing };
}

/** A hold whose customer's points are locked. */
interface LockedHold {
  readonly hold: Hold;
  /** What is open of the customer, and the lots of the hold. */
  readonly lots: readonly Lot[];
}

/** Most customers a hold may go through by merges while we wait for its lock. */
const MOST_MERGES = 5;

/**
 * Locks the points of the customer for whom an order holds some; null when it holds none. A merge may give the hold to
 * another customer while we wait, so it is read again under the lock.
 */
async function lockHold(tx: Tx, house: House, orderId: string, at: Instant): Promise<LockedHold | null> {
  let seen = await readHold(tx, orderId);
  for (let turn = 0; seen !== null; turn += 1) {
    assert(turn < MOST_MERGES, "a hold comes to rest with one customer");
    const settled = await settlePoints(tx, house, seen.customerId, at);
    assert(settled !== null, "who has a hold has accounts");
    const hold = await readHold(tx, orderId);
    if (hold !== null && hold.customerId === seen.customerId) {
      const parts = hold.parts.map(({ lotId }) => lotId);
      return { hold, lots: await lotsBeside(tx, settled, parts) };
    }
    seen = hold;
  }
  return null;
}

async function changeState(tx: Tx, hold: Hold, to: HoldState, at: Instant): Promise<void> {
  const isChanged = await endHold(tx, hold.orderId, hold.state, to, at);
  assert(isChanged, "a hold changes under its customer's lock only");
}
