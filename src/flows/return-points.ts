// Goods come back: the points that paid for them return to their lots, the points they earned are taken back.
import { assert, type Instant } from "../core/basics/index.ts";
import {
  decideReturn,
  type Hold,
  type Lot,
  type LoyaltyTerms,
  type ReturnedPoints,
} from "../core/loyalty/index.ts";
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
import type { House } from "./house.ts";
import { lotsBeside, postPoints, type SettledPoints, settlePoints } from "./settle-points.ts";

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
  const { hold, earned, customerId, lots } = ground;
  const before = await returnsOf(tx, orderId);
  const known = before.find((one) => one.returnId === returnId);
  if (known !== undefined) return { ...told(known), isRepeat: true };
  const { posting, parts, ...done } = decideReturn(
    {
      ...request,
      customerId,
      hold,
      earned,
      before: { earnedBack: sum(before, "earnedBack"), forgiven: sum(before, "forgiven") },
      newLotId: house.newId(),
    },
    lots,
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
  await postPoints(tx, house, posting, { key: `return:${orderId}:${returnId}`, customerId, orderId, at });
  return { ...told(done), isRepeat: false };
}

interface OrderGround {
  readonly hold: Hold | null;
  readonly earned: Lot | null;
  readonly customerId: string;
  /** What is open of whoever has the hold and the earned lot, and all lots of both. */
  readonly lots: readonly Lot[];
}

/** Most customers whose points are locked for a return: as a rule one. */
const MOST_OWNERS = 5;

/**
 * Locks the points of whoever the order's points belong to; null when it neither spent nor earned any. Merges may move them
 * while we wait, so all is read again until nothing belongs to anybody who is not locked.
 */
async function lockOrder(tx: Tx, house: House, { orderId, at }: ReturnRequest): Promise<OrderGround | null> {
  const locked = new Map<string, SettledPoints>();
  for (;;) {
    const [hold, earned] = [await readHold(tx, orderId), await earnedLot(tx, orderId)];
    const owners = [hold?.customerId, earned?.customerId].filter((id) => id !== undefined);
    const [customerId] = owners;
    if (customerId === undefined) return null;
    const open = [...new Set(owners)].filter((id) => !locked.has(id)).sort();
    if (open.length === 0) {
      const ids = [...(hold?.parts ?? []).map(({ lotId }) => lotId), ...(earned === null ? [] : [earned.id])];
      const lots = owners.flatMap(
        (id, index) => (owners.indexOf(id) === index ? locked.get(id)?.lots : []) ?? [],
      );
      return { hold, earned, customerId, lots: await lotsBeside(tx, { lots }, ids) };
    }
    assert(locked.size < MOST_OWNERS, "an order's points come to rest with their customers");
    for (const id of open) {
      const settled = await settlePoints(tx, house, id, at);
      assert(settled !== null, "who has lots has accounts");
      locked.set(id, settled);
    }
  }
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
