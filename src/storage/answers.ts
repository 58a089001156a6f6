// Answers to marketplaces' feedback: written as drafts, and moved from state to state by guarded updates only.
// Long because rows of answers are read and written in one place.
import type { AnswerState } from "../core/desk/index.ts";
import type { Tx, Value } from "./database.ts";
import type { AnswerTables } from "./tables/answer.ts";

type Row = AnswerTables["answer"];

/** What an answer is about, as it was when the answer was drafted. */
export interface AnswerAddress {
  /** The desk's item, which is the feedback record. */
  readonly itemId: string;
  readonly source: string;
  /** The feedback's id at its source; null: nobody can answer it yet. */
  readonly feedbackId: string | null;
  /** The order's number at the source, where it has the form that the source asks for. */
  readonly orderNumber: string | null;
  readonly placeId: string;
  readonly branchId: string | null;
  readonly customerId: string | null;
  /** Which of the customer's sayings it answers. */
  readonly revision: number;
  /** When the customer gave the feedback, ms UTC. */
  readonly feedbackAt: number;
}

/** What people write. */
export interface AnswerWords {
  readonly text: string;
  readonly promoPercent: number | null;
  readonly templateId: string | null;
}

/** An answer as it is stored. Instants in ms UTC, null: not yet. */
export interface StoredAnswer extends AnswerAddress, AnswerWords {
  readonly id: string;
  readonly state: AnswerState;
  /** What the promo code costs at most, kopecks; null: no code, or the order's sum is not known. */
  readonly promoMinor: number | null;
  /** The month, yyyymm, whose budget holds the code now; null: none does. */
  readonly budgetMonth: number | null;
  /** Warnings that whoever sent it has confirmed. */
  readonly confirmed: readonly string[];
  readonly createdBy: string;
  readonly createdAt: number;
  /** Who sent it, or asked for approval. */
  readonly askedBy: string | null;
  readonly askedAt: number | null;
  readonly approvedBy: string | null;
  readonly queuedAt: number | null;
  /** When the next call may be made. */
  readonly sendAt: number | null;
  /** The attempt that is on its way or was the last. */
  readonly attemptId: string | null;
  readonly leaseUntil: number | null;
  readonly attempts: number;
  /** How many attempts were refused for their token. */
  readonly refusedTokens: number;
  /** Why the last attempt did not arrive. */
  readonly problem: string | null;
  readonly status: number | null;
  /** Beginning of what the source said with a refusal. */
  readonly note: string | null;
  readonly endedAt: number | null;
  /** Who decided what became of an answer that nobody could know. */
  readonly decidedBy: string | null;
  /** Grows with every change. */
  readonly version: number;
}

/** Writes a new draft. */
export async function insertAnswer(
  tx: Tx,
  id: string,
  address: AnswerAddress,
  words: AnswerWords,
  by: { readonly actor: string; readonly at: number },
): Promise<void> {
  await tx.run(
    `insert into answer (id, item_id, source, feedback_id, order_nr, place_id, branch_id, customer_id, revision,
       feedback_at, text, promo_percent, template_id, created_by, created_at, state, confirmed, attempts,
       refused_tokens, version)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', '[]', 0, 0, 1)`,
    [
      id,
      address.itemId,
      address.source,
      address.feedbackId,
      address.orderNumber,
      address.placeId,
      address.branchId,
      address.customerId,
      address.revision,
      address.feedbackAt,
      words.text,
      words.promoPercent,
      words.templateId,
      by.actor,
      by.at,
    ],
  );
}

/** The answer with that id; null: none. Whoever changes it holds its item first. */
export async function answerById(tx: Tx, id: string): Promise<StoredAnswer | null> {
  const [row] = await tx.rows<Row>("select * from answer where id = ?", [id]);
  return row === undefined ? null : answerOf(row);
}

/** All answers of an item, oldest first. */
export async function answersOfItem(tx: Tx, itemId: string): Promise<StoredAnswer[]> {
  const rows = await tx.rows<Row>("select * from answer where item_id = ? order by id", [itemId]);
  return rows.map(answerOf);
}

/** What to list; absent conditions do not narrow. */
export interface AnswerQuery {
  readonly state?: AnswerState;
  readonly branchId?: string;
  /** Only answers of these branches. */
  readonly branchIds?: readonly string[];
  readonly placeId?: string;
  readonly itemId?: string;
  /** Created from here on and before there, ms. */
  readonly from?: number;
  readonly until?: number;
  /** The last id of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** Answers, newest first. */
export async function listAnswers(tx: Tx, wanted: AnswerQuery): Promise<StoredAnswer[]> {
  const bound: Value[] = [];
  const parts: string[] = [];
  const narrow = (sql: string, value: Value | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    bound.push(value);
  };
  narrow("state = ?", wanted.state);
  narrow("branch_id = ?", wanted.branchId);
  if (wanted.branchIds !== undefined) {
    parts.push(`branch_id in (${["null", ...wanted.branchIds.map(() => "?")].join(", ")})`);
    bound.push(...wanted.branchIds);
  }
  narrow("place_id = ?", wanted.placeId);
  narrow("item_id = ?", wanted.itemId);
  narrow("created_at >= ?", wanted.from);
  narrow("created_at < ?", wanted.until);
  narrow("id < ?", wanted.before);
  const where = parts.length === 0 ? "" : `where ${parts.join(" and ")}`;
  const rows = await tx.rows<Row>(`select * from answer ${where} order by id desc limit ?`, [
    ...bound,
    wanted.limit,
  ]);
  return rows.map(answerOf);
}

/** Writes other words into a draft; false when it is no draft, or another version. */
export async function rewriteAnswer(
  tx: Tx,
  id: string,
  version: number,
  words: AnswerWords,
): Promise<boolean> {
  const changed = await tx.run(
    `update answer set text = ?, promo_percent = ?, template_id = ?, version = version + 1
     where id = ? and version = ? and state = 'draft'`,
    [words.text, words.promoPercent, words.templateId, id, version],
  );
  return changed === 1;
}

/** Removes a draft that never left; false when it is none. */
export async function removeDraft(tx: Tx, id: string): Promise<boolean> {
  return (
    (await tx.run("delete from answer where id = ? and state = 'draft' and asked_by is null", [id])) === 1
  );
}

/** What a move writes beside the state; absent columns stay. */
export interface AnswerPatch {
  readonly feedbackId?: string | null;
  readonly orderNumber?: string | null;
  readonly revision?: number;
  readonly textKey?: string;
  readonly promoMinor?: number | null;
  readonly budgetMonth?: number | null;
  readonly confirmed?: readonly string[];
  readonly askedBy?: string;
  readonly askedAt?: number;
  readonly approvedBy?: string;
  readonly queuedAt?: number;
  readonly sendAt?: number | null;
  readonly refusedTokens?: number;
  readonly problem?: string | null;
  readonly status?: number | null;
  readonly note?: string | null;
  readonly endedAt?: number | null;
  readonly decidedBy?: string;
}

const COLUMN: { readonly [field in keyof Required<AnswerPatch>]: string } = {
  feedbackId: "feedback_id",
  orderNumber: "order_nr",
  revision: "revision",
  textKey: "text_key",
  promoMinor: "promo_minor",
  budgetMonth: "budget_month",
  confirmed: "confirmed",
  askedBy: "asked_by",
  askedAt: "asked_at",
  approvedBy: "approved_by",
  queuedAt: "queued_at",
  sendAt: "send_at",
  refusedTokens: "refused_tokens",
  problem: "problem",
  status: "status",
  note: "note",
  endedAt: "ended_at",
  decidedBy: "decided_by",
};

/** Moves an answer on; false when it is no longer as `from` says: somebody else was faster. */
export async function moveAnswer(
  tx: Tx,
  from: Pick<StoredAnswer, "id" | "state" | "version">,
  to: AnswerState,
  patch: AnswerPatch,
): Promise<boolean> {
  const fields = Object.keys(patch).filter(isField);
  const sets = fields.map((field) => `, ${COLUMN[field]} = ?`).join("");
  const changed = await tx.run(
    `update answer set state = ?, version = version + 1${sets} where id = ? and state = ? and version = ?`,
    [to, ...fields.map((field) => stored(patch[field])), from.id, from.state, from.version],
  );
  return changed === 1;
}

function isField(name: string): name is keyof AnswerPatch {
  return Object.hasOwn(COLUMN, name);
}

function stored(value: AnswerPatch[keyof AnswerPatch]): Value {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : (value ?? null);
}

/** Keys of the texts that the last customers of a branch got or are about to get, newest first; not that of `itemId`. */
export async function lastTextKeys(
  tx: Tx,
  about: { readonly branchId: string | null; readonly itemId: string },
  most: number,
): Promise<string[]> {
  const whose = about.branchId === null ? "branch_id is null" : "branch_id = ?";
  const rows = await tx.rows<{ key: string }>(
    `select text_key as key from answer where ${whose} and item_id <> ? and text_key is not null
       and state in ('queued', 'sending', 'retrying', 'delivered', 'unknown')
     order by queued_at desc limit ?`,
    [...(about.branchId === null ? [] : [about.branchId]), about.itemId, most],
  );
  return rows.map(({ key }) => key);
}

/** A row as the rest of the house sees it. */
export function answerOf(row: Row): StoredAnswer {
  return {
    id: row.id,
    itemId: row.item_id,
    source: row.source,
    feedbackId: row.feedback_id,
    orderNumber: row.order_nr,
    placeId: row.place_id,
    branchId: row.branch_id,
    customerId: row.customer_id,
    revision: row.revision,
    feedbackAt: row.feedback_at,
    state: row.state as AnswerState,
    text: row.text,
    promoPercent: row.promo_percent,
    promoMinor: row.promo_minor,
    budgetMonth: row.budget_month,
    templateId: row.template_id,
    confirmed: JSON.parse(row.confirmed) as string[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    approvedBy: row.approved_by,
    queuedAt: row.queued_at,
    sendAt: row.send_at,
    attemptId: row.attempt_id,
    leaseUntil: row.lease_until,
    attempts: row.attempts,
    refusedTokens: row.refused_tokens,
    problem: row.problem,
    status: row.status,
    note: row.note,
    endedAt: row.ended_at,
    decidedBy: row.decided_by,
    version: row.version,
  };
}
