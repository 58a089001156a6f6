// The door of the flows: what the product does, one file per verb.
export { type AnsweredOnce, OnceKeeper, REPEAT_AGE, type Run } from "./answer-once.ts";
export {
  type ApplyOptions,
  applyPromotion,
  applyRules,
  dropPromotion,
  type RulesApplied,
  type RulesChange,
  returnToVersion,
  rulesHistory,
  rulesVersion,
} from "./apply-rules.ts";
export {
  acceptHeldImport,
  findImport,
  findImports,
  findOffer,
  findOffers,
  findOutlets,
  writeOutlet,
} from "./browse-catalogue.ts";
export { BOOK_WAITING, CalculationBook } from "./calculation-book.ts";
export type { Calculation, QuoteMaker } from "./calculation-text.ts";
export type { CartRequest, RequestedLine } from "./cart-request.ts";
export {
  checkGiftCards,
  GIFT_CARDS_LIMIT,
  type GiftCardCheck,
  type GiftCardStatus,
  giftNumber,
  giftNumberHash,
  giftPinHash,
  type TypedGiftCard,
} from "./check-gift-cards.ts";
export { warningsOf } from "./check-promotions.ts";
export { differenceLines, type RulesDifference } from "./compare-rules.ts";
export {
  type ClientWithCalls,
  createClient,
  listClients,
  listClientsWithCalls,
  type NewCredentials,
  revokeClient,
  rotateSecret,
} from "./create-client.ts";
export type { BackupManifest } from "./describe-backup.ts";
export { type Explanation, explain, explanationText, quantityText, roublesText } from "./explanation.ts";
export type { Language } from "./explanation-words.ts";
export type {
  FeedEvent,
  FileBroken,
  FileProblem,
  Reading,
  StockEvent,
} from "./feed-events.ts";
export type { EntryFault, FileReport } from "./file-report.ts";
export { codeFacts, codeFactsOfList } from "./find-code.ts";
export { type CustomerNames, customerFacts, knownCustomerFacts } from "./find-customer.ts";
export {
  FEEDBACK_PAGE_LIMIT,
  findDelivery,
  findFeedbackPage,
  findRatings,
  findUnusableDeliveries,
  findUnusableHeads,
  type RatingHistory,
} from "./find-feedback.ts";
export { type BodiesForgotten, forgetBodies } from "./forget-bodies.ts";
export { type CalculationsForgotten, forgetCalculations } from "./forget-calculations.ts";
export { forgetCarts, STORED_CART_AGE } from "./forget-carts.ts";
export type { House } from "./house.ts";
export { importBalances } from "./import-balances.ts";
export { type CodesImported, importCodes } from "./import-codes.ts";
export { acceptHeldFeed, importFeed } from "./import-feed.ts";
export { importGiftCards } from "./import-gift-cards.ts";
export { importMembers } from "./import-members.ts";
export { importOrders } from "./import-orders.ts";
export { importOutlets, type OutletRead } from "./import-outlets.ts";
export {
  exportProgramme,
  exportPromotions,
  importProgramme,
  importPromotions,
  type RulesImported,
} from "./import-rules.ts";
export type { ImportOutcome } from "./import-run.ts";
export { importServices } from "./import-services.ts";
export { importStock } from "./import-stock.ts";
export {
  checkSecret,
  checkToken,
  createTokenPolicy,
  issueToken,
  TOKEN_GRACE_MS,
  type TokenPolicy,
} from "./issue-token.ts";
export { type Caller, KeyRing } from "./key-ring.ts";
export { FailedTries, RateLimit, retryAfter, sourceOf } from "./limit-rate.ts";
export type { Lowering } from "./lower-quantities.ts";
export { type BackupMade, type BackupSource, makeBackup, pruneBackups } from "./make-backup.ts";
export { createKey, type KeyCreated, keysOf, revokeChannelKey } from "./manage-keys.ts";
export {
  ACTIVE_TOKENS_LIMIT,
  createToken,
  revokeApiToken,
  type TokenCreated,
  type TokenWish,
  tokensOf,
} from "./manage-tokens.ts";
export { extraServicesFor } from "./offer-services.ts";
export {
  type CartAnswer,
  type CartDesk,
  type CartSettings,
  type QuotedCart,
  quoteCart,
} from "./quote-cart.ts";
export {
  CALCULATIONS_PAGE,
  type CalculationPage,
  type CalculationSummary,
  findCalculations,
  readCalculation,
} from "./read-calculation.ts";
export { type CartRead, cartOf, readCart } from "./read-cart.ts";
export { readDocument } from "./read-document.ts";
export {
  type Authored,
  type AuthoredProblem,
  problemLine,
  problemsOfSet,
  readProgramme,
  readPromotions,
} from "./read-promotions.ts";
export { receiveFeedback } from "./receive-feedback.ts";
export {
  type RatingReading,
  type RatingReceipt,
  type RatingView,
  ratingsOf,
  receiveRating,
} from "./receive-rating.ts";
export {
  type BackupRestored,
  type BackupVerified,
  type RestoreTarget,
  restoreBackup,
  verifyBackup,
} from "./restore-backup.ts";
export { documentsOf, type RuleDocuments } from "./rule-documents.ts";
export { DraftShelf, RULE_SHELF_AGE, RuleShelf, type ShelvedRules } from "./rule-shelf.ts";
export { createSecrets, type Secrets } from "./secrets.ts";
export { GROUP_AGE, rememberGroup, shareGroup } from "./share-group.ts";
export { type CartSync, syncCart } from "./sync-cart.ts";
export { type ApiCaller, TokenRing } from "./token-ring.ts";
export { requestOf, type TryDesk, tryCart } from "./try-cart.ts";
