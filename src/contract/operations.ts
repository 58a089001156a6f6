// The list of all calls, by hand: what is not here is neither served nor described.
import * as answerRules from "./answer-rules.ts";
import * as answerTemplates from "./answer-templates.ts";
import * as answers from "./answers.ts";
import * as calculations from "./calculations.ts";
import * as catalogue from "./catalogue.ts";
import * as clients from "./clients.ts";
import * as codeBatches from "./code-batches.ts";
import * as customers from "./customers.ts";
import * as deliveries from "./deliveries.ts";
import * as desk from "./desk.ts";
import * as deskAlarms from "./desk-alarms.ts";
import * as deskErasures from "./desk-erasures.ts";
import * as deskNumbers from "./desk-numbers.ts";
import * as deskSettings from "./desk-settings.ts";
import * as events from "./events.ts";
import * as feedback from "./feedback.ts";
import * as keys from "./keys.ts";
import * as ledger from "./ledger.ts";
import * as loyalty from "./loyalty.ts";
import type { Operation } from "./operation.ts";
import * as orders from "./orders.ts";
import * as promotions from "./promotion-calls.ts";
import * as promotionUses from "./promotion-uses.ts";
import * as ratings from "./ratings.ts";
import * as tokens from "./tokens.ts";
import * as webhookDeliveries from "./webhook-deliveries.ts";
import * as webhooks from "./webhooks.ts";

/** Every call of the management API, in the order of the page. */
export const operations: readonly Operation[] = [
  feedback.listFeedback,
  feedback.getFeedback,
  ratings.listRatings,
  deliveries.listUnusableDeliveries,
  deliveries.getDelivery,
  desk.listDeskItems,
  desk.getDeskItem,
  desk.workOnDeskItem,
  desk.countDeskItems,
  desk.workOnDesk,
  desk.exportDesk,
  desk.listDeskWords,
  deskNumbers.readDeskNumbers,
  deskNumbers.compareDeskNumbers,
  deskAlarms.listDeskAlarms,
  deskAlarms.actOnDeskAlarm,
  deskAlarms.readDeskDigest,
  deskErasures.createErasure,
  deskErasures.listErasures,
  deskErasures.getErasure,
  deskErasures.getErasurePage,
  deskSettings.listDeskViews,
  deskSettings.createDeskView,
  deskSettings.putDeskView,
  deskSettings.removeDeskView,
  deskSettings.getDeskPolicy,
  deskSettings.putDeskPolicy,
  deskSettings.listAuditEntries,
  deskSettings.verifyAudit,
  answers.getAnswerOffer,
  answers.createAnswer,
  answers.listAnswers,
  answers.getAnswer,
  answers.putAnswer,
  answers.removeAnswer,
  answers.sendAnswer,
  answers.undoAnswer,
  answers.approveAnswer,
  answers.declineAnswer,
  answers.resolveAnswer,
  answerRules.getAnswerPolicy,
  answerRules.putAnswerPolicy,
  answerTemplates.listAnswerTemplates,
  answerTemplates.createAnswerTemplate,
  answerTemplates.putAnswerTemplate,
  answerTemplates.removeAnswerTemplate,
  answerRules.listAnswerBudgets,
  answerRules.putAnswerBudget,
  answerRules.listAnswerPlaces,
  answerRules.putAnswerPlace,
  answerRules.getAnswerDeadline,
  calculations.listCalculations,
  calculations.getCalculation,
  promotions.listPromotions,
  promotions.putPromotion,
  promotions.getPromotion,
  promotions.removePromotion,
  promotionUses.getPromotionUses,
  promotions.getPromotionSet,
  promotions.applyPromotionSet,
  promotions.validatePromotionSet,
  promotions.listPromotionVersions,
  promotions.getPromotionVersion,
  promotions.restorePromotionVersion,
  promotions.getProgramme,
  promotions.applyProgramme,
  promotions.removeProgramme,
  codeBatches.listCodeBatches,
  codeBatches.createCodeBatch,
  codeBatches.getCodeBatch,
  codeBatches.exportCodeBatch,
  codeBatches.disableCodeBatch,
  codeBatches.enableCodeBatch,
  orders.listOrders,
  orders.getOrder,
  orders.setOrderStatus,
  orders.cancelOrder,
  orders.returnOrder,
  catalogue.listOffers,
  catalogue.getOffer,
  catalogue.getOfferStock,
  catalogue.listImports,
  catalogue.getImport,
  catalogue.acceptImport,
  catalogue.listOutlets,
  catalogue.putOutlet,
  customers.getCustomer,
  customers.findCustomer,
  customers.putCustomer,
  customers.putIdentities,
  customers.mergeCustomers,
  customers.listCustomerMerges,
  loyalty.verifyLoyaltyCode,
  loyalty.getCustomerBalance,
  loyalty.putCustomerBalance,
  loyalty.listCustomerPoints,
  loyalty.createCorrection,
  loyalty.listCorrections,
  loyalty.approveCorrection,
  loyalty.declineCorrection,
  ledger.getLoyaltyReport,
  ledger.listLedgerEntries,
  ledger.listBalanceImports,
  ledger.undoBalanceImport,
  events.listEvents,
  events.getEvent,
  webhooks.listWebhooks,
  webhooks.createWebhook,
  webhooks.getWebhook,
  webhooks.putWebhook,
  webhooks.removeWebhook,
  webhooks.rotateWebhookSecret,
  webhooks.enableWebhook,
  webhooks.disableWebhook,
  webhooks.testWebhook,
  webhookDeliveries.replayWebhook,
  webhookDeliveries.listWebhookDeliveries,
  webhookDeliveries.getWebhookDelivery,
  webhookDeliveries.replayWebhookDelivery,
  keys.listIrpKeys,
  keys.createIrpKey,
  keys.revokeIrpKey,
  clients.listEatsClients,
  clients.createEatsClient,
  clients.rotateEatsSecret,
  clients.revokeEatsSecret,
  clients.revokeEatsClient,
  tokens.listTokens,
  tokens.createToken,
  tokens.revokeToken,
];
