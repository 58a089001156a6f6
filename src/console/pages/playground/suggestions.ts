// What conditions of the rules name, so that fields of the cart can offer it: segments, tiers, ways of delivery and payment.
import type { Condition, PromotionSet } from "../../../core/pricing/index.ts";

/** Names that the rules know, each once, in the order of the rules. */
export interface Suggestions {
  readonly segments: readonly string[];
  readonly tiers: readonly string[];
  readonly delivery: readonly string[];
  readonly payment: readonly string[];
  readonly pickupPoints: readonly string[];
  readonly codes: readonly string[];
}

/** Suggestions of all `sets`. */
export function suggestionsOf(sets: readonly PromotionSet[]): Suggestions {
  const promotions = sets.flatMap((set) => set.promotions);
  const conditions = promotions
    .flatMap(({ audience = [], when = [] }) => [...audience, ...when])
    .flatMap(withInner);
  const named = (read: (condition: Condition) => readonly string[] | undefined): readonly string[] => [
    ...new Set(conditions.flatMap((condition) => read(condition) ?? [])),
  ];
  return {
    segments: named((one) => ("customer" in one ? one.customer.segments : undefined)),
    tiers: named((one) => ("customer" in one ? one.customer.tiers : undefined)),
    delivery: named((one) => ("delivery" in one ? one.delivery : undefined)),
    payment: named((one) => ("payment" in one ? one.payment : undefined)),
    pickupPoints: named((one) => ("pickupPoints" in one ? one.pickupPoints : undefined)),
    codes: [...new Set(promotions.flatMap(({ codes }) => codes?.list ?? []))].slice(0, 50),
  };
}

function withInner(condition: Condition): Condition[] {
  if ("any" in condition) return condition.any.flatMap(withInner);
  if ("all" in condition) return condition.all.flatMap(withInner);
  if ("not" in condition) return withInner(condition.not);
  return [condition];
}
