// The menu: every promotion that the shopper may choose now, with what the cart would cost if it alone were taken.
import type { Minor, Quantity } from "../money/index.ts";
import type { ShopperChoice } from "./choices.ts";
import { type Board, chooseBest } from "./combination.ts";
import { compareIds } from "./compare.ts";
import { isInStock } from "./gifts.ts";
import type { OfferedGroup, OfferedPromotion } from "./quote.ts";
import { type Grant, isDiscount } from "./rule.ts";
import type { Slot } from "./slot.ts";

/** Groups by name, promotions as authored. Runs trials of its own: the ledger holds another one afterwards. */
export function offerChoices(board: Board, choice: ShopperChoice): OfferedGroup[] {
  const groups = new Map<string, { position: number; offered: OfferedPromotion }[]>();
  for (const [index, slot] of board.play.slots.entries()) {
    const { choiceGroup, position } = slot.rule;
    if (choiceGroup === null) continue;
    const offered = offer(board, index, slot, choice);
    if (offered === null) continue;
    const group = groups.get(choiceGroup) ?? [];
    group.push({ position, offered });
    groups.set(choiceGroup, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([group, members]) => ({
      group,
      promotions: members.sort((a, b) => a.position - b.position).map(({ offered }) => offered),
    }));
}

function offer(board: Board, index: number, slot: Slot, choice: ShopperChoice): OfferedPromotion | null {
  const { rule } = slot;
  const { situation, ledger } = board.play;
  const inStock = (grants: readonly Grant[]): OfferedPromotion["gifts"] =>
    grants
      .filter((grant) => isInStock(grant, situation.facts, situation.pools))
      .map(({ offerId, quantity }) => ({ offerId, quantity: quantity as Quantity }));
  const gifts = inStock(rule.gifts);
  const giftOptions = inStock(rule.giftChoice?.options ?? []);
  const givesOnlyGifts = !isDiscount(rule) && rule.extraPoints === 0 && rule.earnTimesBps === 10_000;
  if (givesOnlyGifts && rule.message === null && gifts.length + giftOptions.length === 0) return null;
  chooseBest(board, new Set([index]));
  if (!slot.isIn || (isDiscount(rule) && slot.amount === 0)) return null;
  let totalIfTaken = 0;
  let gross = 0;
  for (let pool = 0; pool < ledger.money.length; pool += 1) {
    totalIfTaken += ledger.money[pool] as number;
    gross += situation.gross[pool] as number;
  }
  return {
    promotionId: rule.id,
    name: rule.name,
    mayPointsPay: rule.maySpendPoints,
    gifts,
    giftOptions,
    giftOptionsLimit: rule.giftChoice?.limit ?? 1,
    discount: isDiscount(rule) ? ((gross - totalIfTaken) as Minor) : null,
    isChosen: choice.named.includes(rule),
    totalIfTaken: totalIfTaken as Minor,
  };
}
