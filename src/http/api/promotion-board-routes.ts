// The board of promotions, and promotions to begin with.
import { PROMOTION_TEMPLATES, promotionBoardCalls, promotionSentence } from "../../contract/index.ts";
import type { PromotionDocument } from "../../core/pricing/index.ts";
import { type BoardEntry, showBoard } from "../../flows/index.ts";
import { route, shownOrNull } from "./route.ts";

const readBoard = route(promotionBoardCalls.readPromotionBoard, async ({ house, rules, query }) => {
  const { version, entries, rivals } = await showBoard(house, rules);
  const counts = new Map<string, number>();
  for (const { left, right } of rivals.pairs)
    for (const id of [left, right]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const part = query.query?.toLowerCase() ?? "";
  const items = entries
    .filter(({ status, layer }) => status === (query.status ?? status) && layer === (query.layer ?? layer))
    .map((entry) => entryShown(entry, counts.get(entry.promotion.id) ?? 0))
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
) {
  const { id, name, combining, choice, codes } = promotion;
  const shares = limits.flatMap(({ used, most, left }) => (left === null || most === 0 ? [] : [used / most]));
  return {
    promotionId: id,
    name: typeof name === "string" ? { ru: name, en: name } : { ru: name.ru, en: name.en ?? name.ru },
    sentence: sentencesOf(promotion),
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

function sentencesOf(promotion: PromotionDocument) {
  return { ru: promotionSentence(promotion, "ru"), en: promotionSentence(promotion, "en") };
}
