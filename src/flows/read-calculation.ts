// Explanations for those who ask why a cart cost what it cost.
import {
  type CalculationFilter,
  type CalculationRecord,
  calculationById,
  goodsByHash,
  listCalculations,
} from "../storage/index.ts";
import { type Calculation, goodsNamed, unpackCalculation } from "./calculation-text.ts";
import type { House } from "./house.ts";
import { quoteFigures } from "./quote-text.ts";

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
}

/** One page, newest first; `after` of the next call where there is more. */
export interface CalculationPage {
  readonly items: readonly CalculationSummary[];
  readonly next: { readonly at: number; readonly id: string } | null;
}

/** The calculation of a request id; null when there is none (any more, or not yet: it is written a moment after the answer). */
export function readCalculation(house: House, id: string): Promise<Calculation | null> {
  return house.database.read(async (tx) => {
    const record = await calculationById(tx, id);
    if (record === null) return null;
    return unpackCalculation(record, await goodsByHash(tx, goodsNamed(record)));
  });
}

/** Calculations by customer, code (folded), channel and time; at most CALCULATIONS_PAGE. */
export async function findCalculations(
  house: House,
  filter: CalculationFilter,
  limit: number = CALCULATIONS_PAGE,
): Promise<CalculationPage> {
  const most = Math.min(Math.max(limit, 1), CALCULATIONS_PAGE);
  const records = await house.database.read((tx) => listCalculations(tx, filter, most + 1));
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
  };
}
