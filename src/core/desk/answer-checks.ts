// Everything that is looked at before an answer goes: what forbids it, and what whoever sends it has to confirm.
import { isPromoPercent } from "./answer.ts";
import type { AnswerPolicy, TextCheck } from "./answer-policy.ts";
import { unfilledVariables } from "./answer-template.ts";
import { coarseWord, hasLink, hasPhone, lengthOf, otherName, promises } from "./answer-text.ts";

/** Checks that always forbid. */
export const BLOCKING_CHECKS = [
  "not_answerable",
  "blank_text",
  "promo_not_offered",
  "unfilled_variable",
  "answered_already",
  "answer_on_its_way",
  "outdated",
  "no_subscription",
  "sum_unknown",
  "budget_spent",
  "cool_down",
] as const;

/** One of BLOCKING_CHECKS. */
export type BlockingCheck = (typeof BLOCKING_CHECKS)[number];

/** A remark on an answer. `detail`: the word or the figure it is about. */
export interface AnswerRemark {
  readonly check: BlockingCheck | TextCheck;
  readonly level: "block" | "warn";
  readonly detail: string | null;
}

/** What an answer is checked against. */
export interface AnswerSubject {
  readonly text: string;
  readonly promoPercent: number | null;
  /** The feedback's id at its source; null: it has none, so nobody can answer. */
  readonly feedbackId: string | null;
  /** What the feedback has already; null: nothing that stands in the way. */
  readonly other: "delivered" | "on_its_way" | "outdated" | null;
  /** Whether the marketplace takes answers for this place. */
  readonly isSubscribed: boolean;
  readonly customerName: string | null;
  readonly otherNames: readonly string[];
  /** The outlet's and dishes' names. */
  readonly shopWords: readonly string[];
  readonly orderNumbers: readonly string[];
  /** Whether each of the last customers got the same text. */
  readonly isRepeated: boolean;
  readonly promo: PromoSubject;
}

/** What a promo code is checked against; claims of the same transaction have the last word. */
export interface PromoSubject {
  /** The order's sum is needed, for a budget in kopecks, and not known. */
  readonly isSumMissing: boolean;
  readonly isBudgetSpent: boolean;
  /** Days since the customer's last code; null: none within the cool-down. */
  readonly daysSinceLast: number | null;
}

/** All remarks; none: it may go. */
export function checkAnswer(subject: AnswerSubject, policy: AnswerPolicy): AnswerRemark[] {
  return [...blocks(subject), ...textRemarks(subject, policy)];
}

/** What still keeps an answer back: what forbids it, and warnings that are not among `confirmed`. */
export function keptBackBy(remarks: readonly AnswerRemark[], confirmed: readonly string[]): AnswerRemark[] {
  return remarks.filter(({ level, check }) => level === "block" || !confirmed.includes(check));
}

function blocks(subject: AnswerSubject): AnswerRemark[] {
  const found: AnswerRemark[] = [];
  const block = (check: BlockingCheck, is: boolean, detail: string | null = null): void => {
    if (is) found.push({ check, level: "block", detail });
  };
  const { promoPercent, promo, other } = subject;
  block("not_answerable", subject.feedbackId === null || subject.feedbackId.trim() === "");
  block("blank_text", subject.text.trim() === "");
  block("promo_not_offered", promoPercent !== null && !isPromoPercent(promoPercent), String(promoPercent));
  const [unfilled] = unfilledVariables(subject.text);
  block("unfilled_variable", unfilled !== undefined, unfilled ?? null);
  block("answered_already", other === "delivered");
  block("answer_on_its_way", other === "on_its_way");
  block("outdated", other === "outdated");
  block("no_subscription", !subject.isSubscribed);
  if (promoPercent === null) return found;
  block("sum_unknown", promo.isSumMissing);
  block("budget_spent", promo.isBudgetSpent);
  block("cool_down", promo.daysSinceLast !== null, String(promo.daysSinceLast));
  return found;
}

function textRemarks(subject: AnswerSubject, policy: AnswerPolicy): AnswerRemark[] {
  const { text, promoPercent, customerName, otherNames, shopWords, orderNumbers } = subject;
  const found: AnswerRemark[] = [];
  const remark = (check: TextCheck, is: boolean, detail: string | null = null): void => {
    const level = policy.levels[check];
    if (is && level !== "off") found.push({ check, level, detail });
  };
  const length = lengthOf(text);
  remark("too_long", length > policy.textLimit, String(length));
  const name = otherName(text, { own: customerName, others: otherNames, allowed: shopWords });
  remark("other_name", name !== null, name);
  remark("phone", hasPhone(text, orderNumbers));
  remark("link", hasLink(text));
  const coarse = coarseWord(text, policy.profanity);
  remark("profanity", coarse !== null, coarse);
  remark("promise", promoPercent === null && promises(text));
  remark("same_text", subject.isRepeated);
  return found;
}
