// What answers need to know of a feedback and its neighbours, and how the desk's item follows its answer.
import type { AnswerWord, DeskState } from "../core/desk/index.ts";
import type { FeedbackContent } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";

/** A feedback as its latest revision has it. */
export interface AnswerableFeedback {
  readonly source: string;
  /** Null: it came without an id of its source. */
  readonly feedbackId: string | null;
  readonly content: FeedbackContent;
}

/** The feedback behind a desk item; null: the item is of another kind. */
export async function answerableFeedback(tx: Tx, itemId: string): Promise<AnswerableFeedback | null> {
  const [row] = await tx.rows<{ source: string; source_id: string | null; content: string }>(
    "select source, source_id, content from feedback_item where id = ?",
    [itemId],
  );
  if (row === undefined) return null;
  return {
    source: row.source,
    feedbackId: row.source_id,
    content: JSON.parse(row.content) as FeedbackContent,
  };
}

/** Names of other customers of the place who gave feedback lately. */
export async function lastCustomerNames(
  tx: Tx,
  placeId: string,
  itemId: string,
  most: number,
): Promise<string[]> {
  const rows = await tx.rows<{ content: string }>(
    "select content from feedback_item where place_id = ? and id <> ? order by created_at desc limit ?",
    [placeId, itemId, most],
  );
  return rows.flatMap(({ content }) => {
    const name = (JSON.parse(content) as FeedbackContent).order?.customerName ?? null;
    return name === null ? [] : [name];
  });
}

/** A promo code that reached a customer with an answer. */
export interface GivenPromo {
  readonly percent: number;
  /** When the answer arrived, ms UTC. */
  readonly at: number;
}

/** The promo code that the customer got last with an answer of ours; null: none. */
export async function lastPromo(tx: Tx, customerId: string): Promise<GivenPromo | null> {
  const [row] = await tx.rows<GivenPromo>(
    `select a.promo_percent as percent, a.ended_at as at
     from desk_item i join answer a on a.item_id = i.id
     where i.customer_id = ? and a.state = 'delivered' and a.promo_percent is not null and a.ended_at is not null
     order by a.ended_at desc limit 1`,
    [customerId],
  );
  return row ?? null;
}

/** The outlet's own name; null: it has none, or there is no such outlet. */
export async function outletName(tx: Tx, branchId: string | null): Promise<string | null> {
  if (branchId === null) return null;
  const [row] = await tx.rows<{ name: string | null }>("select name from outlet where id = ?", [branchId]);
  return row?.name ?? null;
}

/** What an item shows of its answer. */
export interface ShownAnswer {
  readonly answer: AnswerWord;
  /** Percent of the code that reached the customer; null: none did. */
  readonly promoPercent: number | null;
  readonly state: DeskState;
  readonly dueAt: number | null;
}

/** Writes what the item shows of its answer; whoever writes holds the item. */
export async function showAnswer(tx: Tx, seq: number, shown: ShownAnswer, at: number): Promise<void> {
  await tx.run(
    `update desk_item set answer = ?, promo_percent = ?, state = ?, due_at = ?, changed_at = ?, version = version + 1
     where seq = ?`,
    [shown.answer, shown.promoPercent, shown.state, shown.dueAt, at, seq],
  );
}
