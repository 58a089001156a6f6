// What a shopper is told of their order, in both languages: what became other than they saw, and how far it has come.
import { unreachable } from "../../core/basics/index.ts";
import { type Minor, minor, quantity } from "../../core/money/index.ts";
import type { OrderStatus } from "../../core/orders/index.ts";
import type { OrderDifference, PlacedOrder } from "../../flows/index.ts";
import { type Language, moneyText, noticeText, quantityText, SENTENCES } from "./messages.ts";

const STATUSES: Readonly<Record<Language, Readonly<Record<OrderStatus, string>>>> = {
  ru: {
    placed: "Принят",
    processing: "Собирается",
    ready_to_dispatch: "Собран",
    dispatched: "В пути",
    ready_for_pickup: "Готов к выдаче",
    delivered: "Доставлен",
    done: "Выполнен",
    canceled: "Отменён",
    closed: "Закрыт",
  },
  en: {
    placed: "Placed",
    processing: "Being packed",
    ready_to_dispatch: "Packed",
    dispatched: "On its way",
    ready_for_pickup: "Ready for pickup",
    delivered: "Delivered",
    done: "Completed",
    canceled: "Cancelled",
    closed: "Closed",
  },
};

/** The status as a shopper reads it. */
export function statusText(status: OrderStatus, language: Language): string {
  return STATUSES[language][status];
}

/** Answers to a cancellation and to wishes that cannot be fulfilled. */
export const ORDER_SENTENCES = {
  ru: {
    cancelled: "Заказ снят по вашей просьбе",
    unknownOrder: "Такого заказа нет.",
    notCancellable: "Заказ уже нельзя отменить: он собран или передан в доставку.",
    orderFinal: "Заказ уже завершён.",
    statusUnknown: "Такого состояния заказа нет.",
    notStored: "Срок хранения этого заказа нельзя продлить.",
    noUsableLine: "Товаров этого заказа больше нет в продаже.",
    pricingFailed: "Заказ сейчас не удалось рассчитать. Попробуйте ещё раз.",
    unreadable: "Заказ не удалось прочитать.",
  },
  en: {
    cancelled: "The order was cancelled as you asked",
    unknownOrder: "There is no such order.",
    notCancellable: "The order can no longer be cancelled: it is packed or on its way.",
    orderFinal: "The order is already finished.",
    statusUnknown: "There is no such order status.",
    notStored: "The storage of this order cannot be extended.",
    noUsableLine: "The products of this order are no longer sold.",
    pricingFailed: "The order cannot be priced now. Please try again.",
    unreadable: "The order could not be read.",
  },
} as const;

/** What is different from what the shopper saw; null when nothing is. */
export function orderMessage(order: PlacedOrder, language: Language): string | null {
  const { quote, facts } = order.priced;
  const nameOf = (offerId: string): string | null => facts.offers.get(offerId)?.name ?? null;
  const words = order.differences.map((one) => differenceText(one, language));
  for (const notice of quote.notices) {
    // Hints and advertising belong to carts; gifts and codes are told in the engine's own words.
    if (notice.code === "hint" || notice.code === "message" || notice.code === "quantity_rounded") continue;
    words.push(noticeText(notice, language, nameOf));
  }
  if (order.request.nameless > 0) words.push(SENTENCES[language].namelessLines);
  const once = new Set(words.filter((each) => each !== null && each !== ""));
  return once.size === 0 ? null : [...once].join(" ");
}

function differenceText(difference: OrderDifference, language: Language): string | null {
  const money = (amount: number): string => moneyText(amount as Minor, language);
  const isRussian = language === "ru";
  switch (difference.kind) {
    case "line_price": {
      const [shown, charged] = [money(difference.shownMinor), money(difference.chargedMinor)];
      return isRussian
        ? `«${difference.name}»: ${charged} вместо ${shown}.`
        : `“${difference.name}”: ${charged} instead of ${shown}.`;
    }
    case "line_left_out":
      return isRussian
        ? `«${difference.name}» не вошёл в заказ: товара нет в наличии.`
        : `“${difference.name}” is not in the order: it is out of stock.`;
    case "quantity_lowered": {
      const count = quantityText(quantity(difference.given), language);
      return isRussian
        ? `«${difference.name}»: осталось только ${count}.`
        : `“${difference.name}”: only ${count} left.`;
    }
    case "gift_gone":
      return isRussian
        ? `Подарка «${difference.name}» больше нет.`
        : `The gift “${difference.name}” is gone.`;
    case "points_fewer":
      return isRussian
        ? `Списано баллов: ${difference.held} вместо ${difference.asked}.`
        : `Points used: ${difference.held} instead of ${difference.asked}.`;
    case "total":
      return isRussian
        ? `Сумма заказа: ${money(difference.chargedMinor)} вместо ${money(difference.shownMinor)}.`
        : `Order total: ${money(difference.chargedMinor)} instead of ${money(difference.shownMinor)}.`;
    case "priced_by_catalogue":
      return SENTENCES[language].pricedWithoutPromotions;
    case "code_not_applied":
      // The engine's notice says why.
      return null;
    default:
      return unreachable(difference);
  }
}

/** Kopecks of an order as an app is told its price. */
export function priceOf(total: number, delivery: number | null, includesDelivery: boolean): Minor {
  return minor(total + (includesDelivery ? (delivery ?? 0) : 0));
}
