// Dates of promotions and a replay of the past: a draft of next week has none in it unless its dates are left out.
import type { PromotionSet } from "../core/pricing/index.ts";
import type { CalculationSpan } from "../storage/index.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** The set with its promotions running at any date; weekdays and hours stay, and so do drafts, paused and ended ones. */
export function withoutDates(set: PromotionSet): PromotionSet {
  return {
    ...set,
    promotions: set.promotions.map((promotion) => {
      const { from: _from, until: _until, ...schedule } = promotion.schedule ?? {};
      return { ...promotion, schedule };
    }),
  };
}

/** Ids of promotions that could not run in the span: by their status or by their dates. */
export function asleepIn({ rules }: ShelvedRules, { from, until }: CalculationSpan): readonly string[] {
  return rules.promotions
    .filter((rule) => !rule.isLive || rule.until <= from || rule.from >= until)
    .map(({ id }) => id);
}
