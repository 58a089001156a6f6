// Puts notices into their queue, in the transaction of what they tell: both are there after the commit, or neither.
import { dayOfEpoch, writeDay } from "../core/desk/index.ts";
import { type NewNotice, queueNotice, type Tx } from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { digestBefore } from "./read-digest.ts";

/** Tells everybody who gets alarms of one; each destination once for each `occasion`. */
export async function tellAlarm(
  tx: Tx,
  alarmId: string,
  at: number,
  occasion: string = "raised",
): Promise<number> {
  const notice = noticeOf("alarm", `alarm:${alarmId}:${occasion}`, { alarmId }, at);
  return queueNotice(tx, notice, { topic: "alarms", only: [], madeBy: null });
}

/** Tells of an item that passed a rule: each destination once for this item and rule. */
export async function tellItem(
  tx: Tx,
  rule: { readonly id: string; readonly name: string; readonly destinations: readonly string[] },
  itemId: string,
  at: number,
): Promise<number> {
  const body = { itemId, ruleId: rule.id, rule: rule.name };
  const notice = noticeOf("item", `item:${rule.id}:${itemId}`, body, at);
  return queueNotice(tx, notice, { topic: "items", only: rule.destinations, madeBy: null });
}

/** When the weekly digest goes out, on the shop's clock. */
export interface DigestTime {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly hour: number;
}

/** A digest that could not be queued in time is left out after this, ms: the next week's comes. */
const LATE_MOST_MS = 24 * 3_600_000;

const DAY_MS = 86_400_000;

/** Queues the digest of the week when its hour has come; nothing where it has no lines. Gives how many were queued. */
export async function queueDigest(house: House, time: DigestTime): Promise<number> {
  const now = house.now();
  const clock = clockOf(house, null);
  const { day } = clock.wallClock(now);
  // Day nought, 1 January 1970, was a Thursday.
  const since = (((day + 3) % 7) - (time.weekday - 1) + 7) % 7;
  const due = clock.instantOf((day - since) * DAY_MS + time.hour * 3_600_000);
  if (now < due || now > due + LATE_MOST_MS) return 0;
  const today = dayOfEpoch(day - since);
  return house.database.transaction(async (tx) => {
    const { lines } = await digestBefore(tx, today, "en");
    if (lines.length === 0) return 0;
    const notice = noticeOf("digest", `digest:${writeDay(today)}`, { today }, now);
    return queueNotice(tx, notice, { topic: "digest", only: [], madeBy: due });
  });
}

function noticeOf(kind: NewNotice["kind"], key: string, body: object, at: number): NewNotice {
  return { key, kind, body: JSON.stringify(body), at };
}
