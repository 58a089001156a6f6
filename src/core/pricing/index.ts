// The door of pricing: compile rules once, price carts with them; everything else stays inside.
export { AuthoredReader, type BothTexts, bothTexts } from "./authored.ts";
export type { Cart, CartLine, Channel, Choice } from "./cart.ts";
export { type CartDocument, cartOf } from "./cart-document.ts";
export {
  type CatalogueOffer,
  type OfferVariant,
  type OutletStock,
  type PricePlace,
  resolveOffer,
} from "./catalogue-offer.ts";
export { readMoment, UTC, type Zone, zoneOf } from "./clock.ts";
export { CODE_ALPHABET } from "./code-alphabet.ts";
export { foldCode } from "./code-folding.ts";
export {
  batchProblem,
  type CodePattern,
  fillPattern,
  PATTERN_LIMIT,
  type PatternProblem,
  ROOM_FACTOR,
  readPattern,
} from "./code-pattern.ts";
export { compileRules } from "./compile.ts";
export { type Rivalry, rivalryOf } from "./conflicts.ts";
export { ENGINE_VERSION } from "./engine-version.ts";
export type { CodeFacts, CustomerFacts, Facts, LimitFacts, Offer } from "./facts.ts";
export { compileGoods, type GoodsTest, keysOfGoods } from "./goods.ts";
export {
  brokenLimit,
  type CounterKey,
  type CounterKind,
  countersOf,
  type LimitCounter,
  type LimitName,
  narrowed,
  wholeLimits,
} from "./limit-counters.ts";
export { type Lowering, lowerQuantities, NOT_LOWERED } from "./lower-quantities.ts";
export { type Detail, price } from "./price.ts";
export type { Programme, ProgrammeDocument } from "./programme.ts";
export { compileProgramme } from "./programme-terms.ts";
export type * from "./promotion.ts";
export type {
  CodeOutcome,
  FailedCondition,
  LineProblem,
  Notice,
  OfferedGroup,
  Quote,
  QuoteLine,
  UnitGroup,
  Unlock,
  Verdict,
} from "./quote.ts";
export { MOST_QUANTITY } from "./reading.ts";
export { stripGifts } from "./returned-gifts.ts";
export type { MoneyEffect, Rule, RuleBounds } from "./rule.ts";
export type { Rules } from "./rules.ts";
