// The door of storage: the only room that knows SQL. Long, because a room has one door and this is its list.

export {
  type AnswerAttempt,
  agedOutcomes,
  attemptsOfAnswer,
  claimAnswers,
  endAttempt,
  endLeases,
  lostAnswers,
} from "./answer-attempts.ts";
export {
  type BudgetMonth,
  type BudgetUse,
  branchBudget,
  budgetsOfMonth,
  budgetUse,
  claimBudget,
  claimCoolDown,
  coolDownSince,
  NO_BRANCH,
  returnBudget,
  returnCoolDown,
  setBranchBudget,
} from "./answer-budgets.ts";
export {
  type AnswerPlace,
  isSubscribed,
  listAnswerPlaces,
  listTemplates,
  removeTemplate,
  type StoredTemplate,
  saveAnswerPlace,
  saveTemplate,
  templateById,
} from "./answer-rules.ts";
export {
  type AnswerableFeedback,
  answerableFeedback,
  type GivenPromo,
  lastCustomerNames,
  lastPromo,
  outletName,
  showAnswer,
} from "./answer-subjects.ts";
export {
  type AnswerAddress,
  type AnswerPatch,
  type AnswerQuery,
  type AnswerWords,
  answerById,
  answersOfItem,
  insertAnswer,
  lastTextKeys,
  listAnswers,
  moveAnswer,
  removeDraft,
  rewriteAnswer,
  type StoredAnswer,
} from "./answers.ts";
export {
  type AuditEntry,
  type AuditFilter,
  type AuditNote,
  addAuditEntry,
  auditEntries,
  findAudit,
  lastAuditEntry,
} from "./audit.ts";
export {
  addBalanceRows,
  type BalanceImport,
  balanceImportById,
  balanceRows,
  beginBalanceImport,
  listBalanceImports,
  lockBalanceImport,
  noteNotUndone,
  turnBalanceImport,
  usedOfImport,
} from "./balance-imports.ts";
export {
  addCalculationCase,
  type CalculationCaseRecord,
  countCalculationCases,
  listCalculationCases,
  removeCalculationCase,
} from "./calculation-cases.ts";
export { type GoodsRecord, goodsByHash, noteGoods, removeGoods } from "./calculation-goods.ts";
export {
  addCalculations,
  type CalculationFilter,
  type CalculationPlace,
  type CalculationRecord,
  type CalculationSpan,
  calculationById,
  calculationRoom,
  countCalculations,
  instantOfLast,
  latestCalculations,
  listCalculations,
  oldestCalculation,
  outletCartHours,
  removeCalculations,
  walkCalculations,
} from "./calculations.ts";
export {
  claimCartGroup,
  claimStoredCart,
  forgetCartGroups,
  forgetStoredCarts,
  readCartGroup,
  readStoredCart,
  saveCartGroup,
  saveStoredCart,
} from "./carts.ts";
export {
  type CatalogueChange,
  CHANGE_KINDS,
  type ChangeKind,
  changesOfImport,
  saveChanges,
} from "./catalogue-changes.ts";
export {
  discardStaged,
  hasLeftovers,
  markLeftovers,
  publishCatalogue,
  type Staged,
  type StagedAs,
  stageOffers,
  stageSections,
  stageVanished,
  sweepOutlived,
} from "./catalogue-staging.ts";
export { type ChannelHeard, channelHeard } from "./channel-calls.ts";
export {
  addCodeBatch,
  type CodeBatch,
  codeBatchById,
  codeBatchByName,
  codesOfBatch,
  countIntoBatch,
  lastPlace,
  listCodeBatches,
  lockCodeBatch,
  removeCodeBatch,
  removeCodesOfBatch,
  switchCodeBatch,
} from "./code-batches.ts";
export {
  blockedAmong,
  type CodeBlock,
  codeBlockOf,
  holdCode,
  putCodeBlock,
} from "./code-blocks.ts";
export { openUsesOfCode, type UseOfCode, usesOfCode } from "./code-uses.ts";
export { CUSTOMER_SOURCES, itemIdsOf, rowsOfSource } from "./customer-export.ts";
export {
  addMerge,
  type CustomerMerge,
  listMerges,
  lockCustomers,
  mergeOf,
  moveCarts,
  moveCoolDown,
  moveFeedback,
  moveIdentities,
  moveOrders,
  movePersonalCodes,
  moveUses,
} from "./customer-merges.ts";
export {
  type Customer,
  type CustomerSearch,
  type CustomerWithBalance,
  countIdentities,
  forgetIdentities,
  type IdentityKind,
  idsOfCustomer,
  isCustomerKnown,
  lockCustomer,
  ownerOfIdentity,
  ownersOfIdentities,
  readCustomer,
  readCustomerByIdentity,
  saveCustomer,
  saveIdentity,
  searchCustomers,
  survivorOf,
  survivorsOf,
  tiersOf,
} from "./customers.ts";
export {
  CommitUnknown,
  type Database,
  DatabaseUnavailable,
  type EngineName,
  EngineRefused,
  type Tx,
  WriteQueueFull,
} from "./database.ts";
export {
  beginMove,
  closeTables,
  discardMove,
  endMove,
  highestNumbers,
  ledgerSum,
  type MovePlace,
  movePlace,
  moveTarget,
  noteMovePlace,
  openTables,
} from "./database-move.ts";
export {
  type Delivery,
  type DeliveryHead,
  deliveriesWithBody,
  deliveryById,
  emptyBodies,
  insertDelivery,
  listUnusableDeliveries,
  listUnusableHeads,
} from "./deliveries.ts";
export {
  alarmById,
  alarmsOfPlace,
  keepWatch,
  listAlarms,
  type MutedWatch,
  moveAlarm,
  mutedWatches,
  muteWatch,
  raiseAlarm,
  type StoredAlarm,
  wakeAlarms,
  watchedDays,
  watchOf,
} from "./desk-alarms.ts";
export {
  type AlertRule,
  alertRules,
  removeAlertRule,
  saveAlertRule,
} from "./desk-alert-rules.ts";
export { type DishCount, dishCounts, dishNames } from "./desk-dishes.ts";
export { type DeskRow, deskRows } from "./desk-export.ts";
export {
  type DeskRecord,
  deskItem,
  deskItemsById,
  insertDeskItem,
  markDisputed,
  retellDeskItem,
  starsOfOrder,
  type ToldItem,
} from "./desk-items.ts";
export {
  countDeskItems,
  DESK_SORTS,
  type DeskPage,
  type DeskPlace,
  type DeskSort,
  deskSeqs,
  listDeskItems,
} from "./desk-lists.ts";
export { looksAtItem, noteLook, type OpenLook, openLooks } from "./desk-looks.ts";
export { isTallied } from "./desk-months.ts";
export { type BranchDay, branchDays, type TallySlice, talliesOf } from "./desk-numbers.ts";
export {
  branchById,
  branchOfPlace,
  type DeskBranch,
  type DeskOrder,
  lockDeskOrder,
  orderOfDesk,
} from "./desk-orders.ts";
export { type PartSlice, partsByFilter } from "./desk-parts.ts";
export {
  listDeskQueue,
  NEVER,
  QUEUE_SORTS,
  type QueueMoment,
  type QueueSort,
} from "./desk-queue.ts";
export { holdDesk, recountDesk, tallyHash, tallyText } from "./desk-recount.ts";
export { type DeskSourceHead, feedbackHeads, feedbackHistory, ratingHeads } from "./desk-sources.ts";
export {
  deskDishes,
  deskItemsOfOrder,
  deskViewOwner,
  employeeOfOrder,
  type NamedDish,
} from "./desk-story.ts";
export {
  type CountedChange,
  countDeskChanges,
  countDeskItem,
  type FirstAnswer,
  noteFirstAnswer,
} from "./desk-tallies.ts";
export { answerLags, firstAnswers, lowRaters, openWork } from "./desk-team.ts";
export { addDeskThread, deskThread, type NumberedEntry } from "./desk-thread.ts";
export {
  addDeskWord,
  type DeskView,
  deskIdOf,
  deskSetting,
  deskViews,
  deskWords,
  patchDeskItem,
  removeDeskView,
  saveDeskView,
  waitForWork,
  writeDeskSetting,
} from "./desk-work.ts";
export {
  CopyUnusable,
  countDump,
  dumpPostgres,
  inspectCopy,
  restorePostgres,
} from "./engines/copies.ts";
export { isHeld } from "./engines/file-lock.ts";
export {
  addErasure,
  answersOnTheirWay,
  type ErasedOrder,
  type ErasureRow,
  eraseOrder,
  erasureById,
  forgetErasures,
  itemIdsOfOrders,
  listErasures,
  ordersOfCustomer,
  sourceOfId,
  sourceOfMoment,
  sourceOfRating,
} from "./erasure.ts";
export { eraseCartsOf, eraseEvents, withoutNeedles } from "./erasure-copies.ts";
export { eraseBodiesWith, eraseCustomerRows, eraseToldTo } from "./erasure-customer.ts";
export {
  eventById,
  eventSpan,
  eventsOfKinds,
  forgetEvents,
  hasEvent,
  hasUnnumbered,
  insertEvent,
  listEvents,
  type NumberSpan,
  numberEvents,
  type StoredEvent,
} from "./events.ts";
export { listExtraServices, replaceExtraServices } from "./extra-services.ts";
export {
  countDelivery,
  type FeedbackArrival,
  findFeedback,
  insertFeedback,
  lockFeedback,
  readFeedbackContent,
  reviseFeedback,
} from "./feedback.ts";
export {
  type KeptBody,
  mendRating,
  mendRecord,
  mendRevision,
  ratingsWithBodies,
  revisionsWithBodies,
} from "./feedback-bodies.ts";
export {
  addImportRow,
  beginFeedbackImport,
  beginFeedbackUndo,
  countImported,
  type FeedbackImport,
  feedbackImportById,
  finishFeedbackImport,
  finishFeedbackUndo,
  type ImportedRecord,
  importedRecords,
  isImported,
  isRowTaken,
  listFeedbackImports,
  lockFeedbackImport,
  releaseImportRow,
  removeImported,
  untouchedOrder,
} from "./feedback-imports.ts";
export { assignFeedback, isPlaceKnown } from "./feedback-places.ts";
export { type FeedbackQuery, type FeedbackView, listFeedback } from "./feedback-views.ts";
export {
  addErasedSources,
  erasedSalt,
  forgetBodiesOf,
  forgetItemWords,
  forgetNameIn,
  forgetRating,
  forgetRecord,
  forgetThread,
  forgottenOf,
  isSourceErased,
  keepErasedSalt,
  lockRecord,
  namesOf,
  noteForgotten,
  type OutlivedRecord,
  outlivedRatings,
  outlivedRecords,
} from "./forgetting.ts";
export { type GiftCard, type GiftCardState, readGiftCards, saveGiftCard } from "./gift-cards.ts";
export {
  addHourCounts,
  countCarts,
  forgetHourCounts,
  HOUR_MS,
  type HourCount,
  hourCounts,
} from "./hour-counts.ts";
export {
  claimRepeatKey,
  keepRepeatAnswer,
  keptAnswers,
  type RepeatKey,
  releaseRepeatKey,
  replaceKeptAnswer,
} from "./idempotency.ts";
export {
  beginImport,
  type FileValidators,
  finishImport,
  type ImportCounts,
  type ImportKind,
  type ImportRecord,
  type ImportState,
  importById,
  lastValidators,
  latestImports,
  lockCatalogue,
  type ProblemCount,
  touchImport,
} from "./imports.ts";
export {
  addKey,
  addToken,
  listKeys,
  listTokens,
  revokeKey,
  revokeToken,
  type StoredKey,
  type StoredToken,
  touchKey,
  touchToken,
} from "./keys.ts";
export {
  claimJob,
  finishJob,
  isJobDue,
  type JobLease,
  leaseTime,
  listLeases,
  renewJob,
} from "./leases.ts";
export {
  changeUses,
  inheritUse,
  noteOrderUses,
  type OrderUse,
  readUses,
  releaseOrderUses,
  takeUses,
  type UseChange,
  usesHeldBy,
} from "./limit-uses.ts";
export {
  addLoyaltyNumber,
  type LoyaltyNumber,
  lockLoyaltyNumber,
  loyaltyNumberOf,
  saveLoyaltyNumber,
} from "./loyalty-numbers.ts";
export {
  countRows,
  endProbe,
  moveTablesAside,
  newestMigration,
  probeWrite,
  tableNames,
} from "./maintenance.ts";
export { migrate, planMigration, schemaVersion } from "./migrate.ts";
export {
  DESTINATION_KINDS,
  type Destination,
  type DestinationKind,
  type DestinationState,
  type DestinationTerms,
  destinationById,
  listDestinations,
  NOTICE_TOPICS,
  noteDestinationProblem,
  removeDestination,
  saveDestination,
} from "./notice-destinations.ts";
export {
  dueDestinations,
  endTurn,
  freeTurns,
  lockFreeDestination,
  pauseDestination,
  takeTurnAt,
} from "./notice-turns.ts";
export {
  forgetNotices,
  listMessages,
  type MessageState,
  makeMessages,
  markAlerted,
  type NewNotice,
  type NoticeMessage,
  nextMessage,
  queueNotice,
  queueNoticeFor,
  recentMessages,
  type StoredNotice,
  skipOldest,
  waitingNotices,
} from "./notices.ts";
export {
  activeSecrets,
  findOauthToken,
  insertOauthClient,
  insertOauthSecret,
  insertOauthToken,
  lastCallsOfClients,
  listOauthClients,
  type OauthClient,
  purgeOauthTokens,
  revokeOauthClient,
  revokeOauthSecret,
} from "./oauth.ts";
export { countBySection, type OfferHead, type OfferSearch, searchOffers } from "./offer-search.ts";
export { OfferShelf } from "./offer-shelf.ts";
export {
  type CartPlace,
  catalogueSections,
  catalogueVersions,
  countOffers,
  loadOffers,
  offerIds,
  offersForCart,
  offersOfGroup,
  type StockedOffer,
} from "./offers.ts";
export { type OpenedDatabase, openDatabase, openForReading } from "./open.ts";
export {
  claimOrderKey,
  type PlacedKey,
  placementOf,
  releaseOrderKey,
  skipOrderNumbers,
  uuidOfOrder,
} from "./order-keys.ts";
export {
  addOrderContact,
  addOrderLines,
  addOrderRecord,
  addOrderStep,
  contactsOfOrders,
  linesOfOrders,
  type OrderContact,
  type OrderStep,
  removeOrderLines,
  type StoredOrderLine,
  stepsOfOrder,
  termsOfOrders,
} from "./order-lines.ts";
export { addOrderReturn, type OrderReturn, type ReturnedLine, returnsOfOrders } from "./order-returns.ts";
export {
  movementsOfOrder,
  type OrderMovement,
  type ToldEvent,
  toldOfOrder,
  type UseOfOrder,
  usesOfOrder,
} from "./order-trail.ts";
export {
  addOrder,
  changeOrder,
  claimOrder,
  isOrderKnown,
  listOrders,
  type OrderChange,
  type OrderPage,
  orderById,
  type ShopOrder,
  type StoredOrder,
  saveOrder,
  siblingsOf,
  spentSince,
} from "./orders.ts";
export { allOutlets, type Outlet, outletByEatsId, outletById, saveOutlet } from "./outlets.ts";
export {
  countAnswers,
  countOpenAlarms,
  countUnusable,
  countWaitingCorrections,
  installedAt,
  spentBatches,
  sumOrders,
} from "./overview.ts";
export {
  addPerson,
  administrators,
  changePerson,
  isAnybodyThere,
  listPeople,
  type Person,
  personById,
  personByLogin,
  removePerson,
  setPassword,
  setPersonName,
  setPersonSettings,
  setSecondFactor,
  takeRecoveryCode,
  takeSecondFactorStep,
  touchPerson,
  wishSecondFactor,
} from "./people.ts";
export { findLink, type LinkKind, type PersonLink, putLink, takeLink } from "./person-links.ts";
export {
  addSession,
  endSession,
  endSessions,
  listSessions,
  type PersonSession,
  purgeSessions,
  refreshSession,
  sessionByHash,
  touchSession,
} from "./person-sessions.ts";
export { balanceOf } from "./points.ts";
export { lockPoints, openPoints, type PointsAccount, readPoints } from "./points-accounts.ts";
export { type PointsAudit, rebuildBalances } from "./points-check.ts";
export {
  type EntryPlace,
  type LedgerEntry,
  ledgerEntries,
  type PointsStanding,
  pointsStanding,
} from "./points-entries.ts";
export {
  addHold,
  addHoldParts,
  addReturn,
  endHold,
  giveBackParts,
  giveBackSome,
  type KeptReturn,
  moveHolds,
  openHolds,
  overdueHolds,
  readHold,
  returnsOf,
} from "./points-holds.ts";
export {
  customersActivating,
  customersExpiring,
  earnedLot,
  filledLots,
  lotsByIds,
  moveLots,
  openLots,
} from "./points-lots.ts";
export {
  correctionsSince,
  entriesOfMovement,
  lockOperator,
  movementByKey,
  postMovement,
} from "./points-movements.ts";
export {
  type HistoryPlace,
  type PointsEnding,
  type PointsEvent,
  type PointsFlow,
  type PointsOut,
  pointsEnding,
  pointsFlows,
  pointsHistory,
  pointsOut,
  pointsOutAt,
} from "./points-report.ts";
export {
  addPointsRequest,
  decidePointsRequest,
  movePointsRequests,
  type PointsRequest,
  pointsRequestById,
  pointsRequestByKey,
  type RequestState,
  waitingPointsRequests,
} from "./points-requests.ts";
export {
  addPromoCodes,
  type CodeLookUp,
  type FoundPromoCode,
  findPromoCode,
  findPromoCodes,
  lookUpCode,
  type PromoCodeState,
  promoCodeSupply,
  type StoredPromoCode,
  savePromoCodes,
} from "./promo-codes.ts";
export {
  claimRating,
  listRatingRevisions,
  listRatings,
  type Rating,
  type RatingPage,
  type RatingRevision,
  ratingRevisionsOf,
  ratingsOfOrders,
  reviseRating,
} from "./ratings.ts";
export {
  addRuleDraft,
  countOpenRuleDrafts,
  holdRuleDraft,
  listRuleDrafts,
  openRuleDrafts,
  publishRuleDraft,
  removeRuleDraft,
  rewriteRuleDraft,
  ruleDraftById,
  type StoredRuleDraft,
} from "./rule-drafts.ts";
export {
  addRuleset,
  latestRuleset,
  latestRulesetVersion,
  listPromotions,
  listRulesets,
  type RulesetHeader,
  replacePromotions,
  rulesetOf,
  type StoredRuleset,
} from "./rule-sets.ts";
export { publishStock, removeUnseenStock, type StockEntry, writeStock, writeStockOutlets } from "./stock.ts";
export { ordersWithin, outletsOfThing, type StoredThing } from "./store-things.ts";
export { type AppliedMigration, appliedMigrations, databaseBytes } from "./system.ts";
export { type RowTexts, readPage, ValueUnmovable, walkRows, writePage } from "./table-rows.ts";
export { rowKey, type TableShape, tableShapes } from "./table-shapes.ts";
export {
  insertTrendNote,
  removeTrendNote,
  type TrendNote,
  trendNoteById,
  trendNotes,
} from "./trend-notes.ts";
export {
  forgetPeriods,
  type UsesTotal,
  usersOf,
  usesOfAll,
  usesOfCodes,
  usesTotal,
} from "./use-reports.ts";
export {
  endpointById,
  type HeldEndpoint,
  listEndpoints,
  lockEndpoint,
  lockEndpoints,
  neighboursOf,
  removeEndpoint,
  type StoredEndpoint,
  saveEndpoint,
  writeEndpoint,
} from "./webhook-endpoints.ts";
export {
  type ClaimedDelivery,
  claimLanes,
  type DeliveryState,
  dueEndpoints,
  freeLanes,
  hurryLanes,
  queueDeliveries,
  type ReplayChoice,
  releaseLane,
  requeueDeliveries,
  settleAttempt,
  type UntoldEvents,
} from "./webhook-queue.ts";
export {
  attemptsOf,
  attemptsSince,
  countDeliveries,
  deliveriesOfItem,
  type ItemDelivery,
  listDeliveries,
  type WebhookAttempt,
  type WebhookDelivery,
} from "./webhook-views.ts";
export { watchWrites } from "./write-watch.ts";
