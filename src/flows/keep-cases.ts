// Test cases of the rules: a recorded cart kept for good, without whose it was, with the sums that it must come to.
import type { CustomerFacts } from "../core/pricing/index.ts";
import {
  addCalculationCase,
  type CalculationCaseRecord,
  countCalculationCases,
  listCalculationCases,
  removeCalculationCase,
} from "../storage/index.ts";
import type { PackedInput } from "./calculation-text.ts";
import type { House } from "./house.ts";
import { appliedSums, sumsByOffer } from "./quote-sums.ts";
import { type ReadCalculation, type RetoldCalculation, readStored, retell } from "./read-calculation.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Cases that there may be: the gate tries all of them while a person waits. */
export const CASES_LIMIT = 1000;

/** What a case must come to: kopecks, thousandths. */
export interface CaseExpected {
  readonly total: number;
  /** By offer; null: only the total counts, as with promotions. */
  readonly lines: readonly (readonly [offerId: string | null, quantity: number, total: number])[] | null;
  /** What each promotion that applies takes off. */
  readonly promotions: readonly (readonly [promotionId: string, amount: number])[] | null;
}

/** A case as people see it. */
export interface CalculationCase
  extends Pick<
    CalculationCaseRecord,
    "id" | "name" | "note" | "calculationId" | "at" | "rulesVersion" | "createdAt" | "createdBy"
  > {
  readonly lines: number;
  readonly expected: CaseExpected;
}

/** What to keep. */
export interface CaseWish {
  readonly name: string;
  readonly note: string;
  /** What the cart should have cost, kopecks; null: what was answered was right. */
  readonly total: number | null;
  readonly actor: string;
}

/** What came of it. */
export type CaseKept =
  | { readonly kind: "kept"; readonly case: CalculationCase }
  | { readonly kind: "refused"; readonly reason: "not_found" | "calculation_unsure" | "too_many_cases" };

/** Keeps a calculation as a test case. */
export async function keepCase(
  house: House,
  rules: RuleShelf,
  calculationId: string,
  wish: CaseWish,
): Promise<CaseKept> {
  const read = await readStored(house, calculationId);
  if (read === null) return { kind: "refused", reason: "not_found" };
  if (read.areGoodsGone || read.stored.madeBy !== "engine")
    return { kind: "refused", reason: "calculation_unsure" };
  const expected = expectedOf(await retell(read, rules), wish.total);
  const record = recordOf(read, expected, wish, { id: house.newId(), at: house.now() });
  return house.database.transaction(async (tx) => {
    if ((await countCalculationCases(tx)) >= CASES_LIMIT)
      return { kind: "refused", reason: "too_many_cases" } as const;
    await addCalculationCase(tx, record);
    return { kind: "kept", case: caseOf(record) } as const;
  });
}

/** What was answered; only its total where the rest cannot be told exactly, or where the total is another one. */
function expectedOf({ quote, doubt, answered }: RetoldCalculation, total: number | null): CaseExpected {
  if (doubt !== null || (total !== null && total !== answered.total))
    return { total: total ?? answered.total, lines: null, promotions: null };
  return {
    total: quote.total,
    lines: [...sumsByOffer(quote).values()].map((sum) => [sum.offerId, sum.quantity, sum.total]),
    promotions: [...appliedSums(quote)],
  };
}

function recordOf(
  { opened, bodies }: ReadCalculation,
  expected: CaseExpected,
  { name, note, actor }: CaseWish,
  made: { readonly id: string; readonly at: number },
): CalculationCaseRecord {
  const { record } = opened;
  const input: PackedInput = { ...opened.input, customer: nameless(opened.input.customer) };
  return {
    id: made.id,
    name,
    note,
    calculationId: record.id,
    at: record.at,
    channel: record.channel,
    rulesVersion: record.rulesVersion,
    rulesHash: record.rulesHash,
    engineVersion: record.engineVersion,
    input: JSON.stringify(input),
    result: record.result,
    goods: JSON.stringify([...bodies]),
    expected: JSON.stringify(expected),
    createdAt: made.at,
    createdBy: actor,
  };
}

/** What rules ask of a customer, and nothing that tells who it is. */
function nameless(customer: CustomerFacts | null): CustomerFacts | null {
  if (customer === null) return null;
  return { ...customer, id: "case", birthday: customer.birthday?.slice(-5) ?? null };
}

/** Cases, newest first. */
export async function findCases(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly CalculationCase[]> {
  return (await house.database.read((tx) => listCalculationCases(tx, page))).map(caseOf);
}

/** Drops a case; false: there is none. */
export function dropCase(house: House, id: string): Promise<boolean> {
  return house.database.transaction((tx) => removeCalculationCase(tx, id));
}

function caseOf(record: CalculationCaseRecord): CalculationCase {
  const { id, name, note, calculationId, at, rulesVersion, createdAt, createdBy } = record;
  const { cart } = JSON.parse(record.input) as PackedInput;
  const expected = JSON.parse(record.expected) as CaseExpected;
  const lines = cart.lines.length;
  return { id, name, note, calculationId, at, rulesVersion, createdAt, createdBy, lines, expected };
}
