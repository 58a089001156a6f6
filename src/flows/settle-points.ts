// Brings a customer's points up to date before anything is decided about them: locks, activates, expires.
import type { Instant } from "../core/basics/index.ts";
import {
  accountChanges,
  entriesOf,
  type Lot,
  type MovementKind,
  type Posting,
  settle,
} from "../core/loyalty/index.ts";
import {
  lockPoints,
  lotsByIds,
  openLots,
  openPoints,
  type PointsAccount,
  postMovement,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";

/** A customer's points, locked and up to date. */
export interface SettledPoints {
  readonly customerId: string;
  /** Lots that have pending or available points. */
  readonly lots: readonly Lot[];
}

/** Locks a customer's points until the transaction ends and posts what time has done to them; null for one who never had any. */
export async function settlePoints(
  tx: Tx,
  house: House,
  customerId: string,
  at: Instant,
): Promise<SettledPoints | null> {
  const account = await lockPoints(tx, customerId);
  return account === null ? null : bringUpToDate(tx, house, account, at);
}

/** The same, opening accounts for one who never had points. */
export async function settleOpened(
  tx: Tx,
  house: House,
  customerId: string,
  at: Instant,
): Promise<SettledPoints> {
  return bringUpToDate(tx, house, await openPoints(tx, customerId), at);
}

async function bringUpToDate(
  tx: Tx,
  house: House,
  { customerId, revision }: Pick<PointsAccount, "customerId" | "revision">,
  at: Instant,
): Promise<SettledPoints> {
  const { postings, lots } = settle(await openLots(tx, customerId), at);
  for (const posting of postings) {
    const key = `${posting.kind}:${customerId}:${revision}`;
    await postPoints(tx, house, posting, { key, customerId, at });
  }
  return { customerId, lots };
}

/** The settled lots and those of `ids` that are not among them: they are empty or held, so that time does nothing to them. */
export async function lotsBeside(
  tx: Tx,
  settled: Pick<SettledPoints, "lots">,
  ids: readonly string[],
): Promise<readonly Lot[]> {
  const missing = new Set(ids);
  for (const { id } of settled.lots) missing.delete(id);
  return [...settled.lots, ...(await lotsByIds(tx, [...missing]))];
}

/** What a flow says of a movement; the rest is as for movements that the program makes by itself. */
export interface MovementNote {
  readonly key: string;
  readonly customerId: string;
  readonly at: Instant;
  readonly orderId?: string | null;
  readonly actor?: string | null;
  readonly reason?: string | null;
  readonly control?: number | null;
}

/** Movements that are no news for other systems: they told us, or the event of the merge tells it. */
const UNTOLD: ReadonlySet<MovementKind> = new Set(["open", "undo", "transfer"]);

/** Posts a movement, tells it, and gives its id; null when the posting moves nothing. What is undone is noted all the same. */
export async function postPoints(
  tx: Tx,
  house: House,
  posting: Posting,
  note: MovementNote,
): Promise<string | null> {
  if (posting.pairs.length === 0 && posting.kind !== "undo") return null;
  const id = house.newId();
  const { orderId = null, actor = null, reason = null, control = null } = note;
  await postMovement(tx, { ...note, id, orderId, actor, reason, control }, posting);
  if (!UNTOLD.has(posting.kind)) await tell(tx, house, posting, { ...note, id, orderId, reason });
  return id;
}

async function tell(
  tx: Tx,
  house: House,
  posting: Posting,
  { id, customerId, orderId, reason, at }: MovementNote & { readonly id: string },
): Promise<void> {
  const change = accountChanges(entriesOf(posting.pairs)).get(customerId);
  if (change === undefined) return;
  const { pending, available, held } = change;
  await noteEvent(tx, house, {
    kind: "points.changed",
    subject: { type: "customer", id: customerId },
    body: { movementId: id, movement: posting.kind, orderId, reason, pending, available, held },
    at,
  });
}
