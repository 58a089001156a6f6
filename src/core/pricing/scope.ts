// What a promotion is about when its author left that to its effects: the goods of its kits, the sets of one order.
import type { AuthoredReader } from "./authored.ts";
import type { Goods, PromotionDocument } from "./promotion.ts";

/** The goods as authored; of kits alone the goods of their parts. */
export function scopeOf({ scope, then }: PromotionDocument): Goods | undefined {
  if (scope !== undefined) return scope;
  const parts = then.map((effect) => ("kit" in effect ? effect.kit.parts : null));
  if (parts.length === 0 || parts.includes(null)) return undefined;
  const goods = parts.flatMap((each) => each ?? []).map((part) => part.of);
  const shared = goods.length > 0 && goods.every((each) => Object.keys(each).join() === "offers");
  // Offers alone are found by their ids, so that other carts never look at the kit.
  return shared ? { offers: goods.flatMap((each) => each.offers ?? []) } : { any: goods };
}

/** Sets that one order may have; null: no limit. */
export function setsOf(
  { limits, then }: PromotionDocument,
  path: string,
  reader: AuthoredReader,
): number | null {
  if (limits?.perOrder === undefined) return null;
  const at = `${path}.limits.perOrder`;
  if (!then.some((effect) => "nForM" in effect || "nthCheaper" in effect || "kit" in effect))
    reader.problem(at, "counts sets of nForM, nthCheaper and kit; caps limit other effects");
  return reader.count(limits.perOrder, at);
}
