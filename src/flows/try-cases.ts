// All test cases tried under some rules: which come out otherwise than they must, and by what.
import type { PromotionSet, Quote } from "../core/pricing/index.ts";
import { type Finding, findingOf, rubles } from "../core/publication/index.ts";
import { type CalculationCaseRecord, latestRuleset, listCalculationCases } from "../storage/index.ts";
import {
  type PackedInput,
  readWording,
  type StoredCalculation,
  unpackCalculation,
} from "./calculation-text.ts";
import type { Gap } from "./draft-facts.ts";
import type { House } from "./house.ts";
import { CASES_LIMIT, type CaseExpected } from "./keep-cases.ts";
import { appliedSums, sumsByOffer } from "./quote-sums.ts";
import { Repeater } from "./repeat-calculation.ts";
import { documentsOf } from "./rule-documents.ts";
import { DraftShelf, RuleShelf, type ShelvedRules } from "./rule-shelf.ts";

/** How one case came out; kopecks. */
export interface CaseTried {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly isPassed: boolean;
  readonly expected: number;
  /** Null: the engine failed. */
  readonly total: number | null;
  /** Goods that cost something else. */
  readonly lines: readonly {
    readonly offerId: string | null;
    readonly expected: number;
    readonly total: number;
  }[];
  /** Promotions that give something else; null: not applied. */
  readonly promotions: readonly {
    readonly promotionId: string;
    readonly expected: number | null;
    readonly amount: number | null;
  }[];
  readonly gaps: readonly Gap[];
}

/** Tries every case, oldest first. */
export async function tryCases(
  house: House,
  rules: RuleShelf,
  draft: ShelvedRules,
): Promise<readonly CaseTried[]> {
  const page = { before: null, limit: CASES_LIMIT };
  const records = await house.database.read((tx) => listCalculationCases(tx, page));
  const repeater = new Repeater(house, rules, draft);
  const tried: CaseTried[] = [];
  for (const record of records.reverse()) {
    const { quote, gaps } = await repeater.price(storedOf(record));
    tried.push(compared(record, quote, gaps));
  }
  return tried;
}

/** What the publication gate says of the cases: nothing while there are none, or where the set does not compile. */
export async function caseFindings(
  house: House,
  set: PromotionSet,
  timeZone: string,
): Promise<readonly Finding[]> {
  const { hasCases, latest } = await house.database.read(async (tx) => ({
    hasCases: (await listCalculationCases(tx, { before: null, limit: 1 })).length > 0,
    latest: await latestRuleset(tx),
  }));
  if (!hasCases) return [];
  const programme = latest === null ? null : documentsOf(latest).programme;
  const draft = await new DraftShelf(house, timeZone, { set, programme }).current();
  const tried = await tryCases(house, new RuleShelf(house, timeZone), draft);
  return tried.filter(({ isPassed }) => !isPassed).map((one) => findingOfCase(one, set));
}

/** About the promotions that give something else; those that were taken out stand after those of the set. */
function findingOfCase({ name, expected, total, promotions }: CaseTried, set: PromotionSet): Finding {
  const places = new Map(set.promotions.map(({ id }, index) => [id, index]));
  const ids = promotions.map(({ promotionId }) => promotionId);
  const inSet = ids.filter((id) => places.has(id));
  const place = places.get(inSet[0] ?? "");
  return findingOf({
    code: "case_differs",
    path: place === undefined ? "" : `promotions[${place}]`,
    promotionIds: [...inSet, ...ids.filter((id) => !places.has(id))],
    words: { name, needed: rubles(expected), actual: total === null ? "—" : rubles(total) },
    needed: expected,
    actual: total,
  });
}

function storedOf(record: CalculationCaseRecord): StoredCalculation {
  const { id, at, channel, rulesVersion, rulesHash, engineVersion, input, result } = record;
  const whole = { id, at, channel, rulesVersion, rulesHash, engineVersion, input, result };
  const goods = JSON.parse(record.goods) as readonly (readonly [string, string])[];
  return unpackCalculation(
    { record: { ...whole, customerId: null, code: null }, input: JSON.parse(input) as PackedInput },
    new Map(goods.map(([hash, body]) => [hash, readWording(body)])),
  );
}

function compared(
  { id, name, note, expected: text }: CalculationCaseRecord,
  quote: Quote | null,
  gaps: readonly Gap[],
): CaseTried {
  const expected = JSON.parse(text) as CaseExpected;
  const head = { id, name, note, expected: expected.total, gaps };
  if (quote === null) return { ...head, isPassed: false, total: null, lines: [], promotions: [] };
  const lines = expected.lines === null ? [] : otherLines(expected.lines, quote);
  const promotions = expected.promotions === null ? [] : otherPromotions(expected.promotions, quote);
  const isPassed = quote.total === expected.total && lines.length === 0 && promotions.length === 0;
  return { ...head, isPassed, total: quote.total, lines, promotions };
}

function otherLines(expected: NonNullable<CaseExpected["lines"]>, quote: Quote): CaseTried["lines"] {
  const sums = sumsByOffer(quote);
  const wanted = new Map(expected.map(([offerId, quantity, total]) => [offerId ?? "", { quantity, total }]));
  return [...new Set([...wanted.keys(), ...sums.keys()])].flatMap((key) => {
    const [want, sum] = [wanted.get(key), sums.get(key)];
    if (want !== undefined && sum?.total === want.total && sum.quantity === want.quantity) return [];
    return [{ offerId: key === "" ? null : key, expected: want?.total ?? 0, total: sum?.total ?? 0 }];
  });
}

function otherPromotions(
  expected: NonNullable<CaseExpected["promotions"]>,
  quote: Quote,
): CaseTried["promotions"] {
  const [wanted, applied] = [new Map(expected), appliedSums(quote)];
  return [...new Set([...wanted.keys(), ...applied.keys()])].flatMap((promotionId) => {
    const [want = null, amount = null] = [wanted.get(promotionId), applied.get(promotionId)];
    return want === amount ? [] : [{ promotionId, expected: want, amount }];
  });
}
