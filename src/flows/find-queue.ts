// The queue of the desk: which item next, by what is at stake or by the time that is left, told with its reasons.
import { type Filter, OPEN_STATES } from "../core/desk/index.ts";
import { type QueueValue, queueValue } from "../core/numbers/index.ts";
import {
  type DeskPlace,
  type DeskRecord,
  deskDishes,
  listDeskQueue,
  NEVER,
  type QueueMoment,
  type QueueSort,
} from "../storage/index.ts";
import { deadlineOf } from "./answer-rules.ts";
import { bySeq, type DishesBySeq } from "./find-desk.ts";
import type { House } from "./house.ts";

/** Where a page begins, and the instant that the whole walk is of. */
export interface QueuePlace extends DeskPlace {
  readonly moment: QueueMoment;
}

/** Which page; without a place it is the first, of now. */
export interface QueueWish {
  readonly sort: QueueSort;
  readonly after: QueuePlace | null;
  readonly limit: number;
}

/** An item with why it stands where it stands. */
export interface QueuedFind {
  readonly item: DeskRecord;
  readonly queue: QueueValue;
  /** ms UTC until which there is time; null: nothing runs, or it is too late for an answer. Only of the order by it. */
  readonly timeEnds: number | null;
}

/** A page of the queue. */
export interface QueueFound {
  readonly items: readonly QueuedFind[];
  readonly dishes: DishesBySeq;
  readonly moment: QueueMoment;
  readonly next: QueuePlace | null;
}

/** What is done, or was never begun by the customer, waits for nobody: a queue is of open items, however many there are besides. */
const OPEN: Filter[number] = {
  isNot: false,
  test: { kind: "word", field: "state", anyOf: OPEN_STATES },
};

/** One page; of what the filter finds only what is open. */
export function findDeskQueue(house: House, filter: Filter, wish: QueueWish): Promise<QueueFound> {
  const { sort, limit, after } = wish;
  return house.database.read(async (tx) => {
    const deadline = after === null && sort === "left" ? await deadlineOf(tx) : null;
    const deadlineMs = deadline?.kind === "learned" ? deadline.ageMs : null;
    const moment = after?.moment ?? { at: house.now(), deadlineMs };
    const { items, next } = await listDeskQueue(tx, [...filter, OPEN], { sort, moment, after, limit });
    const seqs = items.map(({ item }) => item.seq);
    return {
      items: items.map(({ item, sorted }) => ({
        item,
        queue: queueValue(item, moment.at),
        timeEnds: sort === "value" || sorted === NEVER ? null : sorted,
      })),
      dishes: bySeq(await deskDishes(tx, seqs)),
      moment,
      next: next === null ? null : { ...next, moment },
    };
  });
}
