// One promo code as people ask about it: where it stands, whether it works, what it may still do, which orders used it.
import {
  type BothTexts,
  bothTexts,
  type CodeFacts,
  foldCode,
  type PromotionSet,
} from "../core/pricing/index.ts";
import {
  type CodeBatch,
  type CodeBlock,
  type CodeLookUp,
  codeBatchById,
  codeBlockOf,
  lookUpCode,
  openRuleDrafts,
  openUsesOfCode,
  type Tx,
  type UseOfCode,
  usesOfCode,
} from "../storage/index.ts";
import { usesLeftOf } from "./find-code.ts";
import type { House } from "./house.ts";
import { limitsOfRules } from "./limits.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";
import { type BoardStatus, standingOf } from "./show-board.ts";

/** Orders that are told of a code, the newest ones. */
export const CODE_ORDERS_LIMIT = 50;

/**
 * How a code stands. "held": all its uses are taken, some by orders that may still end unbought; "spent": all are gone;
 * "off": its promotion does not run now; "draft": it stands only in a draft of the rules.
 */
export type CodeStanding = "valid" | "held" | "spent" | "blocked" | "expired" | "off" | "draft";

/** A code with everything known of it. */
export interface CodeTold {
  readonly folded: string;
  /** As its maker wrote it. */
  readonly code: string;
  /** Name null: the rules in force have no such promotion. Null: nothing has the code any more. */
  readonly promotion: {
    readonly id: string;
    readonly name: BothTexts | null;
    readonly status: BoardStatus | null;
  } | null;
  readonly batch: CodeBatch | null;
  /** Null: it stands in no draft, or not only in one. */
  readonly draft: { readonly id: string; readonly name: string } | null;
  readonly state: CodeStanding;
  /** Who says that it is blocked: people, the table that it came with, or its batch, which is off. Null: it is not. */
  readonly blockedBy: "people" | "table" | "batch" | null;
  /** The last word of people on it; null: there was none. */
  readonly block: CodeBlock | null;
  /** Orders that used it and stand. */
  readonly uses: number;
  /** Null: nothing limits it. */
  readonly usesLeft: number | null;
  readonly validUntil: number | null;
  /** Whose it is; null: anybody's. */
  readonly customerId: string | null;
  readonly orders: readonly UseOfCode[];
}

/** The code as a customer wrote it; null: nothing has it. */
export async function tellCode(house: House, shelf: RuleShelf, written: string): Promise<CodeTold | null> {
  const shelved = await shelf.current();
  return house.database.read((tx) => tellCodeIn(tx, shelved, written, house.now()));
}

/** The same within a transaction. */
export async function tellCodeIn(
  tx: Tx,
  shelved: ShelvedRules,
  written: string,
  at: number,
): Promise<CodeTold | null> {
  const folded = foldCode(written);
  const found = await lookUpCode(tx, folded);
  const block = await codeBlockOf(tx, folded);
  const promotionId = found.code?.promotionId ?? shelved.rules.codes.get(folded) ?? null;
  const drafted = promotionId === null ? await draftOf(tx, folded) : null;
  if (promotionId === null && drafted === null && block === null) return null;
  const uses = await openUsesOfCode(tx, folded);
  const usesLeft = await leftOf(tx, folded, found, promotionId, shelved, at);
  const promotion =
    promotionId === null ? (drafted?.promotion ?? null) : promotionOf(shelved, promotionId, at);
  const blockedBy = blockerOf(found);
  const { code } = found;
  const isOver = code?.validUntil !== null && code?.validUntil !== undefined && at >= code.validUntil;
  const isGone = code?.state === "redeemed" || usesLeft === 0;
  const isHeld = code?.state !== "redeemed" && uses.open > 0;
  const state = ((): CodeStanding => {
    if (blockedBy !== null) return "blocked";
    if (drafted !== null) return "draft";
    if (isGone) return isHeld ? "held" : "spent";
    if (isOver) return "expired";
    return promotion?.status === "active" ? "valid" : "off";
  })();
  return {
    folded,
    code: code?.code ?? drafted?.code ?? listedIn(shelved.documents.set, folded)?.code ?? written.trim(),
    promotion,
    batch: code === null ? null : await codeBatchById(tx, code.batch),
    draft: drafted?.draft ?? null,
    state,
    blockedBy,
    block,
    uses: uses.standing,
    usesLeft,
    validUntil: code?.validUntil ?? null,
    customerId: code?.customerId ?? null,
    orders: await usesOfCode(tx, folded, CODE_ORDERS_LIMIT),
  };
}

function blockerOf({ code, isBlocked }: CodeLookUp): CodeTold["blockedBy"] {
  if (isBlocked) return "people";
  if (code?.state === ("blocked" satisfies CodeFacts["state"])) return "table";
  return code?.isBatchOff === true ? "batch" : null;
}

async function leftOf(
  tx: Tx,
  folded: string,
  { code }: CodeLookUp,
  promotionId: string | null,
  shelved: ShelvedRules,
  at: number,
): Promise<number | null> {
  if (code !== null && code.usesPerCode !== null) return Math.max(0, code.usesPerCode - code.uses);
  if (promotionId === null) return null;
  const { rules } = shelved;
  const known = { codes: rules.codes, zone: rules.zone, ofCodes: limitsOfRules(shelved).ofCodes };
  return usesLeftOf(tx, folded, promotionId, known, at);
}

/** The promotion in force; of one that takes no code any more the code does nothing. */
function promotionOf({ documents, rules }: ShelvedRules, id: string, at: number): CodeTold["promotion"] {
  const document = documents.set.promotions.find((one) => one.id === id);
  const rule = rules.byId.get(id);
  if (document === undefined || rule === undefined) return { id, name: null, status: null };
  return { id, name: rule.name, status: rule.needsCode ? standingOf(document, rule, at) : "off" };
}

function listedIn({ promotions }: PromotionSet, folded: string) {
  for (const promotion of promotions) {
    const code = promotion.codes?.list?.find((one) => foldCode(one) === folded);
    if (code !== undefined) return { promotion, code };
  }
  return null;
}

/** The newest open draft that lists the code. */
async function draftOf(tx: Tx, folded: string) {
  for (const { id, name, document } of await openRuleDrafts(tx)) {
    const listed = listedIn(JSON.parse(document) as PromotionSet, folded);
    if (listed === null) continue;
    const { promotion, code } = listed;
    return {
      draft: { id, name },
      promotion: { id: promotion.id, name: bothTexts(promotion.name), status: null },
      code,
    };
  }
  return null;
}
