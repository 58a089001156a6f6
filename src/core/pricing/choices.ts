// What the shopper chose from the menu: one group, the promotions named of it, and the gifts picked for each.
import type { Cart } from "./cart.ts";
import type { GiftReturn } from "./returned-gifts.ts";
import type { Rule } from "./rule.ts";
import type { Rules } from "./rules.ts";

/** A gift asked for; thousandths, 0 where the request named none. */
export interface Pick {
  readonly offerId: string;
  readonly quantity: number;
}

/** The choice as honoured: group = alternative, so ids of other groups than the first known one's are left aside unless the cart unites groups. */
export interface ShopperChoice {
  readonly group: string | null;
  readonly named: readonly Rule[];
  /** By promotion id, in the order asked. */
  readonly picks: ReadonlyMap<string, readonly Pick[]>;
}

const NOTHING: ShopperChoice = { group: null, named: [], picks: new Map() };

/** Reads the choice; unknown ids are ignored, gifts named by lines are joined to those named in the choice. */
export function readChoice(cart: Cart, rules: Rules, returned: readonly GiftReturn[]): ShopperChoice {
  if (cart.choices.length === 0 && returned.length === 0) return NOTHING;
  const asked: { rule: Rule; gifts: readonly Pick[] }[] = [];
  const ask = (promotionId: string, gifts: readonly Pick[]): void => {
    const rule = rules.byId.get(promotionId);
    if (rule !== undefined && rule.choiceGroup !== null) asked.push({ rule, gifts });
  };
  for (const choice of cart.choices) ask(choice.promotionId, choice.gifts);
  for (const { promotionId, offerId, quantity } of returned) {
    const rule = rules.byId.get(promotionId);
    const isOption = rule?.giftChoice?.options.some((option) => option.offerId === offerId) ?? false;
    // A gift of choice may come as a line alone, at no price or at the list price that we answered; it says which gift
    // was picked. Other gifts come with the choice of their promotion, so their lines make none.
    if (isOption) ask(promotionId, [{ offerId, quantity }]);
  }
  const group = asked[0]?.rule.choiceGroup ?? null;
  const named: Rule[] = [];
  const picks = new Map<string, Pick[]>();
  for (const { rule, gifts } of asked) {
    if (rule.choiceGroup !== group && cart.unitesGroups !== true) continue;
    if (!named.includes(rule)) named.push(rule);
    const own = picks.get(rule.id) ?? [];
    for (const gift of gifts) if (!own.some((pick) => pick.offerId === gift.offerId)) own.push(gift);
    picks.set(rule.id, own);
  }
  return { group, named, picks };
}
