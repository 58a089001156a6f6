// An answer with everything that decides on it: its item and feedback, the policy, the budget, what else was answered.
import {
  type AnswerPolicy,
  type AnswerRemark,
  type AnswerSubject,
  checkAnswer,
  dayOfEpoch,
  isHolding,
  type PromoBudget,
  promoCost,
  sameTextKey,
} from "../core/desk/index.ts";
import {
  type AnswerAddress,
  type AnswerableFeedback,
  answerableFeedback,
  answerById,
  answersOfItem,
  type BudgetMonth,
  branchBudget,
  branchById,
  budgetUse,
  coolDownSince,
  type DeskRecord,
  deskItem,
  isSubscribed,
  lastCustomerNames,
  lastTextKeys,
  NO_BRANCH,
  outletName,
  type StoredAnswer,
  type Tx,
} from "../storage/index.ts";
import { answerPolicy } from "./answer-rules.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";

/** A feedback that can be answered, with its item held. */
export interface AnswerableItem {
  readonly item: DeskRecord;
  readonly feedback: AnswerableFeedback;
}

/** An answer on the item that it is about. */
export interface AnswerCase extends AnswerableItem {
  readonly answer: StoredAnswer;
}

/** A day, ms. */
const DAY = 86_400_000;

/** Customers whose names no answer to somebody else should have. */
const NAMES_KNOWN = 200;

/** The form in which the marketplace takes its order numbers; others are left out. */
const ORDER_NUMBER = /^\d{6}-\d{8}$/;

/** The item and its feedback, held until the transaction ends unless only looked at; null: there is no such feedback. */
export async function holdItem(tx: Tx, itemId: string, isForChange = true): Promise<AnswerableItem | null> {
  const item = await deskItem(tx, itemId, isForChange);
  if (item === null) return null;
  const feedback = await answerableFeedback(tx, itemId);
  return feedback === null ? null : { item, feedback };
}

/** The answer with its item, held unless only looked at; null: there is none. */
export async function holdAnswer(tx: Tx, answerId: string, isForChange = true): Promise<AnswerCase | null> {
  const seen = await answerById(tx, answerId);
  if (seen === null) return null;
  const held = await holdItem(tx, seen.itemId, isForChange);
  // Under the lock: somebody may have moved it in between.
  const answer = await answerById(tx, answerId);
  return held === null || answer === null ? null : { ...held, answer };
}

/** What an answer is about, as the feedback is now. */
export function addressOf({ item, feedback }: AnswerableItem): AnswerAddress {
  const { content } = feedback;
  return {
    itemId: item.id,
    source: feedback.source,
    feedbackId: feedback.feedbackId,
    orderNumber: ORDER_NUMBER.test(content.sourceOrderId) ? content.sourceOrderId : null,
    placeId: content.placeId,
    branchId: item.branchId,
    customerId: item.customerId,
    revision: item.revision,
    feedbackAt: content.createdAt.at,
  };
}

/** An answer that nobody has written, to see what stands in the way of any. */
export function blankAnswer(held: AnswerableItem): StoredAnswer {
  return {
    ...addressOf(held),
    id: "",
    state: "draft",
    text: "",
    promoPercent: null,
    templateId: null,
    promoMinor: null,
    budgetMonth: null,
    confirmed: [],
    createdBy: "",
    createdAt: 0,
    askedBy: null,
    askedAt: null,
    approvedBy: null,
    queuedAt: null,
    sendAt: null,
    attemptId: null,
    leaseUntil: null,
    attempts: 0,
    refusedTokens: 0,
    problem: null,
    status: null,
    note: null,
    endedAt: null,
    decidedBy: null,
    version: 0,
  };
}

/** A promo code's price and the budget it is taken from. */
export interface PromoTerms {
  readonly month: BudgetMonth;
  readonly budget: PromoBudget;
  /** Kopecks at most; null: no code, or the order's sum is not known. */
  readonly minor: number | null;
}

/** What a code of `percent` would cost whom. */
export async function promoTerms(
  tx: Tx,
  house: House,
  item: DeskRecord,
  policy: AnswerPolicy,
  percent: number | null,
): Promise<PromoTerms> {
  const branchId = item.branchId ?? NO_BRANCH;
  const branch = item.branchId === null ? null : await branchById(tx, item.branchId);
  const day = dayOfEpoch(clockOf(house, branch?.timezone ?? null).wallClock(house.now()).day);
  return {
    month: { branchId, month: Math.floor(day / 100) },
    budget: (await branchBudget(tx, branchId)) ?? policy.budget,
    minor: percent === null || item.totalMinor === null ? null : promoCost(percent, item.totalMinor),
  };
}

/** An answer judged as it stands. */
export interface JudgedAnswer {
  readonly remarks: readonly AnswerRemark[];
  readonly policy: AnswerPolicy;
  readonly terms: PromoTerms;
  readonly textKey: string;
}

/** Looks at everything before an answer goes. */
export async function judgeAnswer(tx: Tx, house: House, found: AnswerCase): Promise<JudgedAnswer> {
  const { answer, item, feedback } = found;
  const policy = await answerPolicy(tx);
  const terms = await promoTerms(tx, house, item, policy, answer.promoPercent);
  const { content } = feedback;
  const customerName = content.order?.customerName ?? null;
  const textKey = sameTextKey(answer.text, customerName);
  const branch = await outletName(tx, item.branchId);
  const dishes = (content.order?.items ?? []).flatMap(({ name }) => (name === null ? [] : [name]));
  const subject: AnswerSubject = {
    text: answer.text,
    promoPercent: answer.promoPercent,
    feedbackId: feedback.feedbackId,
    other: await otherAnswer(tx, found),
    isSubscribed: await isSubscribed(tx, feedback.source, content.placeId),
    customerName,
    otherNames: await lastCustomerNames(tx, content.placeId, item.id, NAMES_KNOWN),
    shopWords: [...dishes, ...(branch === null ? [] : [branch])],
    orderNumbers: [content.sourceOrderId, content.orderId, feedback.feedbackId ?? ""],
    isRepeated: await isRepeated(tx, item, textKey, policy.sameTextLast),
    promo: await promoSubject(tx, house, item, policy, terms),
  };
  return { remarks: checkAnswer(subject, policy), policy, terms, textKey };
}

/** What else the feedback has. An outdated answer stands in the way until the customer says something new. */
async function otherAnswer(tx: Tx, { answer, item }: AnswerCase): Promise<AnswerSubject["other"]> {
  const others = (await answersOfItem(tx, item.id)).filter(({ id }) => id !== answer.id);
  const holding = others.find(({ state }) => isHolding(state));
  if (holding !== undefined) return holding.state === "delivered" ? "delivered" : "on_its_way";
  const isOutdated = others.some(({ state, revision }) => state === "outdated" && revision === item.revision);
  return isOutdated ? "outdated" : null;
}

async function isRepeated(tx: Tx, item: DeskRecord, textKey: string, most: number): Promise<boolean> {
  if (most === 0) return false;
  const keys = await lastTextKeys(tx, { branchId: item.branchId, itemId: item.id }, most);
  return keys.length === most && keys.every((key) => key === textKey);
}

async function promoSubject(
  tx: Tx,
  house: House,
  item: DeskRecord,
  policy: AnswerPolicy,
  { month, budget, minor }: PromoTerms,
): Promise<AnswerSubject["promo"]> {
  const { usedPromos, usedMinor } = await budgetUse(tx, month);
  const { promos, amountMinor } = budget;
  const now = house.now();
  const since =
    item.customerId === null || policy.coolDownDays === 0
      ? null
      : await coolDownSince(tx, item.customerId, now);
  return {
    isSumMissing: amountMinor !== null && minor === null,
    isBudgetSpent:
      (promos !== null && usedPromos + 1 > promos) ||
      (amountMinor !== null && usedMinor + (minor ?? 0) > amountMinor),
    daysSinceLast: since === null ? null : Math.floor((now - since) / DAY),
  };
}
