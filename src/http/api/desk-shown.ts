// Items of the desk as the API shows them.
import { writeDay } from "../../core/desk/index.ts";
import type { QueuedFind } from "../../flows/index.ts";
import type { DeskRecord, NamedDish, NumberedEntry } from "../../storage/index.ts";
import { shown, shownOrNull } from "./route.ts";

/** Why an item stands where it stands in a queue that is of the instant `at`. */
export function queueShown({ queue, timeEnds }: QueuedFind, at: number) {
  return { ...queue, timeEnds: shownOrNull(timeEnds), at: shown(at) };
}

/** An item. */
export function itemShown(
  item: DeskRecord,
  dishes: readonly NamedDish[],
  queue: ReturnType<typeof queueShown> | null = null,
) {
  return {
    id: item.id,
    source: item.source,
    orderId: item.orderId,
    sourceOrderId: item.sourceOrderId,
    branchId: item.branchId,
    rating: item.rating,
    wasAsked: item.wasAsked,
    comment: item.comment,
    preset: item.preset,
    totalMinor: item.totalMinor,
    customerId: item.customerId,
    day: writeDay(item.day),
    receivedAt: shown(item.receivedAt),
    changedAt: shown(item.changedAt),
    takenAt: shownOrNull(item.takenAt),
    deliveredAt: shownOrNull(item.deliveredAt),
    lateMs: item.lateMs,
    dishes: dishes.map(({ id, name }) => ({ id: id === "" ? null : id, name: name === "" ? null : name })),
    state: item.state,
    assignee: item.assignee,
    dueAt: shownOrNull(item.dueAt),
    answer: item.answer,
    promoPercent: item.promoPercent,
    tags: [...item.tags],
    topics: [...item.topics],
    notes: item.noteCount,
    cause: item.cause,
    appeal: item.appeal,
    isRefunded: item.isRefunded,
    isDisputed: item.isDisputed,
    queue,
    revision: item.revision,
    version: item.version,
  };
}

/** An entry of a thread. */
export function entryShown({ number, at, kind, actor, body }: NumberedEntry) {
  return { number, at: shown(at), kind, actor, body };
}
