// Our quote to the vendor's answer: built by hand, field by field, so that nothing null or empty can slip in.
import { type Minor, minor } from "../../core/money/index.ts";
import type { OfferedGroup } from "../../core/pricing/index.ts";
import type { GiftCardStatus, QuotedCart } from "../../flows/index.ts";
import { roubles, units } from "./amounts.ts";
import { groupBonuses } from "./delivery-groups.ts";
import { type BonusesAnswer, type ItemAnswer, itemAnswer } from "./item-answer.ts";
import { type Language, SENTENCES } from "./messages.ts";
import { cartNotice, codeTrouble, goodNamesOf } from "./notices.ts";
import { type PromocodeStatus, promocodeStatus, type ShowcaseAnswer, showcaseOf } from "./promocodes.ts";
import type { IrpSettings } from "./settings.ts";

interface GiftAnswer {
  id: string;
  quantity: number;
}

interface PromoAnswer {
  id: string;
  name: string;
  sumsWithBonuses: boolean;
  gifts?: GiftAnswer[];
  giftOptions?: GiftAnswer[];
  giftOptionsLimit?: number;
  discount?: number;
}

interface ServiceAnswer {
  serviceId: string;
  title: string;
  description?: string;
  price: number;
  isSelected: boolean;
  itemId?: string;
  readMoreModal?: { title: string; text: string };
}

/** The whole answer; `appliedPromocode` is the only field that may be null. */
export interface BasketAnswer {
  totalPrice: number;
  discount: number;
  appliedPromocode: string | null;
  items: ItemAnswer[];
  bonuses?: BonusesAnswer;
  deliveryGroupsBonuses?: Record<string, { canSpend: number }>;
  promoGroups?: PromoAnswer[][];
  giftCards?: { number: string; pin?: string; success: boolean; status: string }[];
  availablePromocodes?: ShowcaseAnswer[];
  promocodeStatus?: PromocodeStatus;
  promocodeErrorMessage?: string;
  notice?: string;
  extraServices?: ServiceAnswer[];
  lastSyncDate?: number;
}

/** The answer to a basket request. `nameless`: entries of the request that could not be answered at all. */
export function basketAnswer(quoted: QuotedCart, settings: IrpSettings, nameless: number): BasketAnswer {
  const { quote } = quoted;
  const answer: BasketAnswer = {
    totalPrice: roubles(totalOf(quoted, settings)),
    discount: roubles(quote.discount),
    appliedPromocode: quote.code?.state === "applied" ? quote.code.entered : null,
    items: itemsOf(quoted, settings),
  };
  if (quote.points !== null) {
    answer.bonuses = { canSpend: quote.points.maySpend, willEarn: quote.points.willEarn };
    const byGroup = groupBonuses(quoted.lines, quote);
    if (byGroup !== null) answer.deliveryGroupsBonuses = byGroup;
  }
  if (quote.offered.length > 0) answer.promoGroups = promoGroupsOf(quote.offered, settings.language);
  if (quoted.giftCards.length > 0) answer.giftCards = giftCardsOf(quoted, settings.language);
  if (quoted.showcase.length > 0) answer.availablePromocodes = showcaseOf(quoted.showcase, settings.language);
  addCodeFields(answer, quoted, settings);
  const notice = cartNotice(quoted, settings, nameless);
  if (notice !== null) answer.notice = notice;
  if (quoted.services !== null && quoted.services.length > 0)
    answer.extraServices = servicesOf(quoted.services);
  if (quoted.syncAt !== null) answer.lastSyncDate = quoted.syncAt;
  return answer;
}

/** Services and gift cards stand beside the goods' price and count only by setting. */
function totalOf({ quote, services, giftCards }: QuotedCart, settings: IrpSettings): Minor {
  let total: number = quote.total;
  if (settings.extraServicesInTotal) {
    for (const service of services ?? []) if (service.isSelected) total += service.price;
  }
  if (settings.giftCardsInTotal) {
    for (const { check } of giftCards) if (check.isUsable) total -= check.balance ?? 0;
  }
  return minor(Math.max(total, 0));
}

function itemsOf(quoted: QuotedCart, settings: IrpSettings): ItemAnswer[] {
  const names = goodNamesOf(quoted);
  return quoted.quote.lines.map((line) => {
    const index = line.lineIndex;
    const sent = index === null ? null : (quoted.lines[index] ?? null);
    const lowering = index === null ? undefined : quoted.lowered.get(index);
    return itemAnswer(line, sent, lowering, settings, names);
  });
}

function promoGroupsOf(offered: readonly OfferedGroup[], language: Language): PromoAnswer[][] {
  return offered.map((group) =>
    group.promotions.map((promotion) => {
      const answer: PromoAnswer = {
        id: promotion.promotionId,
        name: promotion.name[language],
        sumsWithBonuses: promotion.mayPointsPay,
      };
      if (promotion.gifts.length > 0) answer.gifts = giftsOf(promotion.gifts);
      if (promotion.giftOptions.length > 0) {
        answer.giftOptions = giftsOf(promotion.giftOptions);
        answer.giftOptionsLimit = promotion.giftOptionsLimit;
      }
      if (promotion.discount !== null) answer.discount = roubles(promotion.discount);
      return answer;
    }),
  );
}

function giftsOf(gifts: OfferedGroup["promotions"][number]["gifts"]): GiftAnswer[] {
  return gifts.map(({ offerId, quantity }) => ({ id: offerId, quantity: units(quantity) }));
}

function giftCardsOf({ giftCards }: QuotedCart, language: Language): NonNullable<BasketAnswer["giftCards"]> {
  const usual = cardWords(language);
  return giftCards.map(({ typed, check }) => ({
    number: typed.number,
    ...(typed.pin === null ? {} : { pin: typed.pin }),
    success: check.isUsable,
    status: check.text?.[language] ?? check.text?.ru ?? usual[check.status],
  }));
}

function cardWords(language: Language): Readonly<Record<GiftCardStatus, string>> {
  const { cardUsable, cardUnknown, cardUsed, cardExpired } = SENTENCES[language];
  return {
    usable: cardUsable,
    unknown: cardUnknown,
    spent: cardUsed,
    expired: cardExpired,
    blocked: cardExpired,
  };
}

/** The status is described for early access only; the error message is not described at all: both by setting. */
function addCodeFields(answer: BasketAnswer, quoted: QuotedCart, settings: IrpSettings): void {
  const { code } = quoted.quote;
  if (code === null) return;
  if (settings.promocodeStatus === "always" || quoted.cart.isEarlyAccess) {
    answer.promocodeStatus = promocodeStatus(code);
  }
  if (settings.promocodeErrorMessage && code.state !== "applied") {
    const trouble = codeTrouble(quoted, settings);
    if (trouble !== null) answer.promocodeErrorMessage = trouble;
  }
}

function servicesOf(services: NonNullable<QuotedCart["services"]>): ServiceAnswer[] {
  return services.map((service) => {
    const answer: ServiceAnswer = {
      serviceId: service.id,
      title: service.title,
      price: roubles(service.price),
      isSelected: service.isSelected,
    };
    if (service.description !== null && service.description !== "") answer.description = service.description;
    if (service.itemId !== null) answer.itemId = service.itemId;
    if (service.modal !== null)
      answer.readMoreModal = { title: service.modal.title, text: service.modal.text };
    return answer;
  });
}
