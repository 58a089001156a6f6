// The board of promotions, and promotions to begin with.
import {
  type NameOf,
  PROMOTION_TEMPLATES,
  promotionBoardCalls,
  promotionSentence,
} from "../../contract/index.ts";
import type { PromotionDocument } from "../../core/pricing/index.ts";
import { type BoardEntry, type House, nameGoods, showBoard } from "../../flows/index.ts";
import { route, shownOrNull } from "./route.ts";

const readBoard = route(promotionBoardCalls.readPromotionBoard, async ({ house, rules, query }) => {
  const { version, entries, rivals } = await showBoard(house, rules);
  const counts = new Map<string, number>();
  for (const { left, right } of rivals.pairs)
    for (const id of [left, right]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const part = query.query?.toLowerCase() ?? "";
  const wanted = entries.filter(
    ({ status, layer }) => status === (query.status ?? status) && layer === (query.layer ?? layer),
  );
  const nameOf = await namesIn(
    house,
    wanted.map(({ promotion }) => promotion),
  );
  const items = wanted
    .map((entry) => entryShown(entry, counts.get(entry.promotion.id) ?? 0, nameOf))
    .filter(({ promotionId, name, sentence }) =>
      [promotionId, name.ru, name.en, sentence.ru, sentence.en].some((text) =>
        text.toLowerCase().includes(part),
      ),
    );
  return {
    version,
    items: items.toSorted(ORDERS[query.order ?? "menu"]),
    rivals: rivals.pairs.map(({ left, right, reason }) => ({ leftId: left, rightId: right, reason })),
    areRivalsWhole: rivals.isWhole,
  };
});

const listTemplates = route(promotionBoardCalls.listPromotionTemplates, async () => ({
  items: PROMOTION_TEMPLATES.map(({ id, title, use, fill, promotion }) => ({
    ...{ id, title: { ...title }, use: { ...use }, fill: [...fill], promotion },
    sentence: sentencesOf(promotion),
  })),
}));

/** Routes of the board. */
export const promotionBoardRoutes = [readBoard, listTemplates];

type Shown = ReturnType<typeof entryShown>;

const ORDERS: Readonly<Record<string, (left: Shown, right: Shown) => number>> = {
  menu: () => 0,
  application: (left, right) => left.order - right.order,
  name: (left, right) => left.name.ru.localeCompare(right.name.ru, "ru"),
  discount: (left, right) => right.discountMinor - left.discountMinor,
  uses: (left, right) => right.orders - left.orders,
  // Instants of one form are in the order of their texts; what never ends comes last.
  until: (left, right) =>
    (left.until ?? "~") < (right.until ?? "~") ? -1 : left.until === right.until ? 0 : 1,
};

function entryShown(
  { promotion, status, from, until, layer, order, uses, limits }: BoardEntry,
  rivals: number,
  nameOf: NameOf,
) {
  const { id, name, combining, choice, codes } = promotion;
  const shares = limits.flatMap(({ used, most, left }) => (left === null || most === 0 ? [] : [used / most]));
  return {
    promotionId: id,
    name: typeof name === "string" ? { ru: name, en: name } : { ru: name.ru, en: name.en ?? name.ru },
    sentence: sentencesOf(promotion, nameOf),
    ...{ status, from: shownOrNull(from), until: shownOrNull(until), layer, order },
    group: combining?.group ?? null,
    bestOf: combining?.bestOf ?? null,
    choiceGroup: choice?.group ?? null,
    needsCode: codes !== undefined,
    orders: uses.orders,
    discountMinor: uses.spent,
    limits: [...limits],
    usedShare: shares.length === 0 ? null : Math.min(1, Math.max(...shares)),
    rivals,
  };
}

function sentencesOf(promotion: PromotionDocument, nameOf?: NameOf) {
  return { ru: promotionSentence(promotion, "ru", nameOf), en: promotionSentence(promotion, "en", nameOf) };
}

/** Names of everything that the sentences of these promotions ask for: they are said once to hear what that is. */
async function namesIn(house: House, promotions: readonly PromotionDocument[]): Promise<NameOf> {
  const wanted = { offers: new Set<string>(), categories: new Set<string>() };
  for (const promotion of promotions) {
    promotionSentence(promotion, "ru", (kind, id) => {
      if (kind === "offer") wanted.offers.add(id);
      if (kind === "category") wanted.categories.add(id);
      return null;
    });
  }
  const { offers, categories } = await nameGoods(house, wanted);
  return (kind, id) => {
    if (kind === "offer") return offers.get(id) ?? null;
    return kind === "category" ? (categories.get(id) ?? null) : null;
  };
}
