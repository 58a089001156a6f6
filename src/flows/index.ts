// The door of the flows: what the product does, one file per verb. Long, because a room has one door and this is its list.

export type { PointsEvent } from "../storage/index.ts";
export { answerLedger } from "./answer-ledger.ts";
export {
  answerMany,
  type ManyAnswered,
  type ManyRefused,
  type ManyWish,
  previewMany,
  undoMany,
} from "./answer-many.ts";
export { OnceKeeper, REPEAT_AGE } from "./answer-once.ts";
export {
  answerBudgets,
  answerDeadline,
  answerMonth,
  answerPlaces,
  answerTemplates,
  dropAnswerTemplate,
  readAnswerPolicy,
  saveAnswerTemplate,
  setAnswerBudget,
  switchAnswerPlace,
  type TemplateSaved,
  writeAnswerPolicy,
} from "./answer-rules.ts";
export {
  applyPromotion,
  applyRules,
  dropPromotion,
  type RulesApplied,
  returnToVersion,
  rulesHistory,
  rulesVersion,
} from "./apply-rules.ts";
export { auditedHouse } from "./audit-calls.ts";
export {
  type BackupBegun,
  type BackupCheck,
  BackupDesk,
  type BackupWork,
  type KnownBackup,
} from "./backup-desk.ts";
export { blockCode } from "./block-code.ts";
export {
  decideHeldImport,
  findChanges,
  findImport,
  findImports,
  findOffer,
  findOffers,
  findOutlets,
  findSections,
  type ImportDecided,
  writeOutlet,
} from "./browse-catalogue.ts";
export { CalculationBook } from "./calculation-book.ts";
export { CallTally } from "./call-tally.ts";
export { canonicalJson, sha256 } from "./canonical-json.ts";
export type { CartRequest, RequestedLine, SupposedCustomer } from "./cart-request.ts";
export { MOST_CHANGES } from "./change-book.ts";
export {
  CANCELLABLE,
  changeOrderStatus,
  type StatusDesk,
  type StatusOutcome,
  type StatusWish,
  statusCode,
  statusOf,
} from "./change-order-status.ts";
export { type GiftCardStatus, giftNumberHash, giftPinHash, type TypedGiftCard } from "./check-gift-cards.ts";
export {
  claimUses,
  releaseUses,
  type UsesClaimed,
} from "./claim-uses.ts";
export type { CodesImported } from "./code-report.ts";
export { CodeTries } from "./code-tries.ts";
export { differenceLines, type RulesDifference } from "./compare-rules.ts";
export type { PlacedOrder } from "./compose-order.ts";
export { type CorrectionLimits, findWaitingCorrections } from "./correct-points.ts";
export {
  createClient,
  listClients,
  listClientsWithCalls,
  revokeClient,
  rotateSecret,
} from "./create-client.ts";
export { SHEET_MARK, safeCell, sheetRow } from "./csv-cell.ts";
export { textFile } from "./csv-stream.ts";
export { customerKeyOf, NOBODY } from "./customer-key.ts";
export {
  type AttemptResult,
  type EndedAttempt,
  IN_FLIGHT,
  LANE_LEASE_MS,
  takeTurn,
} from "./deliver-events.ts";
export { findDeskOrder, showDeskPerson } from "./desk-orders.ts";
export type { DeskPolicy } from "./desk-policy.ts";
export {
  dropDeskView,
  findDeskViews,
  findDeskWords,
  keepDeskView,
  type ViewOutcome,
} from "./desk-views.ts";
export { doubtText } from "./doubt-text.ts";
export {
  type AnswerDrafted,
  type DraftRefusal,
  type DraftWish,
  draftAnswer,
  dropDraft,
  findAnswers,
  offerAnswer,
  readAnswer,
  rewriteDraft,
} from "./draft-answer.ts";
export { type Effect, tallyJson, tallyOf } from "./draft-tally.ts";
export { endMute, findMutes } from "./end-mute.ts";
export {
  type ErasureAct,
  type ErasureOutcome,
  erasePerson,
  findErasure,
  findErasures,
} from "./erase-person.ts";
export { erasurePage } from "./erasure-page.ts";
export { erasureText } from "./erasure-text.ts";
export { activatePoints, expirePoints, releaseStaleHolds } from "./expire-points.ts";
export { explain, explanationText, roublesText } from "./explanation.ts";
export type { Language } from "./explanation-words.ts";
export { exportCustomer } from "./export-customer.ts";
export { deskTable, TABLE_FORMATS } from "./export-desk.ts";
export { findLedgerEntries, ledgerTable } from "./export-ledger.ts";
export { type ExportedOrders, orderLines, ordersTable } from "./export-orders.ts";
export { ExportShelf } from "./export-shelf.ts";
export { extendStorage, mayExtend, type StorageTerms } from "./extend-storage.ts";
export type { FeedEvent, FileProblem, Reading, StockEvent } from "./feed-events.ts";
export type { FileReport } from "./file-report.ts";
export {
  ATTENTION_KINDS,
  type AttentionTerms,
  type ListLink,
} from "./find-attention.ts";
export { findAuditEntries } from "./find-audit.ts";
export { codeFactsOfList } from "./find-code.ts";
export { type CustomerNames, customerOfIdentifier } from "./find-customer.ts";
export {
  countDesk,
  DESK_COUNT_LIMIT,
  filterProblemText,
  findDeskItem,
  findDeskItems,
  findDeskStory,
  isDeskZone,
  readDeskFilter,
} from "./find-desk.ts";
export {
  findDelivery,
  findFeedbackPage,
  findRatings,
  findUnusableHeads,
  type RatingHistory,
} from "./find-feedback.ts";
export {
  findOrder,
  findOrderHeads,
  findOrders,
  type OrderView,
  type OrderWish,
  type WholeOrder,
} from "./find-orders.ts";
export { findDeskQueue, type QueuedFind, type QueuePlace } from "./find-queue.ts";
export {
  type DeliveryView,
  deliveriesOf,
  deliveryOf,
  endpointHealth,
  itemDeliveries,
  replayEvents,
} from "./follow-deliveries.ts";
export { followOrder, type OrderTrail } from "./follow-order.ts";
export { forgetBodies } from "./forget-bodies.ts";
export { forgetCalculations } from "./forget-calculations.ts";
export { forgetCarts } from "./forget-carts.ts";
export { forgetErasureActs } from "./forget-erasures.ts";
export { forgetUses } from "./forget-uses.ts";
export { forgetWords, type WordsKept } from "./forget-words.ts";
export {
  type CodesGenerated,
  generateCodes,
} from "./generate-codes.ts";
export { handToEndpoint } from "./hand-to-endpoint.ts";
export type { House } from "./house.ts";
export {
  type BalancesImported,
  type BalancesUndone,
  findBalanceImports,
  importBalances,
  undoBalances,
} from "./import-balances.ts";
export { importCodes } from "./import-codes.ts";
export { acceptHeldFeed, importFeed } from "./import-feed.ts";
export { type FeedbackImported, importFeedback } from "./import-feedback.ts";
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
export { issueLoyaltyCode, verifyLoyaltyCode } from "./issue-loyalty-code.ts";
export { checkSecret, checkToken, createTokenPolicy, issueToken, type TokenPolicy } from "./issue-token.ts";
export { findingLine, judgePublication, unanalysedLines } from "./judge-publication.ts";
export { keepAudit, proveAudit } from "./keep-audit.ts";
export { type CalculationCase, dropCase, findCases, keepCase } from "./keep-cases.ts";
export {
  beginRuleDraft,
  catchUpRuleDraft,
  changeRuleDraft,
  dropRuleDraft,
  findRuleDraft,
  findRuleDrafts,
  publishDraft,
  type RuleDraft,
  type RuleDraftHead,
  type RuleDraftKept,
  renameRuleDraft,
  withPromotion,
} from "./keep-rule-drafts.ts";
export { isWithinStores, ordersNamed, outletsOf } from "./keep-to-stores.ts";
export { keepUnusable } from "./keep-unusable.ts";
export { KeyRing } from "./key-ring.ts";
export { FailedTries, RateLimit, retryAfter, sourceOf } from "./limit-rate.ts";
export { usesOfPromotion } from "./limit-report.ts";
export { limitFacts } from "./limits.ts";
export { lookAtItem, openItems } from "./look-at-item.ts";
export { type BackupSource, makeBackup, pruneBackups } from "./make-backup.ts";
export {
  dropAlertRule,
  findAlertRules,
  keepAlertRule,
  type RuleOutcome,
} from "./manage-alert-rules.ts";
export {
  type CodeWithUses,
  codeTable,
  findBatch,
  findBatches,
  findCodes,
  switchBatch,
} from "./manage-batches.ts";
export {
  type CustomerView,
  findCustomers,
  viewCustomer,
  writeCustomer,
  writeIdentities,
} from "./manage-customers.ts";
export {
  type DestinationOutcome,
  type DestinationRefusal,
  dropDestination,
  findDestinations,
  findMessages,
  keepDestination,
  tryDestination,
} from "./manage-destinations.ts";
export {
  changeEndpoint,
  createEndpoint,
  disableEndpoint,
  dropEndpoint,
  type EndpointChanged,
  type EndpointMade,
  type EndpointRefusal,
  type EndpointView,
  type EndpointWish,
  enableEndpoint,
  endpointOf,
  endpointsOf,
  followImshopSetting,
  rotateEndpointSecret,
  testEndpoint,
} from "./manage-endpoints.ts";
export { createKey, keysOf, revokeChannelKey } from "./manage-keys.ts";
export {
  dropPerson,
  editPerson,
  endSessionsOf,
  findPerson,
  invitePerson,
  makePersonLink,
  type PersonKept,
  peopleOf,
} from "./manage-people.ts";
export {
  decideCorrection,
  makeCorrection,
  readLotsOf,
  readPointsOf,
  writeBalance,
} from "./manage-points.ts";
export {
  changePassword,
  type OwnSession,
  type ProofRefused,
  refresh,
  sessionsOf,
  setOwnSettings,
  signOut,
} from "./manage-sessions.ts";
export { createToken, revokeApiToken, tokensOf } from "./manage-tokens.ts";
export { findMerges, mergeCustomers } from "./merge-customers.ts";
export { type MoveOutcome, type MovePlan, type MoveStep, moveDatabase } from "./move-database.ts";
export { nameGoods } from "./name-goods.ts";
export { type EventNote, noteEvent } from "./note-event.ts";
export { dropTrendNote, findTrendNotes, writeTrendNote } from "./note-trend.ts";
export { orderAmounts } from "./order-amounts.ts";
export type { OrderDifference, OrderRequest } from "./order-request.ts";
export type { OrderLine } from "./order-terms.ts";
export { Passwords } from "./passwords.ts";
export { batchMistake, patternMistake, type WishField } from "./pattern-text.ts";
export type {
  Begun,
  PeopleDesk,
  SessionTerms,
  Whence,
} from "./people-desk.ts";
export { type OrderOutcome, placeOrder } from "./place-order.ts";
export { type PlacedOrFailed, placeOrders } from "./place-orders.ts";
export { FEEDBACK_COLUMNS, type FeedbackColumn } from "./plan-feedback.ts";
export { previewRules, type RulesPreviewed } from "./preview-rules.ts";
export type { OrderDesk } from "./price-order.ts";
export { publishEvents } from "./publish-events.ts";
export { IMSHOP_ENDPOINT, pushStatus, type StatusPush } from "./push-status.ts";
export {
  type AnswerMoved,
  approveAnswer,
  declineAnswer,
  type MoveRefusal,
  resolveAnswer,
  sendAnswer,
  undoAnswer,
} from "./queue-answer.ts";
export { type DigestTime, queueDigest } from "./queue-notices.ts";
export { type CartDesk, type QuotedCart, quoteCart } from "./quote-cart.ts";
export {
  findCalculations,
  findCalculationsWithVerdict,
  type RetoldCalculation,
  readCalculation,
} from "./read-calculation.ts";
export { readCart } from "./read-cart.ts";
export { type ChannelTraffic, readChannels } from "./read-channels.ts";
export { readDigest } from "./read-digest.ts";
export { readDocument } from "./read-document.ts";
export { eventOf, forgetOldEvents, readEvents } from "./read-events.ts";
export {
  compareNumbers,
  readDashboard,
  SECTIONS,
  type Section,
} from "./read-numbers.ts";
export { type Figure, readOverview, type Span } from "./read-overview.ts";
export {
  type AuthoredProblem,
  problemLine,
  problemsOfSet,
  readProgramme,
  readPromotions,
} from "./read-promotions.ts";
export { makeSupportBundle, readSystem, type SystemParts, type SystemView } from "./read-system.ts";
export { readWindows, type StarNumbers } from "./read-windows.ts";
export { type FeedbackReceipt, receiveFeedback } from "./receive-feedback.ts";
export { type RatingReading, type RatingReceipt, ratingsOf, receiveRating } from "./receive-rating.ts";
export { recountFeedback } from "./recount-desk.ts";
export { repeatCalculation, rulesToTry } from "./repeat-calculation.ts";
export { type CheckTally, newCheck, replayCalculations } from "./replay-calculations.ts";
export { newDraftReplay, replayUnderDraft } from "./replay-draft.ts";
export { checkReport, draftReport } from "./replay-report.ts";
export type { ReplayPlan, ReplayState } from "./replay-run.ts";
export { checkLines, draftLines } from "./replay-text.ts";
export { type LoyaltyReport, reportLoyalty } from "./report-loyalty.ts";
export { auditPoints, findPointsHistory } from "./report-points.ts";
export { reprocessFeedback } from "./reprocess-feedback.ts";
export { type BodyReaders, rereadBodies } from "./reread-bodies.ts";
export { restoreBackup, verifyBackup } from "./restore-backup.ts";
export { previewReturn, type ReturnOutcome, returnOrder } from "./return-order.ts";
export { documentsOf } from "./rule-documents.ts";
export { DraftShelf, FixedShelf, RuleShelf, type ShelvedRules } from "./rule-shelf.ts";
export { searchOrders } from "./search-orders.ts";
export { dropSecondFactor, offerSecondFactor, proveSecondFactor } from "./second-factor.ts";
export { createSecrets, type Secrets } from "./secrets.ts";
export {
  findDueDestinations,
  forgetOldNotices,
  freeOwnTurns,
  settleNotice,
  type TakenNotice,
  takeNotice,
} from "./send-notices.ts";
export { SessionRing } from "./session-ring.ts";
export { brokenShift, findDeskPolicy, setDeskPolicy } from "./set-desk-policy.ts";
export { setPoints } from "./set-points.ts";
export {
  ANSWER_LEASE_MS,
  ANSWERS_AT_ONCE,
  endOwnLeases,
  type SettledAnswer,
  settleAnswer,
  sweepLostAnswers,
  takeAnswers,
} from "./settle-answer.ts";
export { type BoardEntry, showBoard } from "./show-board.ts";
export { SignInBrake } from "./sign-in-brake.ts";
export { signIn } from "./sign-in-person.ts";
export { simulateOnOrders } from "./simulate-programme.ts";
export { type CodeTold, tellCode } from "./tell-code.ts";
export { table } from "./text-table.ts";
export { type ApiCaller, type CallingPerson, TokenRing } from "./token-ring.ts";
export { factsToTry, requestOf, type TrySettings, tryCart } from "./try-cart.ts";
export { type CaseTried, tryCases } from "./try-cases.ts";
export { withoutDates } from "./undated-rules.ts";
export { type FeedbackUndone, findFeedbackImports, undoFeedbackImport } from "./undo-feedback-import.ts";
export {
  LINK_MS,
  lookAtLink,
  makeFirstLink,
  spendLink,
} from "./use-link.ts";
export {
  type AlarmAct,
  actOnAlarm,
  findAlarms,
  namesOfPlaces,
  watchDesk,
} from "./watch-desk.ts";
export { placeOf } from "./watched-places.ts";
export { webhookBody } from "./webhook-body.ts";
export {
  type Work,
  workOn,
  workOnMany,
} from "./work-on.ts";
export { writeNotice } from "./write-notice.ts";
