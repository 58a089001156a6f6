// The words above an explanation that could not be told exactly as it was.
import { roublesText } from "./explanation.ts";
import type { Language } from "./explanation-words.ts";
import type { Doubt, RetoldCalculation } from "./read-calculation.ts";

const REASONS: Readonly<Record<Language, Readonly<Record<Doubt, string>>>> = {
  ru: {
    rules_gone: "этой версии правил больше нет, ниже цены каталога",
    goods_gone: "часть товаров корзины уже забыта",
    engine_changed: "с тех пор движок расчёта стал другим",
    differs: "сохранённые суммы не сходятся с расчётом",
  },
  en: {
    rules_gone: "that version of the rules is no longer there, below are prices of the catalogue",
    goods_gone: "some goods of the cart are forgotten",
    engine_changed: "the engine has changed since",
    differs: "the stored amounts do not agree with the calculation",
  },
};

/** Two lines and a blank one that say why the explanation is not exact and what was answered; empty where it is exact. */
export function doubtText({ doubt, answered }: RetoldCalculation, language: Language): string {
  if (doubt === null) return "";
  const reason = REASONS[language][doubt];
  const [discount, total] = [roublesText(answered.discount, language), roublesText(answered.total, language)];
  return language === "ru"
    ? `Не в точности тот расчёт, что был в ответе: ${reason}.\nВ ответе: скидка ${discount}, итого ${total}.\n\n`
    : `Not exactly the calculation that was answered: ${reason}.\nAnswered: discount ${discount}, total ${total}.\n\n`;
}
