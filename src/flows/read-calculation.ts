// Explanations for those who ask why a cart cost what it cost.
import { instant } from "../core/basics/index.ts";
import { ENGINE_VERSION, price, type Verdict } from "../core/pricing/index.ts";
import {
  type CalculationFilter,
  type CalculationRecord,
  calculationById,
  goodsByHash,
  idsOfCustomer,
  listCalculations,
  survivorOf,
} from "../storage/index.ts";
import {
  type Calculation,
  goodsNamed,
  type OpenedRecord,
  openRecord,
  readWording,
  type StoredCalculation,
  unpackCalculation,
} from "./calculation-text.ts";
import { catalogueQuote } from "./catalogue-quote.ts";
import type { House } from "./house.ts";
import { wholeFacts } from "./limits.ts";
import { hasDigest, type QuoteDigest } from "./quote-digest.ts";
import { quoteFigures } from "./quote-text.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";

/** Most entries of one page. */
export const CALCULATIONS_PAGE = 100;

/** What a list shows of a calculation, in kopecks. */
export interface CalculationSummary {
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly customerId: string | null;
  readonly code: string | null;
  readonly rulesVersion: number;
  readonly lines: number;
  readonly totalMinor: number;
  readonly discountMinor: number;
  readonly outletId: string | null;
}

/** One page, newest first; `after` of the next call where there is more. */
export interface CalculationPage {
  readonly items: readonly CalculationSummary[];
  readonly next: { readonly at: number; readonly id: string } | null;
}

/** Why a quote that was computed again is not the one that was answered. */
export type Doubt = "rules_gone" | "goods_gone" | "engine_changed" | "differs";

/** A calculation told again. */
export interface RetoldCalculation extends Calculation {
  /** Null: the quote is exactly the one that was answered. Otherwise its figures are not, and `answered` are. */
  readonly doubt: Doubt | null;
  /** What was answered, in kopecks. */
  readonly answered: { readonly gross: number; readonly discount: number; readonly total: number };
}

/**
 * The calculation of a request id; null when there is none (any more, or not yet: it is written a moment after the answer).
 * A quote of the engine is computed again from the same cart, facts and rules, with a verdict for every promotion, and
 * compared with the figures that were answered.
 */
export async function readCalculation(
  house: House,
  rules: RuleShelf,
  id: string,
): Promise<RetoldCalculation | null> {
  const read = await readStored(house, id);
  return read === null ? null : retell(read, rules);
}

/** A calculation as it was stored, with the bodies of its goods by hash. */
export interface ReadCalculation {
  readonly stored: StoredCalculation;
  readonly opened: OpenedRecord;
  readonly bodies: ReadonlyMap<string, string>;
  readonly areGoodsGone: boolean;
}

/** The stored calculation of a request id; null when there is none. */
export function readStored(house: House, id: string): Promise<ReadCalculation | null> {
  return house.database.read(async (tx) => {
    const record = await calculationById(tx, id);
    if (record === null) return null;
    const opened = openRecord(record);
    const named = goodsNamed(opened);
    const bodies = await goodsByHash(tx, named);
    const wordings = new Map([...bodies].map(([hash, body]) => [hash, readWording(body)]));
    const areGoodsGone = named.some((hash) => !bodies.has(hash));
    return { stored: unpackCalculation(opened, wordings), opened, bodies, areGoodsGone };
  });
}

/** Tells a stored calculation again. */
export async function retell(read: ReadCalculation, rules: RuleShelf): Promise<RetoldCalculation> {
  const { kept, ...calculation } = read.stored;
  if (kept.kind === "whole") {
    const { gross, discount, total } = kept.quote;
    return { ...calculation, quote: kept.quote, doubt: null, answered: { gross, discount, total } };
  }
  const shelved = await rules.ofVersion(calculation.rules.version);
  return retold(calculation, kept.digest, sameRules(shelved, calculation.rules.hash), read.areGoodsGone);
}

function sameRules(shelved: ShelvedRules | null, hash: string): ShelvedRules | null {
  return shelved !== null && shelved.hash === hash ? shelved : null;
}

function retold(
  calculation: Omit<StoredCalculation, "kept">,
  digest: QuoteDigest,
  shelved: ShelvedRules | null,
  areGoodsGone: boolean,
): RetoldCalculation {
  const { gross, discount, total } = digest;
  const answered = { gross, discount, total };
  const facts = shelved === null ? calculation.facts : wholeFacts(calculation.facts, shelved);
  const { cart, at } = calculation;
  const again = shelved === null ? null : price(cart, shelved.rules, facts, instant(at), "every");
  const quote = again ?? catalogueQuote(cart, facts);
  if (again !== null && hasDigest(again, digest))
    return { ...calculation, facts, quote, doubt: null, answered };
  const isSameEngine = calculation.engineVersion === ENGINE_VERSION;
  const doubt: Doubt =
    shelved === null
      ? "rules_gone"
      : areGoodsGone
        ? "goods_gone"
        : isSameEngine
          ? "differs"
          : "engine_changed";
  return { ...calculation, facts, quote, doubt, answered };
}

/** What calculations are looked for; `customerId` by any id of the customer, also a merged one. */
export type CalculationWish = Omit<CalculationFilter, "customerIds"> & { readonly customerId?: string };

/** Calculations by customer, code (folded), channel and time; at most CALCULATIONS_PAGE. */
export async function findCalculations(
  house: House,
  { customerId, ...filter }: CalculationWish,
  limit: number = CALCULATIONS_PAGE,
): Promise<CalculationPage> {
  const most = Math.min(Math.max(limit, 1), CALCULATIONS_PAGE);
  const records = await house.database.read(async (tx) => {
    if (customerId === undefined) return listCalculations(tx, filter, most + 1);
    const customerIds = await idsOfCustomer(tx, await survivorOf(tx, customerId));
    return listCalculations(tx, { ...filter, customerIds }, most + 1);
  });
  const items = records.slice(0, most).map(summary);
  const last = items.at(-1);
  return {
    items,
    next: records.length > most && last !== undefined ? { at: last.at, id: last.id } : null,
  };
}

function summary(record: CalculationRecord): CalculationSummary {
  const { lines, total, discount } = quoteFigures(record.result);
  return {
    id: record.id,
    at: record.at,
    channel: record.channel,
    customerId: record.customerId,
    code: record.code,
    rulesVersion: record.rulesVersion,
    lines,
    totalMinor: total,
    discountMinor: discount,
    outletId: record.outlet ?? null,
  };
}

/** A summary with the verdict of one promotion; null: the rules of then did not have it, or are gone. */
export interface SummaryWithVerdict extends CalculationSummary {
  readonly verdict: Verdict | null;
}

/** The same, each with the verdict of a promotion: why it was not applied. Every entry is computed again. */
export async function findCalculationsWithVerdict(
  house: House,
  rules: RuleShelf,
  wish: CalculationWish,
  promotionId: string,
  limit: number,
): Promise<Omit<CalculationPage, "items"> & { readonly items: readonly SummaryWithVerdict[] }> {
  const page = await findCalculations(house, wish, limit);
  const items: SummaryWithVerdict[] = [];
  for (const item of page.items) {
    const told = await readCalculation(house, rules, item.id);
    const verdict = told?.quote.verdicts.find((one) => one.promotionId === promotionId) ?? null;
    items.push({ ...item, verdict });
  }
  return { ...page, items };
}
