// Ways to count uses that are wrong, each as it was found in some shop: the race tests must catch every one of them.
import type { claimUses } from "../../src/flows/index.ts";
import type { Database, Tx } from "../../src/storage/index.ts";

type Claim = typeof claimUses;
type Wanted = Parameters<Claim>[1];

const CLAIMED = { kind: "claimed" } as const;

async function usesOf(tx: Tx, promotionId: string): Promise<number> {
  const [row] = await tx.rows<{ uses: number }>(
    "select uses from limit_use where promotion_id = ? and kind = 'all'",
    [promotionId],
  );
  return row?.uses ?? 0;
}

async function countUp(tx: Tx, promotionId: string): Promise<void> {
  await tx.run(
    `insert into limit_use (promotion_id, kind, subject, period, uses, spent) values (?, 'all', '', '', 1, 0)
     on conflict (promotion_id, kind, subject, period) do update set uses = limit_use.uses + 1`,
    [promotionId],
  );
}

const mostOf = ({ shelved }: Wanted): number => shelved.documents.set.promotions[0]?.limits?.uses ?? 0;

/** Looks, compares, and counts later. On SQLite the look is a read of its own, as writers take turns there. */
export function checkThenAct(database: Database): Claim {
  return async (tx, wanted) => {
    const [{ promotionId } = { promotionId: "" }] = wanted.applied;
    const look = (of: Tx): Promise<number> => usesOf(of, promotionId);
    const used = tx.engine === "postgres" ? await look(tx) : await database.read(look);
    if (used >= mostOf(wanted)) return { kind: "refused", promotionId, limit: "uses" };
    await countUp(tx, promotionId);
    return CLAIMED;
  };
}

/** Guards the update and never looks whether it changed anything. */
export const ignoredRowCount: Claim = async (tx, wanted) => {
  for (const { promotionId } of wanted.applied) {
    await tx.run(
      `insert into limit_use (promotion_id, kind, subject, period, uses, spent) values (?, 'all', '', '', 0, 0)
       on conflict do nothing`,
      [promotionId],
    );
    await tx.run("update limit_use set uses = uses + 1 where promotion_id = ? and uses < ?", [
      promotionId,
      mostOf(wanted),
    ]);
  }
  return CLAIMED;
};

/** Locks the code while the limit is the promotion's, so that two codes of it do not wait for each other. */
export const lockedCode: Claim = async (tx, wanted) => {
  const [{ promotionId } = { promotionId: "" }] = wanted.applied;
  await tx.run("update promo_code set place = place where folded = ?", [wanted.foldedCode]);
  if ((await usesOf(tx, promotionId)) >= mostOf(wanted))
    return { kind: "refused", promotionId, limit: "uses" };
  await countUp(tx, promotionId);
  return CLAIMED;
};

/** Gives back whatever the order has used, however often it is asked. */
export async function releaseAlways(tx: Tx, orderId: string): Promise<void> {
  const rows = await tx.rows<{ promotion_id: string }>(
    "select promotion_id from order_use where order_id = ?",
    [orderId],
  );
  for (const { promotion_id } of rows)
    await tx.run("update limit_use set uses = uses - 1 where promotion_id = ? and uses > 0", [promotion_id]);
}
