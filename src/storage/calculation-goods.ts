// Wordings of goods that calculations speak of: each is kept once, and forgotten when no calculation can name it any more.
import type { Tx } from "./database.ts";

/** What one wording of a good is known by. */
export interface GoodsRecord {
  readonly hash: string;
  readonly body: string;
}

/** Writes wordings of goods that are new and notes for all that they were used at `at`. */
export async function noteGoods(tx: Tx, goods: readonly GoodsRecord[], at: number): Promise<void> {
  // In one order everywhere, or two writers on PostgreSQL could wait for each other.
  const sorted = [...goods].sort((left, right) => (left.hash < right.hash ? -1 : 1));
  for (const { hash, body } of sorted) {
    await tx.run(
      `insert into calculation_goods (hash, body, used_at) values (?, ?, ?)
        on conflict (hash) do update set used_at = excluded.used_at`,
      [hash, body, at],
    );
  }
}

/** Hashes asked for in one statement; both engines bind ten times as many. */
const GOODS_ASKED = 2000;

/** Bodies of goods by hash; those already forgotten are absent. */
export async function goodsByHash(tx: Tx, hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(hashes)];
  const bodies = new Map<string, string>();
  for (let start = 0; start < distinct.length; start += GOODS_ASKED) {
    const rows = await tx.kysely
      .selectFrom("calculation_goods")
      .select(["hash", "body"])
      .where("hash", "in", distinct.slice(start, start + GOODS_ASKED))
      .execute();
    for (const { hash, body } of rows) bodies.set(hash, body);
  }
  return bodies;
}

/** Removes goods that no calculation can name any more: unused since `before`. */
export async function removeGoods(tx: Tx, before: number): Promise<number> {
  return tx.run("delete from calculation_goods where used_at < ?", [before]);
}
