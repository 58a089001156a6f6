// The list of migrations, by hand and in order. Forward only; a released one never changes (a test keeps its hash).
import type { EngineName } from "../database.ts";
import { migration as house } from "./0001-house.ts";
import { migration as catalogue } from "./0002-catalogue.ts";
import { migration as feedback } from "./0003-feedback.ts";
import { migration as oauth } from "./0004-oauth.ts";
import { migration as promotions } from "./0005-promotions.ts";
import { migration as shop } from "./0006-shop.ts";
import { migration as calculation } from "./0007-calculation.ts";
import { migration as idempotency } from "./0008-idempotency.ts";
import { migration as codeBatch } from "./0009-code-batch.ts";
import { migration as event } from "./0010-event.ts";
import { migration as customerMerge } from "./0011-customer-merge.ts";
import { migration as order } from "./0012-order.ts";
import { migration as limitUse } from "./0013-limit-use.ts";
import { migration as points } from "./0014-points.ts";
import { migration as loyaltyNumber } from "./0015-loyalty-number.ts";
import { migration as balanceImport } from "./0016-balance-import.ts";
import { migration as useShare } from "./0017-use-share.ts";
import { migration as desk } from "./0018-desk.ts";
import { migration as answer } from "./0019-answer.ts";
import { migration as deskNumbers } from "./0020-desk-numbers.ts";
import { migration as erasure } from "./0021-erasure.ts";
import { migration as deskSorts } from "./0022-desk-sorts.ts";
import { migration as deskAlarm } from "./0023-desk-alarm.ts";
import { migration as forgetting } from "./0024-forgetting.ts";
import { migration as notice } from "./0025-notice.ts";
import { migration as feedbackImport } from "./0026-feedback-import.ts";
import { migration as person } from "./0027-person.ts";
import { migration as hourCount } from "./0028-hour-count.ts";
import { migration as ruleDraft } from "./0029-rule-draft.ts";
import { migration as calculationCase } from "./0030-calculation-case.ts";
import { migration as orderCode } from "./0031-order-code.ts";
import { migration as deskLook } from "./0032-desk-look.ts";
import { migration as catalogueChange } from "./0033-catalogue-change.ts";
import { migration as calculationPickup } from "./0034-calculation-pickup.ts";
import { migration as trendNote } from "./0035-trend-note.ts";
import { migration as codeBlock } from "./0036-code-block.ts";

/** Column types where the engines differ. */
export interface ColumnTypes {
  /** Whole numbers up to 2^53. */
  readonly int: string;
  readonly text: string;
  readonly real: string;
  readonly bytes: string;
}

/** One step of the schema. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: (types: ColumnTypes, engine: EngineName) => readonly string[];
}

/** All of them, ascending. */
export const migrations: readonly Migration[] = [
  house,
  catalogue,
  feedback,
  oauth,
  promotions,
  shop,
  calculation,
  idempotency,
  codeBatch,
  event,
  customerMerge,
  order,
  limitUse,
  points,
  loyaltyNumber,
  balanceImport,
  useShare,
  desk,
  answer,
  deskNumbers,
  erasure,
  deskSorts,
  deskAlarm,
  forgetting,
  notice,
  feedbackImport,
  person,
  hourCount,
  ruleDraft,
  calculationCase,
  orderCode,
  deskLook,
  catalogueChange,
  calculationPickup,
  trendNote,
  codeBlock,
];

/** The column types of an engine. */
export function columnTypes(engine: EngineName): ColumnTypes {
  return engine === "sqlite"
    ? { int: "integer", text: "text", real: "real", bytes: "blob" }
    : { int: "bigint", text: "text", real: "double precision", bytes: "bytea" };
}
