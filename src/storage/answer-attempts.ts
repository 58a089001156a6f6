// Attempts to send answers: written down and committed before each call, so that a crash leaves a trace and never a repeat.
import type { AttemptWord } from "../core/desk/index.ts";
import { answerOf, type StoredAnswer } from "./answers.ts";
import type { Tx } from "./database.ts";
import type { AnswerTables } from "./tables/answer.ts";

/** An attempt. Instants in ms UTC. */
export interface AnswerAttempt {
  readonly id: string;
  readonly answerId: string;
  /** From 1. */
  readonly number: number;
  /** The instance that made it. */
  readonly holder: string;
  readonly startedAt: number;
  /** Null: on its way, or its instance has died. */
  readonly endedAt: number | null;
  readonly outcome: AttemptWord | null;
  readonly status: number | null;
  readonly note: string | null;
  /** From the customer's feedback to the outcome, ms. */
  readonly ageMs: number | null;
}

/** Who takes answers, and how long they are theirs. */
export interface AnswerClaim {
  readonly holder: string;
  readonly now: number;
  readonly leaseUntil: number;
  /** Most answers at once. */
  readonly most: number;
  newId(): string;
}

/** Takes answers that are due; each gets an attempt of its own, and nobody else takes it. */
export async function claimAnswers(tx: Tx, claim: AnswerClaim): Promise<StoredAnswer[]> {
  const skip = tx.engine === "postgres" ? " for update skip locked" : "";
  const due = await tx.rows<AnswerTables["answer"]>(
    `select * from answer where state in ('queued', 'retrying') and send_at <= ? order by send_at, id limit ?${skip}`,
    [claim.now, claim.most],
  );
  const taken: StoredAnswer[] = [];
  for (const row of due) {
    const attemptId = claim.newId();
    const changed = await tx.run(
      `update answer set state = 'sending', attempt_id = ?, lease_until = ?, attempts = attempts + 1, send_at = null,
         version = version + 1 where id = ? and version = ? and state in ('queued', 'retrying')`,
      [attemptId, claim.leaseUntil, row.id, row.version],
    );
    if (changed === 0) continue;
    await tx.run(
      "insert into answer_attempt (id, answer_id, number, holder, started_at, source) values (?, ?, ?, ?, ?, ?)",
      [attemptId, row.id, row.attempts + 1, claim.holder, claim.now, row.source],
    );
    const { leaseUntil } = claim;
    const version = row.version + 1;
    const attempts = row.attempts + 1;
    taken.push({
      ...answerOf(row),
      state: "sending",
      sendAt: null,
      attemptId,
      leaseUntil,
      attempts,
      version,
    });
  }
  return taken;
}

/** Ids of answers whose sender has not been heard of since its lease ended. */
export async function lostAnswers(tx: Tx, now: number, most: number): Promise<{ readonly id: string }[]> {
  return tx.rows<{ id: string }>(
    "select id from answer where state = 'sending' and lease_until <= ? order by lease_until limit ?",
    [now, most],
  );
}

/** Ends the lease of everything on its way: this process is the only one on the database and has just begun. */
export async function endLeases(tx: Tx, now: number): Promise<number> {
  return tx.run("update answer set lease_until = ? where state = 'sending' and lease_until > ?", [now, now]);
}

/** How an attempt ended. */
export interface AttemptEnd {
  readonly endedAt: number;
  readonly outcome: AttemptWord;
  readonly status: number | null;
  readonly note: string | null;
  /** Kept where the source has judged the feedback's age. */
  readonly ageMs: number | null;
}

/** Writes an attempt's end. A later one counts: whoever made the call knows more than who missed it. */
export async function endAttempt(tx: Tx, attemptId: string, end: AttemptEnd): Promise<void> {
  await tx.run(
    "update answer_attempt set ended_at = ?, outcome = ?, status = ?, note = ?, age_ms = ? where id = ?",
    [end.endedAt, end.outcome, end.status, end.note, end.ageMs, attemptId],
  );
}

/** Attempts of an answer, first to last. */
export async function attemptsOfAnswer(tx: Tx, answerId: string): Promise<AnswerAttempt[]> {
  const rows = await tx.rows<AnswerTables["answer_attempt"]>(
    "select * from answer_attempt where answer_id = ? order by number",
    [answerId],
  );
  return rows.map((row) => ({
    id: row.id,
    answerId: row.answer_id,
    number: row.number,
    holder: row.holder,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as AttemptWord | null,
    status: row.status,
    note: row.note,
    ageMs: row.age_ms,
  }));
}

/** Ages at which answers of a source arrived or came too late, newest first. */
export async function agedOutcomes(
  tx: Tx,
  source: string,
  most: number,
): Promise<{ readonly ageMs: number; readonly isDelivered: boolean }[]> {
  const rows = await tx.rows<{ age_ms: number; outcome: string }>(
    `select age_ms, outcome from answer_attempt where source = ? and outcome in ('delivered', 'outdated')
       and age_ms is not null order by started_at desc limit ?`,
    [source, most],
  );
  return rows.map(({ age_ms, outcome }) => ({ ageMs: age_ms, isDelivered: outcome === "delivered" }));
}
