// Answers kept under the caller's Idempotency-Key, written in the transaction of what they answer.
import type { Tx } from "./database.ts";

/** Whose key, and what it was used for. */
export interface RepeatKey {
  readonly tokenId: string;
  readonly name: string;
  /** Hash of method, address and body: the same key for another call is a mistake. */
  readonly fingerprint: string;
}

/** What became of a claim. */
export type RepeatClaim =
  | { readonly kind: "claimed" }
  | { readonly kind: "answered"; readonly status: number; readonly answer: Uint8Array }
  | { readonly kind: "other_call" };

/** Most outlived keys that one claim sweeps away. */
const SWEEP = 20;

/**
 * Claims a key for this transaction. A second claim of the same key waits for the first one's commit: on SQLite because
 * there is one writer, on PostgreSQL at the unique index. Keys made before `outlivedBefore` count as never used.
 */
export async function claimRepeatKey(
  tx: Tx,
  key: RepeatKey,
  now: number,
  outlivedBefore: number,
): Promise<RepeatClaim> {
  await tx.run(
    `delete from idempotency_key where (token_id, name) in
      (select token_id, name from idempotency_key where created_at < ? order by created_at limit ${SWEEP})`,
    [outlivedBefore],
  );
  await tx.run("delete from idempotency_key where token_id = ? and name = ? and created_at < ?", [
    key.tokenId,
    key.name,
    outlivedBefore,
  ]);
  const claimed = await tx.run(
    `insert into idempotency_key (token_id, name, fingerprint, status, answer, created_at)
      values (?, ?, ?, null, null, ?) on conflict (token_id, name) do nothing`,
    [key.tokenId, key.name, key.fingerprint, now],
  );
  if (claimed === 1) return { kind: "claimed" };
  const [row] = await tx.rows<{ fingerprint: string; status: number | null; answer: Uint8Array | null }>(
    "select fingerprint, status, answer from idempotency_key where token_id = ? and name = ?",
    [key.tokenId, key.name],
  );
  if (
    row === undefined ||
    row.fingerprint !== key.fingerprint ||
    row.status === null ||
    row.answer === null
  ) {
    return { kind: "other_call" };
  }
  return { kind: "answered", status: row.status, answer: row.answer };
}

/** Keeps the answer of a claimed key. */
export async function keepRepeatAnswer(
  tx: Tx,
  key: RepeatKey,
  status: number,
  answer: Uint8Array,
): Promise<void> {
  await tx.run("update idempotency_key set status = ?, answer = ? where token_id = ? and name = ?", [
    status,
    answer,
    key.tokenId,
    key.name,
  ]);
}

/** Gives a claimed key back: the call was refused, so it may be corrected and sent again. */
export async function releaseRepeatKey(tx: Tx, key: RepeatKey): Promise<void> {
  await tx.run("delete from idempotency_key where token_id = ? and name = ?", [key.tokenId, key.name]);
}

/** Answers to calls, as they are kept under the callers' keys, page by page. */
export async function keptAnswers(
  tx: Tx,
  after: { readonly tokenId: string; readonly name: string },
  limit: number,
): Promise<{ readonly tokenId: string; readonly name: string; readonly answer: Uint8Array }[]> {
  return tx.rows<{ tokenId: string; name: string; answer: Uint8Array }>(
    `select token_id as "tokenId", name, answer from idempotency_key
     where answer is not null and (token_id, name) > (?, ?) order by token_id, name limit ?`,
    [after.tokenId, after.name, limit],
  );
}

/** Keeps another answer instead. */
export async function replaceKeptAnswer(
  tx: Tx,
  key: { readonly tokenId: string; readonly name: string },
  answer: Uint8Array,
): Promise<void> {
  await tx.run("update idempotency_key set answer = ? where token_id = ? and name = ?", [
    answer,
    key.tokenId,
    key.name,
  ]);
}
