// One turn of a destination: what is next is taken before it is sent, and how it went is written after it.
import { type NoticeEnd, type NoticeStep, planNotices, stepAfterNotice } from "../core/desk/index.ts";
import {
  type Destination,
  type DestinationKind,
  dueDestinations,
  endTurn,
  forgetNotices,
  freeTurns,
  lockFreeDestination,
  makeMessages,
  type NoticeMessage,
  nextMessage,
  noteDestinationProblem,
  pauseDestination,
  recentMessages,
  skipOldest,
  type Tx,
  takeTurnAt,
  waitingNotices,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";

/** How long a destination is its sender's, ms: many times the longest call, so that who is slow is not taken for dead. */
export const NOTICE_LEASE_MS = 120_000;

/** Most notices that wait for one destination; the oldest beyond are told of as a number. */
export const WAITING_MOST = 1_000;

/** How often a destination without a channel is looked at, ms. */
const UNSET_MS = 60_000;

/** A message that was taken. */
export interface TakenNotice {
  readonly destination: Destination;
  readonly message: NoticeMessage;
  readonly holder: string;
}

/** Ids of destinations that may have something to send now. */
export function findDueDestinations(house: House): Promise<string[]> {
  const now = house.now();
  return house.database.read((tx) => dueDestinations(tx, now));
}

/**
 * Takes the next message of a destination; null: it is somebody else's turn, or nothing is to be sent now. Where `isReady` says
 * that no channel is set, what waits goes on waiting, and the destination says so.
 */
export function takeNotice(
  house: House,
  destinationId: string,
  holder: string,
  isReady: (kind: DestinationKind) => boolean,
): Promise<TakenNotice | null> {
  const now = house.now();
  return house.database.transaction(async (tx) => {
    const destination = await lockFreeDestination(tx, destinationId, now);
    if (destination === null) return null;
    await skipOldest(tx, destinationId, WAITING_MOST);
    if (!isReady(destination.kind)) {
      await noteDestinationProblem(tx, destinationId, "not_configured", now);
      await pauseDestination(tx, destinationId, now + UNSET_MS);
      return null;
    }
    const message = (await nextMessage(tx, destinationId)) ?? (await planNext(tx, house, destination, now));
    if (message === null) return null;
    await takeTurnAt(tx, destinationId, holder, now + NOTICE_LEASE_MS);
    return { destination, message, holder };
  });
}

/** Makes messages of what waits, as hours and grouping allow. */
async function planNext(
  tx: Tx,
  house: House,
  destination: Destination,
  now: number,
): Promise<NoticeMessage | null> {
  const { id, quiet, zone } = destination;
  const waiting = (await waitingNotices(tx, id, WAITING_MOST)).map((notice) => ({
    ...notice,
    isAlone: notice.kind === "digest" || notice.kind === "trial",
    isUrgent: notice.kind === "trial",
  }));
  const { minute } = clockOf(house, zone).wallClock(now);
  const plan = planNotices(waiting, await recentMessages(tx, id, now), quiet, now, minute);
  await makeMessages(tx, id, plan, { newId: () => house.newId(), at: now });
  return nextMessage(tx, id);
}

/** Writes down how it went; gives what follows, null: it had ended already. */
export async function settleNotice(
  house: House,
  { destination, message, holder }: TakenNotice,
  end: NoticeEnd,
): Promise<NoticeStep | null> {
  const now = house.now();
  const step = stepAfterNotice(message, end);
  const turn = { destinationId: destination.id, messageId: message.id, holder };
  const isEnded = await house.database.transaction((tx) => endTurn(tx, turn, step, now));
  if (!isEnded) return null;
  if (step.state === "given_up") {
    house.alarm("notice_given_up", { destination: destination.id, why: step.why });
  }
  return step;
}

/** This process is the only one on the database and has just begun: what it had taken before is free again. */
export function freeOwnTurns(house: House): Promise<void> {
  return house.database.transaction(freeTurns);
}

/** How long a notice is remembered, so that it is not told again, ms: longer than an item can raise alerts. */
const KEEP_MS = 180 * 86_400_000;

/** Most notices forgotten in one transaction. */
const FORGET_BATCH = 5_000;

/** Forgets notices that nobody waits for any more; gives how many. */
export async function forgetOldNotices(house: House): Promise<number> {
  const before = house.now() - KEEP_MS;
  let gone = 0;
  for (;;) {
    const batch = await house.database.transaction((tx) => forgetNotices(tx, before, FORGET_BATCH));
    gone += batch;
    if (batch < FORGET_BATCH) return gone;
  }
}
