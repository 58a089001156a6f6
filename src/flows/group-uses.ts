// Uses of a split cart: its orders together are one use of each promotion, held by one of them and handed on when that one ends.
import { moveOrderUses, type StoredOrder, siblingsOf, type Tx, usesHeldBy } from "../storage/index.ts";
import type { AppliedPromotion } from "./claim-uses.ts";

/**
 * What is left to claim for an order of `groupId`: promotions that no living sibling holds, with what the whole cart owes
 * them, since the siblings to come will claim nothing. Locks the siblings, so that none ends meanwhile.
 */
export async function usesToClaim(
  tx: Tx,
  groupId: string | null,
  applied: readonly AppliedPromotion[],
  ofWhole: ReadonlyMap<string, number>,
): Promise<readonly AppliedPromotion[]> {
  if (groupId === null || applied.length === 0) return applied;
  const siblings = await siblingsOf(tx, groupId);
  const held = new Set(siblings.length === 0 ? [] : await usesHeldBy(tx, siblings));
  return applied
    .filter(({ promotionId }) => !held.has(promotionId))
    .map(({ promotionId, amount }) => ({
      promotionId,
      amount: Math.max(amount, ofWhole.get(promotionId) ?? 0),
    }));
}

/** Hands the uses of an order that ends unbought to a living sibling; false: there is none, so they are to be released. */
export async function handUsesOn(tx: Tx, order: StoredOrder): Promise<boolean> {
  if (order.groupId === null) return false;
  const [heir] = (await siblingsOf(tx, order.groupId)).filter((id) => id !== order.id);
  if (heir === undefined) return false;
  await moveOrderUses(tx, order.id, heir);
  return true;
}
