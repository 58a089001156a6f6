// Letting an answer go and taking it back: checks, approval by a second person, the promo budget, ten seconds to undo.
import {
  type AnswerRemark,
  type AnswerRole,
  isUndoable,
  keptBackBy,
  needsApproval,
  UNDO_MS,
  whyNotApprove,
} from "../core/desk/index.ts";
import {
  type AnswerPatch,
  answerById,
  claimBudget,
  claimCoolDown,
  type DeskRecord,
  moveAnswer,
  returnBudget,
  returnCoolDown,
  type StoredAnswer,
  type Tx,
} from "../storage/index.ts";
import { type AnswerCase, addressOf, holdAnswer, type JudgedAnswer, judgeAnswer } from "./answer-case.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import { showAnswerMove } from "./show-answer.ts";

/** Who acts. */
export interface AnswerActor {
  /** A person's or token's id. */
  readonly actor: string;
  readonly role: AnswerRole;
}

/** Why an answer was not moved. */
export type MoveRefusal =
  | "not_found"
  /** It is in another state: the answer tells which. */
  | "wrong_state"
  /** Somebody else has changed it. */
  | "stale"
  /** The item is not, or no more, what the answer is meant for. */
  | "not_fit"
  | "same_person"
  | "above_ceiling";

/** What became of the wish to move an answer. */
export type AnswerMoved =
  /** It goes at `answer.sendAt` unless it is taken back. */
  | { readonly kind: "queued"; readonly answer: StoredAnswer }
  /** A second person has to agree. */
  | { readonly kind: "waits"; readonly answer: StoredAnswer }
  /** It is a draft again. */
  | { readonly kind: "taken_back"; readonly answer: StoredAnswer }
  /** A person's word that it arrived. */
  | { readonly kind: "delivered"; readonly answer: StoredAnswer }
  /** These forbid it, or have to be confirmed. */
  | { readonly kind: "kept_back"; readonly remarks: readonly AnswerRemark[] }
  | { readonly kind: "refused"; readonly reason: MoveRefusal };

const refused = (reason: MoveRefusal): AnswerMoved => ({ kind: "refused", reason });

/** Sends a draft: into the queue, or to a second person. `confirmed` names the warnings that the sender has seen. */
export function sendAnswer(
  house: House,
  wish: AnswerActor & {
    readonly answerId: string;
    readonly version: number;
    readonly confirmed: readonly string[];
    /** Whether the item, as it is now, may have this answer at all. */
    readonly isFit?: (item: DeskRecord) => boolean;
  },
): Promise<AnswerMoved> {
  const at = house.now();
  const { actor, role, confirmed } = wish;
  return house.database.transaction(async (tx): Promise<AnswerMoved> => {
    const held = await holdAnswer(tx, wish.answerId);
    if (held === null) return refused("not_found");
    if (held.answer.state !== "draft") return refused("wrong_state");
    if (held.answer.version !== wish.version) return refused("stale");
    if (wish.isFit?.(held.item) === false) return refused("not_fit");
    const judged = await judgeAnswer(tx, house, held);
    const remarks = keptBackBy(judged.remarks, confirmed);
    if (remarks.length > 0) return { kind: "kept_back", remarks };
    const seen = judged.remarks.map(({ check }) => check);
    const asked = { askedBy: actor, askedAt: at, confirmed: seen };
    if (!needsApproval(judged.policy, held.answer.promoPercent, role))
      return queue(tx, house, held, judged, { actor, at, patch: asked });
    if (!(await moveAnswer(tx, held.answer, "awaiting_approval", asked))) return refused("stale");
    await told(tx, house, held, "awaiting_approval", { actor, at, entry: "answer_waits" });
    return { kind: "waits", answer: await stored(tx, wish.answerId) };
  });
}

/** A second person agrees: checked anew, since time has passed. Warnings were confirmed by who asked. */
export function approveAnswer(
  house: House,
  wish: AnswerActor & { readonly answerId: string },
): Promise<AnswerMoved> {
  const at = house.now();
  const { actor } = wish;
  return house.database.transaction(async (tx): Promise<AnswerMoved> => {
    const held = await waiting(tx, wish.answerId);
    if ("kind" in held) return held;
    const judged = await judgeAnswer(tx, house, held);
    const { promoPercent, askedBy, confirmed } = held.answer;
    const reason = whyNotApprove(judged.policy, { askedBy: askedBy ?? "", promoPercent }, wish);
    if (reason !== null) return refused(reason);
    const remarks = keptBackBy(judged.remarks, confirmed);
    if (remarks.length > 0) return { kind: "kept_back", remarks };
    return queue(tx, house, held, judged, { actor, at, patch: { approvedBy: actor } });
  });
}

/** A second person does not agree: it is a draft again. */
export function declineAnswer(
  house: House,
  wish: AnswerActor & { readonly answerId: string },
): Promise<AnswerMoved> {
  const at = house.now();
  const { actor } = wish;
  return house.database.transaction(async (tx): Promise<AnswerMoved> => {
    const held = await waiting(tx, wish.answerId);
    if ("kind" in held) return held;
    if (!(await moveAnswer(tx, held.answer, "draft", {}))) return refused("stale");
    await told(tx, house, held, "draft", { actor, at, entry: "answer_declined" });
    return { kind: "taken_back", answer: await stored(tx, wish.answerId) };
  });
}

async function waiting(tx: Tx, answerId: string): Promise<AnswerCase | AnswerMoved> {
  const held = await holdAnswer(tx, answerId);
  if (held === null) return refused("not_found");
  return held.answer.state === "awaiting_approval" ? held : refused("wrong_state");
}

/** Takes an answer back while nothing of it is on its way; what its code would have cost is given back. */
export function undoAnswer(
  house: House,
  wish: { readonly answerId: string; readonly actor: string },
): Promise<AnswerMoved> {
  const at = house.now();
  const { actor } = wish;
  return house.database
    .transaction(async (tx): Promise<AnswerMoved> => {
      const held = await holdAnswer(tx, wish.answerId);
      if (held === null) return refused("not_found");
      if (!isUndoable(held.answer.state)) return refused("wrong_state");
      const isMoved = await moveAnswer(tx, held.answer, "draft", {
        sendAt: null,
        refusedTokens: 0,
        ...(await releasePromo(tx, held.answer)),
      });
      // Between looking and writing the sender has taken it, and on one engine that can happen.
      if (!isMoved) throw new MovedMeanwhile();
      await told(tx, house, held, "draft", { actor, at, entry: "answer_taken_back" });
      return { kind: "taken_back", answer: await stored(tx, wish.answerId) };
    })
    .catch(asStale);
}

/**
 * A person says what became of an answer of which nobody can know: it arrived, or it did not and goes again, with ten seconds to
 * take it back.
 */
export function resolveAnswer(
  house: House,
  wish: { readonly answerId: string; readonly actor: string; readonly wasSent: boolean },
): Promise<AnswerMoved> {
  const at = house.now();
  const { actor, wasSent } = wish;
  return house.database.transaction(async (tx): Promise<AnswerMoved> => {
    const held = await holdAnswer(tx, wish.answerId);
    if (held === null) return refused("not_found");
    if (held.answer.state !== "unknown") return refused("wrong_state");
    const to = wasSent ? "delivered" : "queued";
    const patch: AnswerPatch = wasSent
      ? { decidedBy: actor, endedAt: at }
      : { decidedBy: actor, sendAt: at + UNDO_MS, queuedAt: at, refusedTokens: 0, endedAt: null };
    if (!(await moveAnswer(tx, held.answer, to, patch))) return refused("stale");
    await told(tx, house, held, to, { actor, at, entry: wasSent ? "answer_held_sent" : "answer_sent_again" });
    await keepAudit(tx, {
      at,
      actor,
      action: "answer.resolved",
      subject: wish.answerId,
      details: { wasSent, itemId: held.item.id },
    });
    const answer = await stored(tx, wish.answerId);
    return wasSent ? { kind: "delivered", answer } : { kind: "queued", answer };
  });
}

/** How an answer goes into the queue. */
interface Letting {
  readonly actor: string;
  readonly at: number;
  readonly patch: AnswerPatch;
}

/** Claims what the code costs and queues, all or nothing. */
async function queue(
  tx: Tx,
  house: House,
  held: AnswerCase,
  { terms, textKey, policy }: JudgedAnswer,
  { actor, at, patch }: Letting,
): Promise<AnswerMoved> {
  const { answer, item } = held;
  const { feedbackId, orderNumber, revision } = addressOf(held);
  const hasPromo = answer.promoPercent !== null;
  const claimed = hasPromo ? await claimPromo(tx, held, terms, policy.coolDownDays, at) : null;
  if (claimed !== null) return { kind: "kept_back", remarks: [claimed] };
  const isMoved = await moveAnswer(tx, answer, "queued", {
    ...patch,
    feedbackId,
    orderNumber,
    revision,
    textKey,
    promoMinor: terms.minor,
    budgetMonth: hasPromo ? terms.month.month : null,
    queuedAt: at,
    sendAt: at + UNDO_MS,
    problem: null,
  });
  if (!isMoved) throw new Error(`answer ${answer.id} moved under the lock of its item`);
  await told(tx, house, held, "queued", { actor, at, entry: "answer_queued" });
  const details = {
    itemId: item.id,
    promoPercent: answer.promoPercent,
    approvedBy: patch.approvedBy ?? null,
  };
  await keepAudit(tx, { at, actor, action: "answer.queued", subject: answer.id, details });
  return { kind: "queued", answer: await stored(tx, answer.id) };
}

/** Takes the code out of the budget and begins the customer's cool-down; the remark that forbids it, or null. */
async function claimPromo(
  tx: Tx,
  { answer, item }: AnswerCase,
  { month, budget, minor }: JudgedAnswer["terms"],
  coolDownDays: number,
  at: number,
): Promise<AnswerRemark | null> {
  if (!(await claimBudget(tx, month, budget, minor ?? 0)))
    return { check: "budget_spent", level: "block", detail: null };
  if (item.customerId === null || coolDownDays === 0) return null;
  const until = at + coolDownDays * 86_400_000;
  const wish = { customerId: item.customerId, answerId: answer.id, now: at, until };
  if (await claimCoolDown(tx, wish)) return null;
  await returnBudget(tx, month, minor ?? 0);
  return { check: "cool_down", level: "block", detail: null };
}

/** Gives back what an answer's code has claimed; once, since the row forgets the month with it. */
export async function releasePromo(tx: Tx, answer: StoredAnswer): Promise<AnswerPatch> {
  const { budgetMonth, promoMinor, branchId } = answer;
  if (budgetMonth === null) return {};
  await returnBudget(tx, { branchId: branchId ?? "", month: budgetMonth }, promoMinor ?? 0);
  await returnCoolDown(tx, answer.id);
  return { budgetMonth: null };
}

async function told(
  tx: Tx,
  house: House,
  { item, answer }: AnswerCase,
  to: StoredAnswer["state"],
  by: { readonly actor: string; readonly at: number; readonly entry: string },
): Promise<void> {
  const { promoPercent } = answer;
  await showAnswerMove(tx, house, {
    item,
    answerId: answer.id,
    to,
    promoPercent,
    ...by,
    ...(promoPercent === null ? {} : { details: { promoPercent } }),
  });
}

/** Thrown to undo a transaction whose answer another has moved meanwhile. */
class MovedMeanwhile extends Error {}

function asStale(error: unknown): AnswerMoved {
  if (error instanceof MovedMeanwhile) return refused("stale");
  throw error;
}

async function stored(tx: Tx, id: string): Promise<StoredAnswer> {
  return (await answerById(tx, id)) as StoredAnswer;
}
