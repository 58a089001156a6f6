// Goods come back: the points that paid for them return to their lots, the points they earned are taken back.
import { assert, type Instant } from "../core/basics/index.ts";
import { decideReturn, type Hold, type LoyaltyTerms, type ReturnedPoints } from "../core/loyalty/index.ts";
import { NO_POINTS, type Points, points } from "../core/money/index.ts";
import {
  addReturn,
  earnedLot,
  endHold,
  giveBackSome,
  type KeptReturn,
  readHold,
  returnsOf,
  type Tx,
} from "../storage/index.ts";
import { lockHold } from "./hold-points.ts";
import type { House } from "./house.ts";
import { postPoints, type SettledPoints, settlePoints } from "./settle-points.ts";

/** A return of some goods of an order. */
export interface ReturnRequest {
  readonly orderId: string;
  readonly returnId: string;
  /** Points that paid for what comes back; more than the order has spent is cut. */
  readonly spentBack: Points;
  /** Points that what comes back had earned; more than the order has earned is cut. */
  readonly earnedBack: Points;
  readonly at: Instant;
  /** The programme's policy; DEFAULT_TERMS of core/loyalty where there is no programme. */
  readonly terms: LoyaltyTerms;
}

/** What became of the points; `isRepeat`: an earlier call did it. */
export type PointsReturned = ReturnedPoints & { readonly kind: "returned"; readonly isRepeat: boolean };

const NOTHING: ReturnedPoints = {
  restored: NO_POINTS,
  lost: NO_POINTS,
  takenBack: NO_POINTS,
  forgiven: NO_POINTS,
  missing: NO_POINTS,
};

/**
 * Returns points of an order, once per `returnId`. Works before the capture too: then the hold gets smaller. Points are
 * taken back only of what was earned by then, so say what was earned (`earnPoints`) first where both happen at once.
 */
export async function returnPoints(tx: Tx, house: House, request: ReturnRequest): Promise<PointsReturned> {
  const { orderId, returnId, at, terms } = request;
  const ground = await lockOrder(tx, house, request);
  if (ground === null) return { kind: "returned", isRepeat: false, ...NOTHING };
  const { hold, settled } = ground;
  const before = await returnsOf(tx, orderId);
  const known = before.find((one) => one.returnId === returnId);
  if (known !== undefined) return { ...told(known), isRepeat: true };
  const earned = await earnedLot(tx, orderId);
  const { posting, parts, ...done } = decideReturn(
    {
      ...request,
      customerId: settled.customerId,
      hold,
      earned,
      before: { earnedBack: sum(before, "earnedBack"), forgiven: sum(before, "forgiven") },
      newLotId: house.newId(),
    },
    settled.lots,
    terms,
  );
  const earnedBack = points(done.takenBack + done.forgiven + done.missing);
  await addReturn(tx, { ...done, orderId, returnId, earnedBack, at });
  await giveBackSome(tx, orderId, parts);
  if (hold !== null && hold.state === "held" && isEmptied(hold, parts)) {
    assert(
      await endHold(tx, orderId, "held", "released", at),
      "a hold changes under its customer's lock only",
    );
  }
  const { customerId } = settled;
  await postPoints(tx, house, posting, { key: `return:${orderId}:${returnId}`, customerId, orderId, at });
  return { ...told(done), isRepeat: false };
}

/** Locks the points of whoever the order's points belong to; null when it neither spent nor earned any. */
async function lockOrder(
  tx: Tx,
  house: House,
  { orderId, at }: ReturnRequest,
): Promise<{ readonly hold: Hold | null; readonly settled: SettledPoints } | null> {
  const earned = await earnedLot(tx, orderId);
  const named = earned === null ? [] : [earned.id];
  const locked = await lockHold(tx, house, orderId, at, named);
  if (locked !== null) return locked;
  if (earned === null) return null;
  const settled = await settlePoints(tx, house, earned.customerId, at, named);
  assert(settled !== null, "who has earned has accounts");
  return { hold: await readHold(tx, orderId), settled };
}

function isEmptied(hold: Hold, parts: readonly { readonly amount: number }[]): boolean {
  const left = hold.parts.reduce((rest, part) => rest + part.amount - part.givenBack, 0);
  return left === parts.reduce((gone, part) => gone + part.amount, 0);
}

function sum(returns: readonly KeptReturn[], name: "earnedBack" | "forgiven"): Points {
  return points(returns.reduce((all, one) => all + one[name], 0));
}

function told({
  restored,
  lost,
  takenBack,
  forgiven,
  missing,
}: ReturnedPoints): Omit<PointsReturned, "isRepeat"> {
  return { kind: "returned", restored, lost, takenBack, forgiven, missing };
}
