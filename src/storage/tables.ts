// The shape of every table, for Kysely. Each noun declares its own rows; this is their sum.
import type { AnswerTables } from "./tables/answer.ts";
import type { CalculationTables } from "./tables/calculation.ts";
import type { CatalogueTables } from "./tables/catalogue.ts";
import type { DeskTables } from "./tables/desk.ts";
import type { DeskNumberTables } from "./tables/desk-numbers.ts";
import type { EventTables } from "./tables/event.ts";
import type { FeedbackTables } from "./tables/feedback.ts";
import type { HourCountTables } from "./tables/hour-count.ts";
import type { IdempotencyTables } from "./tables/idempotency.ts";
import type { LimitTables } from "./tables/limit.ts";
import type { MetaTables } from "./tables/meta.ts";
import type { NoticeTables } from "./tables/notice.ts";
import type { OauthTables } from "./tables/oauth.ts";
import type { OrderTables } from "./tables/order.ts";
import type { PersonTables } from "./tables/person.ts";
import type { PointsTables } from "./tables/points.ts";
import type { PromotionTables } from "./tables/promotion.ts";
import type { ShopTables } from "./tables/shop.ts";

/** All tables of the database. */
export interface Tables
  extends MetaTables,
    PromotionTables,
    AnswerTables,
    CalculationTables,
    CatalogueTables,
    DeskTables,
    DeskNumberTables,
    EventTables,
    FeedbackTables,
    NoticeTables,
    OauthTables,
    OrderTables,
    PersonTables,
    PointsTables,
    HourCountTables,
    ShopTables,
    IdempotencyTables,
    LimitTables {}
