// All routes of the management API, by hand.
import { answerManyRoutes } from "./answer-many-routes.ts";
import { answerRoutes } from "./answer-routes.ts";
import { answerRuleRoutes } from "./answer-rule-routes.ts";
import { calculationCaseRoutes } from "./calculation-case-routes.ts";
import { calculationRoutes } from "./calculation-routes.ts";
import { cartRoutes } from "./cart-routes.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { channelRoutes } from "./channel-routes.ts";
import { clientRoutes } from "./client-routes.ts";
import { codeBatchRoutes } from "./code-batch-routes.ts";
import { customerRoutes } from "./customer-routes.ts";
import { deskAlarmRoutes } from "./desk-alarm-routes.ts";
import { deskErasureRoutes } from "./desk-erasure-routes.ts";
import { deskNoticeRoutes } from "./desk-notice-routes.ts";
import { deskNumberRoutes } from "./desk-number-routes.ts";
import { deskOrderRoutes } from "./desk-order-routes.ts";
import { deskRoutes } from "./desk-routes.ts";
import { deskSettingRoutes } from "./desk-setting-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { feedbackRoutes } from "./feedback-routes.ts";
import { keyRoutes } from "./key-routes.ts";
import { ledgerRoutes } from "./ledger-routes.ts";
import { liveRoutes } from "./live-routes.ts";
import { loyaltyRoutes } from "./loyalty-routes.ts";
import { orderDeskRoutes } from "./order-desk-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { overviewRoutes } from "./overview-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { promoCodeRoutes } from "./promo-code-routes.ts";
import { promotionBoardRoutes } from "./promotion-board-routes.ts";
import { promotionDraftRoutes } from "./promotion-draft-routes.ts";
import { promotionRoutes } from "./promotion-routes.ts";
import type { Route } from "./route.ts";
import { sessionRoutes } from "./session-routes.ts";
import { systemRoutes } from "./system-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { trendNoteRoutes } from "./trend-note-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";

/** Every call of the contract with its handler; a test holds the two lists equal. */
export const routes: readonly Route[] = [
  ...overviewRoutes,
  ...liveRoutes,
  ...systemRoutes,
  ...feedbackRoutes,
  ...deskRoutes,
  ...deskOrderRoutes,
  ...deskNumberRoutes,
  ...trendNoteRoutes,
  ...deskAlarmRoutes,
  ...deskErasureRoutes,
  ...deskNoticeRoutes,
  ...deskSettingRoutes,
  ...answerRoutes,
  ...answerManyRoutes,
  ...answerRuleRoutes,
  ...calculationRoutes,
  ...calculationCaseRoutes,
  ...cartRoutes,
  ...promotionRoutes,
  ...promotionBoardRoutes,
  ...promotionDraftRoutes,
  ...codeBatchRoutes,
  ...promoCodeRoutes,
  ...orderRoutes,
  ...orderDeskRoutes,
  ...catalogueRoutes,
  ...customerRoutes,
  ...loyaltyRoutes,
  ...ledgerRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...channelRoutes,
  ...keyRoutes,
  ...clientRoutes,
  ...tokenRoutes,
  ...sessionRoutes,
  ...peopleRoutes,
];
