// What is left of the limits of promotions. Uses are counted when an order is confirmed; before there are orders, all is left.
import { type Minor, minor, parseDecimal } from "../core/money/index.ts";
import type { Facts, LimitFacts, PromotionDocument } from "../core/pricing/index.ts";
import { recordedLimits } from "./calculation-text.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

const bySet = new WeakMap<object, ReadonlyMap<string, LimitFacts>>();

/** Limits by promotion id; a promotion without limits has no entry. */
export function limitFacts({ documents }: ShelvedRules): ReadonlyMap<string, LimitFacts> {
  const known = bySet.get(documents.set);
  if (known !== undefined) return known;
  const limits = new Map<string, LimitFacts>();
  for (const promotion of documents.set.promotions) {
    const left = leftOf(promotion.limits);
    if (left !== null) limits.set(promotion.id, left);
  }
  bySet.set(documents.set, limits);
  return limits;
}

function leftOf(limits: PromotionDocument["limits"]): LimitFacts | null {
  if (limits === undefined) return null;
  const uses = [limits.uses, limits.usesPerCustomer, limits.usesPerCode].filter(
    (count) => count !== undefined,
  );
  return { usesLeft: uses.length === 0 ? null : Math.min(...uses), budgetLeft: budgetOf(limits.budget) };
}

function budgetOf(budget: number | string | undefined): Minor | null {
  const kopecks = budget === undefined ? null : parseDecimal(budget, 2);
  return kopecks === null ? null : minor(kopecks);
}

/** Recorded facts with what their rules tell beside them: limits of which nothing was used, and the programme. */
export function wholeFacts(recorded: Facts, shelved: ShelvedRules): Facts {
  return {
    ...recorded,
    limits: recordedLimits(limitFacts(shelved), recorded.limits),
    programme: shelved.programme,
  };
}
