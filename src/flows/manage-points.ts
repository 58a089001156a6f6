// Points of customers as people and other systems read, write and correct them: one transaction a call, merged ids led on.
import type { Instant } from "../core/basics/index.ts";
import { type Hold, type Lot, spendable } from "../core/loyalty/index.ts";
import type { Points } from "../core/money/index.ts";
import {
  filledLots,
  isCustomerKnown,
  lockCustomer,
  openHolds,
  type PointsStanding,
  pointsStanding,
  survivorOf,
} from "../storage/index.ts";
import {
  approveCorrection,
  type Correction,
  correctPoints,
  declineCorrection,
  type PointsCorrected,
  type RequestDecided,
} from "./correct-points.ts";
import type { House } from "./house.ts";
import { setPoints } from "./set-points.ts";
import { settleOpened } from "./settle-points.ts";

/** A customer's points, under the id that theirs leads to. */
export interface CustomerPoints extends PointsStanding {
  readonly customerId: string;
}

/** What a customer has now; null when nothing is known of the id. */
export function readPointsOf(house: House, id: string): Promise<CustomerPoints | null> {
  const at = house.now();
  return house.database.read(async (tx) => {
    if (!(await isCustomerKnown(tx, id))) return null;
    const customerId = await survivorOf(tx, id);
    return { customerId, ...(await pointsStanding(tx, customerId, at)) };
  });
}

/** What a customer's points are made of. */
export interface CustomerLots {
  readonly customerId: string;
  readonly at: Instant;
  /** Lots with anything left, first to end first. */
  readonly lots: readonly Lot[];
  readonly holds: readonly Pick<Hold, "orderId" | "amount" | "releaseAt">[];
}

/** Lots and holds of a customer; null when nothing is known of the id. */
export function readLotsOf(house: House, id: string): Promise<CustomerLots | null> {
  const at = house.now();
  return house.database.read(async (tx) => {
    if (!(await isCustomerKnown(tx, id))) return null;
    const customerId = await survivorOf(tx, id);
    const lots = (await filledLots(tx, customerId)).sort(
      (left, right) => (left.expiresAt ?? Infinity) - (right.expiresAt ?? Infinity) || 0,
    );
    return { customerId, at, lots, holds: await openHolds(tx, customerId) };
  });
}

/** A balance as another system tells it. */
export interface BalanceTold {
  readonly customerId: string;
  /** What may be spent there after the change: the control value. */
  readonly balance: Points;
  /** What changed there; where ours and theirs come apart by it, nothing is written. Null: whatever the difference is. */
  readonly change: number | null;
  readonly expiresAt: Instant | null;
  readonly reason: string | null;
  readonly actor: string;
}

/** What became of it. */
export type BalanceWritten =
  | { readonly kind: "written"; readonly before: number; readonly movementId: string | null }
  | { readonly kind: "refused"; readonly reason: "customer_merged" | "expiry_past" }
  /** Ours was another one before the change. */
  | { readonly kind: "refused"; readonly reason: "balance_differs"; readonly before: number };

/** Makes our balance theirs, by one movement of the difference. The customer need not be known yet. */
export function writeBalance(house: House, told: BalanceTold): Promise<BalanceWritten> {
  const { customerId, balance, change, expiresAt, reason, actor } = told;
  const at = house.now();
  return house.database.transaction(async (tx): Promise<BalanceWritten> => {
    if (expiresAt !== null && expiresAt <= at) return { kind: "refused", reason: "expiry_past" };
    if ((await lockCustomer(tx, customerId, at)) !== customerId)
      return { kind: "refused", reason: "customer_merged" };
    const { lots } = await settleOpened(tx, house, customerId, at);
    const before = spendable(lots, at);
    if (change !== null && before + change !== balance)
      return { kind: "refused", reason: "balance_differs", before };
    const key = `api:${house.newId()}`;
    const set = await setPoints(tx, house, {
      customerId,
      amount: balance,
      at,
      key,
      expiresAt,
      reason,
      actor,
    });
    return { kind: "written", before, movementId: set.movementId };
  });
}

/** A correction as a person asks for it; see `Correction`. */
export type CorrectionWish = Omit<Correction, "at" | "key"> & { readonly key?: string };

/** What became of a correction of whoever the id leads to. */
export type CorrectionMade =
  | PointsCorrected
  | { readonly kind: "refused"; readonly reason: "customer_unknown" };

/** Corrects the points of a customer, or keeps the wish for a second person. */
export function makeCorrection(house: House, wish: CorrectionWish): Promise<CorrectionMade> {
  const at = house.now();
  return house.database.transaction(async (tx): Promise<CorrectionMade> => {
    if (!(await isCustomerKnown(tx, wish.customerId))) return { kind: "refused", reason: "customer_unknown" };
    const customerId = await lockCustomer(tx, wish.customerId, at);
    return correctPoints(tx, house, { ...wish, customerId, at, key: wish.key ?? house.newId() });
  });
}

/** A second person decides. */
export function decideCorrection(
  house: House,
  decision: { readonly requestId: string; readonly actor: string; readonly isApproved: boolean },
): Promise<RequestDecided> {
  const { isApproved, ...rest } = decision;
  const wish = { ...rest, at: house.now() };
  return house.database.transaction((tx) =>
    isApproved ? approveCorrection(tx, house, wish) : declineCorrection(tx, house, wish),
  );
}
