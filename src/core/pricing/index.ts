// The door of pricing.
export {
  type CatalogueOffer,
  type OfferVariant,
  type OutletStock,
  type PricePlace,
  resolveOffer,
} from "./catalogue-offer.ts";
export type { Offer } from "./facts.ts";
export type { ProgrammeDocument } from "./programme.ts";
export type * from "./promotion.ts";
