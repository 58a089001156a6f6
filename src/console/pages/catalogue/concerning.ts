// Which promotions concern an item: the engine's own test of goods, run in the browser, and the ids that documents name.
import {
  AuthoredReader,
  compileGoods,
  type Goods,
  type Offer as PricedOffer,
  UTC,
} from "../../../core/pricing/index.ts";
import { offersOf } from "../promotions/names.ts";
import type { SetPromotion } from "../promotions/sets.ts";
import type { Offer } from "./offer-page.tsx";

/** Promotions about an item in particular, and how many act on everything. */
export interface Concerning {
  readonly found: readonly { readonly promotion: SetPromotion; readonly how: "acts" | "mentions" }[];
  readonly onAll: number;
}

/** Statuses of promotions that act on nothing now. */
const OFF: readonly unknown[] = ["draft", "paused", "ended"];

/** Sorts the promotions of a set by what they have to do with the item; those that are switched off are left out. */
export function concerning(offer: Offer, promotions: readonly SetPromotion[]): Concerning {
  const found: { promotion: SetPromotion; how: "acts" | "mentions" }[] = [];
  let onAll = 0;
  for (const promotion of promotions) {
    if (OFF.includes(promotion["status"])) continue;
    const test = compileGoods(promotion["scope"] as Goods | undefined, "scope", new AuthoredReader(UTC));
    if (test?.(pricedOf(offer))) found.push({ promotion, how: "acts" });
    else if (offersOf(promotion).includes(offer.id)) found.push({ promotion, how: "mentions" });
    else if (test === null) onAll += 1;
  }
  return { found, onAll };
}

/** The item as the engine's tests of goods see it: what they do not look at is left out. */
function pricedOf(offer: Offer): PricedOffer {
  const { id, groupId, name, vendor, categoryIds, params, priceMinor, oldPriceMinor } = offer;
  const seen = { id, groupId, name, vendor, categoryIds, params, price: priceMinor, oldPrice: oldPriceMinor };
  return seen as unknown as PricedOffer;
}
