// Drafts of answers: written, filled in from templates, checked, dropped. Nothing of them leaves the house.
import {
  type AnswerRemark,
  isPromoPercent,
  promoText,
  renderTemplate,
  suits,
  type TemplateLanguage,
  timeLeft,
} from "../core/desk/index.ts";
import {
  type AnswerAttempt,
  type AnswerQuery,
  type AnswerWords,
  answerById,
  answersOfItem,
  attemptsOfAnswer,
  type GivenPromo,
  insertAnswer,
  lastPromo,
  listAnswers,
  listTemplates,
  moveAnswer,
  outletName,
  removeDraft,
  rewriteAnswer,
  type StoredAnswer,
  type StoredTemplate,
  type Tx,
  templateById,
} from "../storage/index.ts";
import {
  type AnswerableItem,
  addressOf,
  blankAnswer,
  holdAnswer,
  holdItem,
  judgeAnswer,
} from "./answer-case.ts";
import { deadlineOf } from "./answer-rules.ts";
import type { House } from "./house.ts";

/** Most answers of one feedback, dropped ones not counted. */
const ANSWERS_LIMIT = 50;

/** Longest text that is stored, characters; what is worth sending is the policy's business. */
export const ANSWER_TEXT_LIMIT = 10_000;

/** What somebody writes: a text, or a template that is filled in. */
export interface DraftWish {
  readonly text: string | null;
  readonly templateId: string | null;
  readonly promoPercent: number | null;
}

/** An answer as it stands, with what there is to remark. */
export interface DraftedAnswer {
  readonly answer: StoredAnswer;
  /** Of drafts and of what waits for approval; later there is nothing to do about them. */
  readonly remarks: readonly AnswerRemark[];
}

/** Why a draft was not written. */
export type DraftRefusal =
  | "not_found"
  | "not_answerable"
  | "unknown_template"
  | "text_too_long"
  | "promo_not_offered"
  | "too_many_answers"
  | "not_a_draft"
  | "stale";

/** What became of a draft. */
export type AnswerDrafted =
  | ({ readonly kind: "drafted" } & DraftedAnswer)
  | { readonly kind: "refused"; readonly reason: DraftRefusal };

const refused = (reason: DraftRefusal): AnswerDrafted => ({ kind: "refused", reason });

/** Writes a new draft. */
export function draftAnswer(
  house: House,
  wish: DraftWish & { readonly itemId: string; readonly actor: string },
): Promise<AnswerDrafted> {
  const at = house.now();
  const id = house.newId();
  return house.database.transaction(async (tx): Promise<AnswerDrafted> => {
    const held = await holdItem(tx, wish.itemId);
    if (held === null) return refused("not_found");
    if (held.feedback.feedbackId === null) return refused("not_answerable");
    if ((await answersOfItem(tx, wish.itemId)).length >= ANSWERS_LIMIT) return refused("too_many_answers");
    const words = await wordsOf(tx, held, wish);
    if (typeof words === "string") return refused(words);
    await insertAnswer(tx, id, addressOf(held), words, { actor: wish.actor, at });
    return drafted(tx, house, id);
  });
}

/** Writes other words into a draft; `version` is the one that was seen. */
export function rewriteDraft(
  house: House,
  wish: DraftWish & { readonly answerId: string; readonly version: number },
): Promise<AnswerDrafted> {
  return house.database.transaction(async (tx): Promise<AnswerDrafted> => {
    const held = await holdAnswer(tx, wish.answerId);
    if (held === null) return refused("not_found");
    if (held.answer.state !== "draft") return refused("not_a_draft");
    const words = await wordsOf(tx, held, wish);
    if (typeof words === "string") return refused(words);
    if (!(await rewriteAnswer(tx, wish.answerId, wish.version, words))) return refused("stale");
    return drafted(tx, house, wish.answerId);
  });
}

async function drafted(tx: Tx, house: House, id: string): Promise<AnswerDrafted> {
  const found = await holdAnswer(tx, id);
  if (found === null) return refused("not_found");
  const { remarks } = await judgeAnswer(tx, house, found);
  return { kind: "drafted", answer: found.answer, remarks };
}

/** Throws a draft away; one that was let go before stays as a cancelled answer. */
export function dropDraft(house: House, answerId: string): Promise<"dropped" | "not_found" | "not_a_draft"> {
  return house.database.transaction(async (tx) => {
    const held = await holdAnswer(tx, answerId);
    if (held === null) return "not_found";
    if (held.answer.state !== "draft") return "not_a_draft";
    if (!(await removeDraft(tx, answerId)))
      await moveAnswer(tx, held.answer, "cancelled", { endedAt: house.now() });
    return "dropped";
  });
}

/** The words of a wish, a template filled in; or why there are none. */
export async function wordsOf(
  tx: Tx,
  held: AnswerableItem,
  /** `hasPlaces`: the text is filled in like a template. */
  wish: DraftWish & { readonly hasPlaces?: boolean },
): Promise<AnswerWords | DraftRefusal> {
  const { promoPercent, templateId } = wish;
  if (promoPercent !== null && !isPromoPercent(promoPercent)) return "promo_not_offered";
  const template = templateId === null ? null : await templateById(tx, templateId);
  if (templateId !== null && template === null) return "unknown_template";
  const pattern = wish.text === null ? (template?.text ?? "") : wish.hasPlaces === true ? wish.text : null;
  const text = pattern === null ? (wish.text ?? "") : await renderFor(tx, held, pattern, promoPercent);
  return text.length > ANSWER_TEXT_LIMIT ? "text_too_long" : { text, promoPercent, templateId };
}

async function renderFor(
  tx: Tx,
  { item, feedback }: AnswerableItem,
  text: string,
  promoPercent: number | null,
): Promise<string> {
  const { order } = feedback.content;
  const dish = order?.items.find(({ name }) => name !== null && name.trim() !== "")?.name ?? null;
  return renderTemplate(text, {
    name: order?.customerName?.trim().split(/\s+/)[0] ?? null,
    branch: await outletName(tx, item.branchId),
    dish,
    promo: promoText(promoPercent),
  });
}

/** An answer with its attempts; remarks only while they matter. */
export interface AnswerStory extends DraftedAnswer {
  readonly attempts: readonly AnswerAttempt[];
}

/** One answer; null: there is none. */
export function readAnswer(house: House, answerId: string): Promise<AnswerStory | null> {
  return house.database.read(async (tx): Promise<AnswerStory | null> => {
    const answer = await answerById(tx, answerId);
    return answer === null ? null : storyOf(tx, house, answer);
  });
}

async function storyOf(tx: Tx, house: House, answer: StoredAnswer): Promise<AnswerStory> {
  const isOpen = answer.state === "draft" || answer.state === "awaiting_approval";
  const held = isOpen ? await holdAnswer(tx, answer.id, false) : null;
  const remarks = held === null ? [] : (await judgeAnswer(tx, house, held)).remarks;
  return { answer, remarks, attempts: await attemptsOfAnswer(tx, answer.id) };
}

/** Whether and how a feedback may be answered. */
export interface AnswerOffer {
  readonly answers: readonly StoredAnswer[];
  /** What forbids every answer now, whatever its text; none: one may be sent. */
  readonly obstacles: readonly AnswerRemark[];
  /** Ready-made answers that suit it. */
  readonly templates: readonly StoredTemplate[];
  /** The promo code that this customer got last, with any answer; null: none, or nobody knows who it is. */
  readonly lastPromo: GivenPromo | null;
  /** Until answers stop arriving, ms; below 0: it is late; null: nobody knows. */
  readonly leftMs: number | null;
}

/** Checks that do not look at the text. */
const OBSTACLES: readonly string[] = [
  "not_answerable",
  "answered_already",
  "answer_on_its_way",
  "outdated",
  "no_subscription",
];

/** What there is to say on answering a feedback; null: there is no such feedback. */
export function offerAnswer(
  house: House,
  itemId: string,
  language: TemplateLanguage | null = null,
): Promise<AnswerOffer | null> {
  return house.database.read(async (tx): Promise<AnswerOffer | null> => {
    const held = await holdItem(tx, itemId, false);
    if (held === null) return null;
    const answer = blankAnswer(held);
    const { remarks } = await judgeAnswer(tx, house, { ...held, answer });
    const { rating, topics } = held.item;
    const deadline = await deadlineOf(tx);
    return {
      lastPromo: held.item.customerId === null ? null : await lastPromo(tx, held.item.customerId),
      leftMs: timeLeft(answer.feedbackAt, house.now(), deadline),
      answers: await answersOfItem(tx, itemId),
      obstacles: remarks.filter(({ check }) => OBSTACLES.includes(check)),
      templates: (await listTemplates(tx)).filter(
        (template) =>
          suits(template, { stars: rating, topics }) && (language === null || template.language === language),
      ),
    };
  });
}

/** Answers, newest first. */
export function findAnswers(house: House, query: AnswerQuery): Promise<readonly StoredAnswer[]> {
  return house.database.read((tx) => listAnswers(tx, query));
}
