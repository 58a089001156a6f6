// A good as the catalogue keeps it, with every price it may have, and the choice of the one that a cart sees.
import type { Minor, Quantity } from "../money/index.ts";
import { quantity } from "../money/index.ts";
import type { Offer } from "./facts.ts";

/** What differs for a city, a price tier, or a price tier in a city; null: not said here, so the next wider one counts. */
export interface OfferVariant {
  /** Id of a city or region as the feed spells it, lower case; null: everywhere. */
  readonly city: string | null;
  /** Price segment of the customer; null: everybody. */
  readonly tier: string | null;
  readonly price: Minor | null;
  readonly oldPrice: Minor | null;
  readonly isAvailable: boolean | null;
}

/** A good of the catalogue before it is known whose cart it is for. */
export interface CatalogueOffer extends Omit<Offer, "stock"> {
  readonly variants: readonly OfferVariant[];
}

/** What one outlet has of an offer. */
export interface OutletStock {
  readonly outletId: string;
  readonly quantity: Quantity;
  /** The outlet's own price; null: the catalogue's. */
  readonly price: Minor | null;
  readonly oldPrice: Minor | null;
}

/** What of a cart decides about prices and stock. */
export interface PricePlace {
  /** Ids of the city and of its region, narrowest first, lower case. */
  readonly cities: readonly string[];
  readonly priceTier: string | null;
  /** The outlet the goods come from, where the stock feed knows it; null: any. */
  readonly outletId: string | null;
}

/**
 * The offer that the cart sees. The narrowest word counts, separately for price, old price and availability:
 * tier in the city, tier in the region, tier, outlet, city, region, default. A tier goes first because it was promised to the
 * person. An old price not above the price is dropped. Stock: the outlet's quantity (0 where it has none), without an outlet
 * the sum of all; null where no outlet has ever told.
 */
export function resolveOffer(offer: CatalogueOffer, stock: readonly OutletStock[], place: PricePlace): Offer {
  const { variants, ...rest } = offer;
  const atOutlet = stock.find((entry) => entry.outletId === place.outletId);
  const pick = <Word>(read: (variant: OfferVariant) => Word | null, outlet: Word | null, usual: Word): Word =>
    narrowest(variants, place, read, outlet) ?? usual;
  const price = pick((variant) => variant.price, atOutlet?.price ?? null, offer.price);
  const oldPrice = pick<Minor | null>(
    (variant) => variant.oldPrice,
    atOutlet?.oldPrice ?? null,
    offer.oldPrice,
  );
  return {
    ...rest,
    price,
    oldPrice: oldPrice !== null && oldPrice > price ? oldPrice : null,
    isAvailable: pick((variant) => variant.isAvailable, null, offer.isAvailable),
    stock: left(stock, place.outletId, atOutlet),
  };
}

const OUTLET_RANK = 1000;
const DEFAULT_RANK = 2000;

function narrowest<Word>(
  variants: readonly OfferVariant[],
  place: PricePlace,
  read: (variant: OfferVariant) => Word | null,
  outlet: Word | null,
): Word | null {
  let best = outlet;
  let bestRank = outlet === null ? DEFAULT_RANK : OUTLET_RANK;
  for (const variant of variants) {
    const word = read(variant);
    if (word === null) continue;
    const rank = rankOf(variant, place);
    if (rank >= bestRank) continue;
    best = word;
    bestRank = rank;
  }
  return best;
}

/** Lower is narrower; DEFAULT_RANK: does not apply to this cart. */
function rankOf(variant: OfferVariant, place: PricePlace): number {
  if (variant.tier !== null && variant.tier !== place.priceTier) return DEFAULT_RANK;
  const city = variant.city === null ? OUTLET_RANK - 1 : place.cities.indexOf(variant.city);
  if (city < 0) return DEFAULT_RANK;
  return variant.tier === null ? OUTLET_RANK + 1 + city : city;
}

function left(
  stock: readonly OutletStock[],
  outletId: string | null,
  atOutlet: OutletStock | undefined,
): Quantity | null {
  if (stock.length === 0) return null;
  if (outletId !== null) return atOutlet?.quantity ?? quantity(0);
  let sum = 0;
  for (const entry of stock) sum += entry.quantity;
  return quantity(sum);
}
