// Every sentence that a shopper may read from us, in both languages; a code without its sentence does not compile.
import { unreachable } from "../../core/basics/index.ts";
import { formatDecimal, type Minor, type Quantity } from "../../core/money/index.ts";
import type { LineProblem, Notice } from "../../core/pricing/index.ts";

/** Languages of messages to shoppers (shop.language). */
export type Language = "ru" | "en";

/** Codes of notices whose sentence is ours and not the promotion's author's. */
type OwnNotice = Exclude<Notice["code"], "message" | "hint">;

/** What a sentence may speak of. */
interface Subject {
  /** Name of the good, null when unknown. */
  readonly good: string | null;
  readonly quantity: string | null;
}

/** Sentences beside the engine's notices. */
interface Sentences {
  readonly notices: Readonly<Record<OwnNotice, (subject: Subject) => string>>;
  readonly unknownOffer: string;
  readonly unavailable: string;
  readonly badQuantity: string;
  tooMany(limit: string): string;
  left(quantity: string): string;
  lowered(quantity: string): string;
  readonly priceChanged: string;
  readonly pricedWithoutPromotions: string;
  readonly namelessLines: string;
  readonly cardUsable: string;
  readonly cardUnknown: string;
  readonly cardUsed: string;
  readonly cardExpired: string;
}

const quoted = (good: string | null, opening: string, closing: string): string =>
  good === null ? "" : ` ${opening}${good}${closing}`;

const ru: Sentences = {
  notices: {
    quantity_rounded: ({ quantity }) =>
      `Количество изменено на ${quantity}: товар отпускается целыми шагами.`,
    gift_sold_out: ({ good }) => `Подарок${quoted(good, "«", "»")} закончился.`,
    gift_dropped: ({ good }) => `Подарок${quoted(good, "«", "»")} убран: условия акции больше не выполнены.`,
    gift_not_offered: ({ good }) => `Подарок${quoted(good, "«", "»")} не входит в выбранную акцию.`,
    gift_limit: () => "Выбрано больше подарков, чем положено: оставлены первые.",
    code_unknown: () => "Такого промокода нет.",
    code_redeemed: () => "Промокод уже использован.",
    code_blocked: () => "Промокод отключён.",
    code_not_redeemable: () => "Промокод сейчас не действует.",
    code_condition: () => "Условия промокода пока не выполнены.",
    code_replaced: () => "Промокод не действует вместе с выбранной акцией.",
    code_no_effect: () => "Промокод ничего не меняет в этой корзине.",
    choice_dropped: () => "Выбранная акция больше не доступна.",
  },
  unknownOffer: "Товара больше нет в каталоге.",
  unavailable: "Товара нет в наличии.",
  badQuantity: "Укажите количество.",
  tooMany: (limit) => `Слишком большое количество: не больше ${limit}.`,
  left: (quantity) => `Осталось только ${quantity}.`,
  lowered: (quantity) => `Осталось только ${quantity}: количество уменьшено.`,
  priceChanged: "Цены некоторых товаров изменились.",
  pricedWithoutPromotions: "Скидки сейчас не рассчитаны: показаны цены каталога.",
  namelessLines: "Некоторые товары не удалось распознать.",
  cardUsable: "Карта действует.",
  cardUnknown: "Карта не найдена: проверьте номер и код.",
  cardUsed: "На карте нет денег.",
  cardExpired: "Карта не действует.",
};

const en: Sentences = {
  notices: {
    quantity_rounded: ({ quantity }) =>
      `The quantity was changed to ${quantity}: the product is sold in whole steps.`,
    gift_sold_out: ({ good }) => `The gift${quoted(good, "“", "”")} has run out.`,
    gift_dropped: ({ good }) =>
      `The gift${quoted(good, "“", "”")} was removed: the promotion no longer applies.`,
    gift_not_offered: ({ good }) => `The gift${quoted(good, "“", "”")} is not part of the chosen promotion.`,
    gift_limit: () => "More gifts were chosen than allowed: the first ones were kept.",
    code_unknown: () => "There is no such promo code.",
    code_redeemed: () => "The promo code has already been used.",
    code_blocked: () => "The promo code has been switched off.",
    code_not_redeemable: () => "The promo code is not valid now.",
    code_condition: () => "The conditions of the promo code are not met yet.",
    code_replaced: () => "The promo code does not work together with the chosen promotion.",
    code_no_effect: () => "The promo code changes nothing in this cart.",
    choice_dropped: () => "The chosen promotion is no longer available.",
  },
  unknownOffer: "The product is no longer in the catalogue.",
  unavailable: "The product is out of stock.",
  badQuantity: "Enter a quantity.",
  tooMany: (limit) => `The quantity is too large: at most ${limit}.`,
  left: (quantity) => `Only ${quantity} left.`,
  lowered: (quantity) => `Only ${quantity} left: the quantity was lowered.`,
  priceChanged: "Prices of some products have changed.",
  pricedWithoutPromotions: "Discounts are not calculated now: catalogue prices are shown.",
  namelessLines: "Some products could not be recognised.",
  cardUsable: "The card is valid.",
  cardUnknown: "The card was not found: check its number and code.",
  cardUsed: "The card is empty.",
  cardExpired: "The card is not valid.",
};

/** All sentences by language. */
export const SENTENCES: Readonly<Record<Language, Sentences>> = { ru, en };

/** 1234.5 as the language writes it, without zeros at the end. */
function decimal(text: string, language: Language): string {
  const [whole = "", fraction = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === "ru" ? "\u00a0" : ",");
  const significant = /^0*$/.test(fraction) ? "" : fraction;
  return significant === "" ? grouped : `${grouped}${language === "ru" ? "," : "."}${significant}`;
}

/** "1 234,50 ₽"; kopecks only where there are any. */
export function moneyText(amount: Minor, language: Language): string {
  const text = decimal(formatDecimal(amount, 2), language);
  return language === "ru" ? `${text}\u00a0₽` : `₽${text}`;
}

/** "0,3" or "3". */
export function quantityText(value: Quantity, language: Language): string {
  return decimal(formatDecimal(value, 3).replace(/0+$/, ""), language);
}

/** The sentence of a notice; null for an author's message that has no text. `goodName` finds a good's name. */
export function noticeText(
  notice: Notice,
  language: Language,
  goodName: (offerId: string) => string | null,
): string | null {
  if (notice.code === "message" || notice.code === "hint") {
    const text = notice.text?.[language] ?? notice.text?.ru ?? "";
    if (text === "") return null;
    return notice.amountMinor === undefined
      ? text
      : text.replaceAll("{missing}", moneyText(notice.amountMinor, language));
  }
  return SENTENCES[language].notices[notice.code]({
    good: notice.offerId === undefined ? null : goodName(notice.offerId),
    quantity: notice.quantity === undefined ? null : quantityText(notice.quantity, language),
  });
}

/** Why a line cannot be bought. */
export function problemText(problem: LineProblem, language: Language): string {
  const sentences = SENTENCES[language];
  switch (problem.kind) {
    case "unknown_offer":
      return sentences.unknownOffer;
    case "unavailable":
      return sentences.unavailable;
    case "bad_quantity":
      return sentences.badQuantity;
    case "too_many":
      return sentences.tooMany(quantityText(problem.limit, language));
    case "short_stock":
      return problem.left === 0
        ? sentences.unavailable
        : sentences.left(quantityText(problem.left, language));
    default:
      return unreachable(problem);
  }
}
