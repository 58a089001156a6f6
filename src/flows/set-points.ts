// Balances that are kept or were kept elsewhere: ours is made equal, and the difference stands against the adjustments.
import { AssertionFailed, assert, type Instant, present } from "../core/basics/index.ts";
import { decideAdjustment, decideReversal, spendable, type Take } from "../core/loyalty/index.ts";
import { type Points, points } from "../core/money/index.ts";
import { entriesOfMovement, lotsByIds, movementByKey, type Tx } from "../storage/index.ts";
import type { House } from "./house.ts";
import { lotsBeside, postPoints, type SettledPoints, settleOpened, settlePoints } from "./settle-points.ts";

/** A balance told by another system. */
export interface TheirBalance {
  readonly customerId: string;
  /** What may be spent there: held and pending points do not count. */
  readonly amount: Points;
  readonly at: Instant;
  /** Unique per telling, as `IMPORT:CUSTOMER`: by it the movement can be taken back, and a second call changes nothing. */
  readonly key: string;
  /** When points that are put in end; null: never. */
  readonly expiresAt?: Instant | null;
  readonly reason?: string | null;
  readonly actor?: string | null;
}

/** Ours before, theirs, and whether that took a movement. */
export interface BalanceSet {
  readonly kind: "set" | "equal" | "repeated";
  readonly before: Points;
  readonly movementId: string | null;
}

/** Makes the spendable balance of a customer equal to what another system says; the movement keeps that as its control. */
export async function setPoints(tx: Tx, house: House, told: TheirBalance): Promise<BalanceSet> {
  const { customerId, amount, at, expiresAt = null, reason = null, actor = null } = told;
  const { lots } = await settleOpened(tx, house, customerId, at);
  const before = spendable(lots, at);
  const key = `open:${told.key}`;
  if ((await movementByKey(tx, key)) !== null) return { kind: "repeated", before, movementId: null };
  if (before === amount) return { kind: "equal", before, movementId: null };
  const decision = decideAdjustment(
    { kind: "open", customerId, amount: amount - before, lotId: house.newId(), expiresAt },
    lots,
    at,
  );
  assert(decision.kind === "post", "no more is taken than there is");
  const note = { key, customerId, at, reason, actor, control: amount };
  return { kind: "set", before, movementId: await postPoints(tx, house, decision.posting, note) };
}

/** What taking a movement back came to. */
export type PointsUndone =
  /** `missing`: points it had put in that were spent since; `lost`: points it had taken out that have expired. */
  | { readonly kind: "undone"; readonly missing: Points; readonly lost: Points }
  /** It was taken back before. */
  | { readonly kind: "repeated" }
  /** Nothing was posted under the key. */
  | { readonly kind: "none" };

/** Takes back what `setPoints` did under `key`; once. Balances never go below 0 for it. */
export async function undoSetPoints(
  tx: Tx,
  house: House,
  request: {
    readonly key: string;
    readonly at: Instant;
    readonly reason?: string | null;
    readonly actor?: string | null;
  },
): Promise<PointsUndone> {
  const { at, reason = null, actor = null } = request;
  const movement = await movementByKey(tx, `open:${request.key}`);
  if (movement === null) return { kind: "none" };
  const entries = (await entriesOfMovement(tx, movement.id)).filter(({ account }) => account === "available");
  const takesOf = (sign: number): Take[] =>
    entries
      .filter(({ amount }) => amount * sign > 0)
      .map(({ lotId, amount }) => ({ lotId, amount: points(amount * sign) }));
  const named = entries.map(({ lotId }) => lotId);
  const { customerId, settled } = await lockOwner(tx, house, named, at);
  const key = `undo:open:${request.key}`;
  if ((await movementByKey(tx, key)) !== null) return { kind: "repeated" };
  const { posting, missing, lost } = decideReversal(
    { customerId, putIn: takesOf(1), takenOut: takesOf(-1) },
    await lotsBeside(tx, settled, named),
    at,
  );
  await postPoints(tx, house, posting, { key, customerId, at, reason, actor });
  return { kind: "undone", missing, lost };
}

/** Most customers that lots may go through by merges while we wait for a lock. */
const MOST_MERGES = 5;

/** Locks the points of whoever has the lots by now: they are one customer's, since a merge takes all along. */
async function lockOwner(
  tx: Tx,
  house: House,
  lotIds: readonly string[],
  at: Instant,
): Promise<{ readonly customerId: string; readonly settled: SettledPoints }> {
  const ownerOf = async (): Promise<string> =>
    present((await lotsByIds(tx, lotIds.slice(0, 1)))[0], "a lot is never removed").customerId;
  let customerId = await ownerOf();
  for (let turn = 0; turn < MOST_MERGES; turn += 1) {
    const settled = await settlePoints(tx, house, customerId, at);
    const owner = await ownerOf();
    if (owner === customerId) return { customerId, settled: present(settled, "who has lots has accounts") };
    customerId = owner;
  }
  throw new AssertionFailed("lots come to rest with one customer");
}
