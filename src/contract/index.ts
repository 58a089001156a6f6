// The door of the contract: schemas of our own documents and calls, browser-safe.
export * as answerManyCalls from "./answer-many.ts";
export * as answerRuleCalls from "./answer-rules.ts";
export * as answerTemplateCalls from "./answer-templates.ts";
export * as answerCalls from "./answers.ts";
export {
  type Checked,
  checkAnswerPolicy,
  checkCart,
  checkProgramme,
  checkPromotionSet,
} from "./authored-check.ts";
export * as calculationCaseCalls from "./calculation-cases.ts";
export * as calculationRepeatCalls from "./calculation-repeats.ts";
export * as calculationCalls from "./calculations.ts";
export * as cartCalls from "./carts.ts";
export * as catalogueCalls from "./catalogue.ts";
export * as catalogueImportCalls from "./catalogue-imports.ts";
export * as catalogueSectionCalls from "./catalogue-sections.ts";
export * as channelCalls from "./channels.ts";
export * as clientCalls from "./clients.ts";
export * as codeBatchCalls from "./code-batches.ts";
export { CODES_PAGE_LIMIT } from "./code-batches.ts";
export * as customerCalls from "./customers.ts";
export * as deliveryCalls from "./deliveries.ts";
export * as deskCalls from "./desk.ts";
export { BULK_LIMIT } from "./desk.ts";
export * as deskAlarmCalls from "./desk-alarms.ts";
export * as deskErasureCalls from "./desk-erasures.ts";
export * as deskNoticeCalls from "./desk-notices.ts";
export * as deskNumberCalls from "./desk-numbers.ts";
export * as deskOrderCalls from "./desk-orders.ts";
export * as deskSettingCalls from "./desk-settings.ts";
export * as deskWindowCalls from "./desk-windows.ts";
export { EVENT_EXAMPLES } from "./event-examples.ts";
export { type EventKind, OPEN_KINDS } from "./event-kinds.ts";
export * as eventCalls from "./events.ts";
export { exampleOf } from "./example.ts";
export * as feedbackCalls from "./feedback.ts";
export * as keyCalls from "./keys.ts";
export * as ledgerCalls from "./ledger.ts";
export { ENTRIES_PAGE_LIMIT } from "./ledger.ts";
export * as liveCalls from "./live.ts";
export * as loyaltyCalls from "./loyalty.ts";
export type { MeBody } from "./me.ts";
export { type Mistake, mistakesOf } from "./mistake.ts";
export { API_BASE, type Json, type JsonObject, openApiDocument, resolved } from "./openapi.ts";
export type { Needed, Operation, Parts } from "./operation.ts";
export { operations } from "./operations.ts";
export * as orderDeskCalls from "./order-desk.ts";
export * as orderCalls from "./orders.ts";
export {
  type CartOutcome,
  compareOutcomes,
  loweredShown,
  outcomeShown,
  type PromotionNames,
  verdictShown,
} from "./outcome-shown.ts";
export * as overviewCalls from "./overview.ts";
export * as peopleCalls from "./people.ts";
export {
  type FieldProblemBody,
  PROBLEM_CODES,
  PROBLEMS,
  type ProblemBody,
  type ProblemCode,
} from "./problems.ts";
export { programmeSchema } from "./programme.ts";
export * as programmeCalls from "./programme-simulation.ts";
export * as promoCodeCalls from "./promo-codes.ts";
export { BLOCK_REASON_LIMIT } from "./promo-codes.ts";
export { APP_LENGTHS, promotionSetSchema } from "./promotion.ts";
export * as promotionBoardCalls from "./promotion-board.ts";
export * as promotionCalls from "./promotion-calls.ts";
export * as promotionDraftCalls from "./promotion-drafts.ts";
export { PREVIEW_LIMIT } from "./promotion-preview.ts";
export { type NameOf, promotionSentence } from "./promotion-sentence.ts";
export { PROMOTION_TEMPLATES } from "./promotion-templates.ts";
export * as promotionUseCalls from "./promotion-uses.ts";
export * as ratingCalls from "./ratings.ts";
export { isAllowed, isScope, SCOPE_NAMES, SCOPES, type Scope } from "./scopes.ts";
export * as sessionCalls from "./session.ts";
export { CURSOR_LIMIT, PAGE_LIMIT } from "./shape.ts";
export { SHUT_SCOPES } from "./shut-scopes.ts";
export { keepingOf, STORE_KEEPING } from "./store-keeping.ts";
export * as systemCalls from "./system.ts";
export * as tokenCalls from "./tokens.ts";
export * as trendNoteCalls from "./trend-notes.ts";
export * as webhookDeliveryCalls from "./webhook-deliveries.ts";
export * as webhookCalls from "./webhooks.ts";
