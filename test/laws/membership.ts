// Whether an offer belongs to a set of goods as its author means it, written apart from the engine's way of finding out.
import type { Goods, Offer, PromotionDocument } from "../../src/core/pricing/index.ts";

/** True when the offer belongs to the set; of what the random promotions use. */
export function isIn(offer: Offer, goods: Goods | undefined): boolean {
  if (goods === undefined) return true;
  if (goods.offers !== undefined && !goods.offers.includes(offer.id)) return false;
  if (goods.categories !== undefined && !goods.categories.some((id) => offer.categoryIds.includes(id)))
    return false;
  if (goods.vendors !== undefined && !goods.vendors.includes(offer.vendor ?? "")) return false;
  if (goods.price?.from !== undefined && offer.price < Number(goods.price.from) * 100) return false;
  return goods.not === undefined || !isIn(offer, goods.not);
}

/** True when the promotion's effects act on the offer: kits on goods of their parts only. */
export function actsOn({ scope, then }: PromotionDocument, offer: Offer): boolean {
  if (!isIn(offer, scope)) return false;
  return then.some((effect) => !("kit" in effect) || effect.kit.parts.some((part) => isIn(offer, part.of)));
}
