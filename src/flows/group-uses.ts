// Uses of a split cart: its orders together are one use of each promotion, and each takes its own part of the money.
import { type StoredOrder, siblingsOf, type Tx, usesHeldBy } from "../storage/index.ts";
import { type AppliedPromotion, releaseUses } from "./claim-uses.ts";

/**
 * What an order of `groupId` claims: of promotions that a living sibling uses already only money, in the periods in which
 * the sibling was counted. Locks the siblings, so that none ends meanwhile.
 */
export async function usesToClaim(
  tx: Tx,
  groupId: string,
  applied: readonly AppliedPromotion[],
): Promise<readonly AppliedPromotion[]> {
  if (applied.length === 0) return applied;
  const held = await usesHeldBy(tx, await siblingsOf(tx, groupId));
  return applied.map((one) => {
    const heldSince = held.get(one.promotionId);
    return heldSince === undefined ? one : { ...one, heldSince };
  });
}

/** Gives back what an order that ends unbought has used; a use that living siblings need stays with one of them. */
export async function endUses(tx: Tx, order: StoredOrder, at: number): Promise<void> {
  const siblings = order.groupId === null ? [] : await siblingsOf(tx, order.groupId);
  await releaseUses(tx, { orderId: order.id, at, heirs: siblings.filter((id) => id !== order.id) });
}
