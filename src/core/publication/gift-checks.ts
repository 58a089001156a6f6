// Gifts and kits against the catalogue: what does not exist, is not sold, is too dear, or is named twice.
import { parseDecimal } from "../money/index.ts";
import type { Effect, GiftOption } from "../pricing/index.ts";
import type { NameCheck } from "./authored-checks.ts";
import type { GoodsBook } from "./catalogue.ts";
import { type Remark, rubles } from "./finding.ts";
import type { Subject } from "./subject.ts";

interface Named extends GiftOption {
  readonly path: string;
}

/** Remarks on the gifts of one promotion. `priceCap`: kopecks that a gift may be worth; null: any. */
export function giftRemarks(
  { document, path }: Subject,
  goods: GoodsBook,
  names: NameCheck,
  priceCap: number | null,
): Remark[] {
  const promotionIds = [document.id];
  const remarks: Remark[] = [];
  const seen = new Set<string>();
  for (const [index, effect] of document.then.entries()) {
    const at = `${path}.then[${index}]`;
    const named = giftsOf(effect, at);
    for (const { offer, path: place } of named) {
      if (seen.has(offer)) remarks.push({ code: "gift_twice", path: place, promotionIds, words: { offer } });
      seen.add(offer);
    }
    if (goods.offers !== null)
      remarks.push(...named.flatMap((gift) => againstCatalogue(gift, document.id, goods, names, priceCap)));
    if (!("giftChoice" in effect)) continue;
    const { options, limit = 1 } = effect.giftChoice;
    if (limit <= options.length) continue;
    const words = { actual: limit, needed: options.length };
    const about = { promotionIds, words, needed: options.length, actual: limit };
    remarks.push({ code: "gift_limit_over", path: `${at}.giftChoice.limit`, ...about });
  }
  return remarks;
}

function giftsOf(effect: Effect, path: string): Named[] {
  if ("gifts" in effect)
    return effect.gifts.map((gift, index) => ({ ...gift, path: `${path}.gifts[${index}]` }));
  if (!("giftChoice" in effect)) return [];
  return effect.giftChoice.options.map((gift, index) => ({
    ...gift,
    path: `${path}.giftChoice.options[${index}]`,
  }));
}

function againstCatalogue(
  { offer: id, quantity = 1, path }: Named,
  promotionId: string,
  goods: GoodsBook,
  names: NameCheck,
  priceCap: number | null,
): Remark[] {
  const about = { path: `${path}.offer`, promotionIds: [promotionId] };
  const offer = goods.byId.get(id);
  if (offer === undefined)
    return [{ code: "gift_unknown", ...about, words: { offer: id, meant: names.meantOffer(id) } }];
  const remarks: Remark[] = [];
  if (!offer.isAvailable) remarks.push({ code: "gift_unavailable", ...about, words: { offer: id } });
  else if (offer.stock !== null && offer.stock < quantity * 1000) {
    const [needed, actual] = [quantity, offer.stock / 1000];
    remarks.push({
      code: "gift_out_of_stock",
      ...about,
      needed,
      actual,
      words: { offer: id, needed, actual },
    });
  }
  const worth = offer.price * quantity;
  if (priceCap !== null && worth > priceCap) {
    const words = { offer: id, needed: rubles(priceCap), actual: rubles(worth) };
    remarks.push({ code: "gift_too_dear", ...about, needed: priceCap, actual: worth, words });
  }
  return remarks;
}

/** Kits of which a part cannot be bought, or that cost no less than their parts. */
export function kitRemarks({ document, path }: Subject, goods: GoodsBook): Remark[] {
  return document.then.flatMap((effect, index) => {
    if (!("kit" in effect)) return [];
    const { parts, price } = effect.kit;
    const at = `${path}.then[${index}].kit`;
    const promotionIds = [document.id];
    const sets = parts.map(({ of, quantity }) => ({ set: goods.setOf(of), quantity }));
    const empty = sets.flatMap(({ set }, place): Remark[] =>
      set.size === 0 ? [{ code: "kit_part_empty", path: `${at}.parts[${place}]`, promotionIds }] : [],
    );
    if (empty.length > 0 || price === undefined || goods.offers === null) return empty;
    const needed = parseDecimal(price, 2) ?? 0;
    const sumOf = (key: "lowestPrice" | "highestPrice"): number =>
      sets.reduce((sum, { set, quantity }) => sum + goods.figures(set)[key] * quantity, 0);
    for (const [code, key] of [
      ["kit_too_dear", "highestPrice"],
      ["kit_above_cheapest", "lowestPrice"],
    ] as const) {
      const actual = sumOf(key);
      if (needed < actual) continue;
      const words = { needed: rubles(needed), actual: rubles(actual) };
      return [{ code, path: `${at}.price`, promotionIds, needed, actual, words }];
    }
    return [];
  });
}
