// One kind word to many: answers without a promo code to feedback of four or five stars without words, each looked at beforehand,
// checked like any other and sent by the same way, at most once.
import type { AnswerRemark, Filter } from "../core/desk/index.ts";
import { isMatch, keptBackBy, sameTextKey } from "../core/desk/index.ts";
import {
  answersOfItem,
  type DeskRecord,
  deskIdOf,
  deskItem,
  deskSeqs,
  type StoredAnswer,
  type Tx,
} from "../storage/index.ts";
import { blankAnswer, holdItem, judgeAnswer } from "./answer-case.ts";
import { draftAnswer, dropDraft, wordsOf } from "./draft-answer.ts";
import type { House } from "./house.ts";
import { isWithinStores } from "./keep-to-stores.ts";
import { type AnswerActor, sendAnswer, undoAnswer } from "./queue-answer.ts";

/** Why an item gets no answer of many, beside what the checks say. */
export type NotForMany =
  /** It is the app's, which takes no answers, or gone. */
  | "not_answerable"
  /** Three stars or fewer, none, or the customer wrote something: it wants a person's own words. */
  | "wants_own_words"
  /** A colleague has begun an answer. */
  | "draft_open"
  /** Somebody was quicker. */
  | "changed_meanwhile";

/** What many are told. */
export interface ManyWish extends AnswerActor {
  /** Which items; those that are not for many are skipped and told. */
  readonly filter: Filter;
  /** Of those only these; null: all. */
  readonly itemIds: readonly string[] | null;
  /** With places such as {name}, which are filled in for each. */
  readonly text: string | null;
  readonly templateId: string | null;
  /** Warnings that the sender has seen in the preview and means so. */
  readonly confirmed: readonly string[];
  /** Items up to this number have had their turn. */
  readonly after: number;
  readonly most: number;
}

/** One item of many. */
export interface OneOfMany {
  readonly item: DeskRecord;
  /** What the customer would read, or reads soon; empty where nothing was made. */
  readonly text: string;
  readonly remarks: readonly AnswerRemark[];
  /** Null: it may go, or went. */
  readonly reason: NotForMany | "kept_back" | null;
  /** The answer in the queue; null: none was made. */
  readonly answer: StoredAnswer | null;
}

/** What became of many. */
export interface ManyAnswered {
  readonly entries: readonly OneOfMany[];
  /** Where the next call goes on; null: all had their turn. */
  readonly next: number | null;
}

/** Why there is no preview and no sending at all. */
export type ManyRefused = "unknown_template" | "text_too_long";

/** Whether feedback is of the kind that many may be answered together. */
export function isForMany({ rating, comment }: Pick<DeskRecord, "rating" | "comment">): boolean {
  return rating !== null && rating >= 4 && (comment ?? "").trim() === "";
}

/** Shows each text with its remarks; writes nothing. A text that another of them gets, too, is remarked on. */
export async function previewMany(house: House, wish: ManyWish): Promise<ManyAnswered | ManyRefused> {
  return house.database.read(async (tx): Promise<ManyAnswered | ManyRefused> => {
    const { seqs, next } = await turnsOf(tx, wish);
    const entries: OneOfMany[] = [];
    const keys = new Map<string, string>();
    for (const seq of seqs) {
      const looked = await lookAt(tx, house, seq, wish, keys);
      if (typeof looked === "string") return looked;
      if (looked !== null) entries.push(looked);
    }
    return { entries, next };
  });
}

/** Sends them. Called again with the same filter it sends nothing twice: what was answered is refused by the checks. */
export async function answerMany(house: House, wish: ManyWish): Promise<ManyAnswered | ManyRefused> {
  const found = await previewMany(house, wish);
  if (typeof found === "string") return found;
  const entries: OneOfMany[] = [];
  for (const entry of found.entries)
    entries.push(entry.reason === null ? await sendOne(house, entry, wish) : entry);
  return { entries, next: found.next };
}

/** One of many that were to be taken back. */
export interface OneTakenBack {
  readonly answerId: string;
  /** False: it is on its way or gone already, or it is not the caller's to take back. */
  readonly isTakenBack: boolean;
}

/** Takes back what is not on its way; nobody wrote these words for one customer, so that no draft stays. */
export async function undoMany(
  house: House,
  wish: {
    readonly answerIds: readonly string[];
    readonly actor: string;
    readonly stores: readonly string[] | null;
  },
): Promise<readonly OneTakenBack[]> {
  const entries: OneTakenBack[] = [];
  for (const answerId of new Set(wish.answerIds)) {
    const isWithin = await isWithinStores(house, wish.stores, "answer", answerId);
    const isTakenBack = isWithin && (await undoAnswer(house, { ...wish, answerId })).kind === "taken_back";
    if (isTakenBack) await dropDraft(house, answerId);
    entries.push({ answerId, isTakenBack });
  }
  return entries;
}

async function turnsOf(
  tx: Tx,
  { filter, itemIds, after, most }: ManyWish,
): Promise<{ readonly seqs: readonly number[]; readonly next: number | null }> {
  if (itemIds !== null) return { seqs: await seqsOf(tx, itemIds, filter), next: null };
  const seqs = await deskSeqs(tx, filter, after, most + 1);
  return { seqs: seqs.slice(0, most), next: seqs.length > most ? (seqs[most - 1] ?? null) : null };
}

/** Those of the named items that the filter finds; the caller may not reach around it. */
async function seqsOf(tx: Tx, itemIds: readonly string[], filter: Filter): Promise<number[]> {
  const seqs: number[] = [];
  for (const id of new Set(itemIds)) {
    const item = await deskItem(tx, id);
    if (item !== null && isMatch(filter, item)) seqs.push(item.seq);
  }
  return seqs.sort((left, right) => left - right);
}

async function lookAt(
  tx: Tx,
  house: House,
  seq: number,
  wish: ManyWish,
  keys: Map<string, string>,
): Promise<OneOfMany | ManyRefused | null> {
  const id = await deskIdOf(tx, seq);
  const held = id === null ? null : await holdItem(tx, id, false);
  if (held === null) return null;
  const { item } = held;
  const skipped = (reason: NotForMany): OneOfMany => ({ item, text: "", remarks: [], reason, answer: null });
  if (!isForMany(item)) return skipped("wants_own_words");
  const isBegun = (await answersOfItem(tx, item.id)).some(({ state }) => state === "draft");
  if (isBegun) return skipped("draft_open");
  const words = await wordsOf(tx, held, { ...wish, promoPercent: null, hasPlaces: true });
  if (words === "unknown_template" || words === "text_too_long") return words;
  if (typeof words === "string") return skipped("not_answerable");
  const answer = { ...blankAnswer(held), ...words };
  const judged = await judgeAnswer(tx, house, { ...held, answer });
  const key = sameTextKey(words.text, held.feedback.content.order?.customerName ?? null);
  const isTwin = keys.has(key) && !judged.remarks.some(({ check }) => check === "same_text");
  keys.set(key, item.id);
  const twin: AnswerRemark = { check: "same_text", level: "warn", detail: null };
  const remarks = isTwin ? [...judged.remarks, twin] : judged.remarks;
  const reason = keptBackBy(remarks, wish.confirmed).length > 0 ? "kept_back" : null;
  return { item, text: words.text, remarks, reason, answer: null };
}

/** Drafts and sends one; what does not go leaves no draft behind. */
async function sendOne(house: House, entry: OneOfMany, wish: ManyWish): Promise<OneOfMany> {
  const { item, text } = entry;
  const { actor, role, templateId } = wish;
  const drafted = await draftAnswer(house, { itemId: item.id, actor, text, templateId, promoPercent: null });
  if (drafted.kind === "refused") return { ...entry, reason: "changed_meanwhile" };
  const { id, version } = drafted.answer;
  const confirmed = [...wish.confirmed];
  // The customer may have said something meanwhile: looked at again under the item's lock.
  const moved = await sendAnswer(house, { answerId: id, version, actor, role, confirmed, isFit: isForMany });
  if (moved.kind === "queued") return { ...entry, answer: moved.answer };
  // A draft that a colleague has taken up meanwhile is theirs.
  if (moved.kind === "kept_back" || (moved.kind === "refused" && moved.reason === "not_fit"))
    await dropDraft(house, id);
  return moved.kind === "kept_back"
    ? { ...entry, remarks: moved.remarks, reason: "kept_back" }
    : { ...entry, reason: "changed_meanwhile" };
}
