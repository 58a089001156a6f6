// Which customer segments a rule set asks for, wherever in its conditions.
import type { Condition, PromotionSet } from "../core/pricing/index.ts";

/** Every segment named, each once, in the order of the set. */
export function segmentsNamed(set: PromotionSet): readonly string[] {
  const named = new Set<string>();
  const look = (condition: Condition): void => {
    if ("customer" in condition) for (const segment of condition.customer.segments ?? []) named.add(segment);
    if ("any" in condition) condition.any.forEach(look);
    if ("all" in condition) condition.all.forEach(look);
    if ("not" in condition) look(condition.not);
  };
  for (const { audience = [], when = [] } of set.promotions)
    for (const each of [...audience, ...when]) look(each);
  return [...named];
}
