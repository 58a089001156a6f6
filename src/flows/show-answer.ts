// The desk's item follows its answer: one place where every move of an answer is shown in the list and told in the thread.
import { instant } from "../core/basics/index.ts";
import {
  type AnswerState,
  type AnswerWord,
  type DeskState,
  isHolding,
  wordOfAnswer,
} from "../core/desk/index.ts";
import {
  addDeskThread,
  answersOfItem,
  countDeskItem,
  type DeskRecord,
  deskItem,
  type FirstAnswer,
  noteFirstAnswer,
  type StoredAnswer,
  showAnswer,
  type Tx,
} from "../storage/index.ts";
import { workedMinutes } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";

/** A move of an answer that has just been written. */
export interface AnswerMove {
  readonly item: DeskRecord;
  readonly answerId: string;
  readonly to: AnswerState;
  readonly promoPercent: number | null;
  readonly at: number;
  /** Who moved it; null: the server. */
  readonly actor: string | null;
  /** The thread's word, such as answer_queued; null: nothing worth telling. */
  readonly entry: string | null;
  readonly details?: object;
}

/** Shows it. Only an answer that arrived stops the clock: what came too late counts as not answered. */
export async function showAnswerMove(tx: Tx, house: House, move: AnswerMove): Promise<void> {
  const { item, to, at, actor, entry } = move;
  const isDelivered = to === "delivered";
  await showAnswer(
    tx,
    item.seq,
    {
      answer: shownWord(await answersOfItem(tx, item.id)),
      promoPercent: isDelivered ? move.promoPercent : item.promoPercent,
      state: isDelivered ? "answered" : stateWhile(item.state, to),
      dueAt: isDelivered ? null : item.dueAt,
    },
    at,
  );
  await countDeskItem(tx, item, await deskItem(tx, item.id));
  if (isDelivered) await noteFirstAnswer(tx, await firstAnswer(tx, house, item, at));
  if (OUTCOMES.has(to)) await noteOutcome(tx, house, move);
  if (entry === null) return;
  const body = { answerId: move.answerId, ...move.details };
  await addDeskThread(tx, item.id, { at, kind: entry, actor, body });
}

/** States that endpoints are told of: ends, and the doubt that only a person can end. */
const OUTCOMES: ReadonlySet<AnswerState> = new Set([
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "unknown",
]);

/** Tells endpoints what became of an answer; not its words. */
async function noteOutcome(tx: Tx, house: House, { item, answerId, to, promoPercent, at }: AnswerMove) {
  const { id: itemId, source, orderId, branchId, rating } = item;
  await noteEvent(tx, house, {
    kind: "feedback.answer",
    subject: { type: "feedback", id: itemId },
    body: { itemId, answerId, outcome: to, promoPercent, source, orderId, branchId, rating },
    at: instant(at),
  });
}

/** How long it took in the branch's working minutes, and whether it was in time. */
async function firstAnswer(tx: Tx, house: House, item: DeskRecord, at: number): Promise<FirstAnswer> {
  const { seq, day, branchId, source, dueAt, receivedAt } = item;
  const minutes = Math.round(await workedMinutes(tx, house, branchId, receivedAt, at));
  return { seq, day, branchId, source, at, minutes, isInTime: dueAt === null ? null : at <= dueAt };
}

/** Somebody is at it as soon as an answer is let go. */
function stateWhile(before: DeskState, to: AnswerState): DeskState {
  return before === "new" && (to === "queued" || to === "awaiting_approval") ? "in_progress" : before;
}

/** The word of the answer that counts, else of the latest one that has any. */
function shownWord(answers: readonly StoredAnswer[]): AnswerWord {
  const counts = answers.find(({ state }) => isHolding(state));
  if (counts !== undefined) return wordOfAnswer(counts.state) ?? "no";
  const words = answers.map(({ state }) => wordOfAnswer(state)).filter((word) => word !== null);
  return words.at(-1) ?? "no";
}
