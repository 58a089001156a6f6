// The words of explanations in Russian and English.
import type { CodeOutcome, LineProblem, Notice, Unlock, Verdict } from "../core/pricing/index.ts";

/** Languages that explanations exist in. */
export type Language = "ru" | "en";

type Reason = Extract<Verdict, { kind: "not_applied" }>["reason"];
type PlainProblem = Exclude<LineProblem["kind"], "too_many" | "short_stock">;
type PlainUnlock = Exclude<Unlock["kind"], "add_sum" | "add_quantity" | "add_goods">;
type Column =
  | "goods"
  | "price"
  | "quantity"
  | "gross"
  | "discount"
  | "total"
  | "layer"
  | "promotion"
  | "before"
  | "after"
  | "group";
type Total = "gross" | "discount" | "total" | "maySpend" | "willEarn" | "spending" | "code" | "proof";

/** Everything that an explanation can say; a new reason does not compile until both languages have it. */
export interface ExplanationWords {
  readonly headings: Readonly<Record<"steps" | "verdicts" | "offered" | "notices", string>>;
  readonly columns: Readonly<Record<Column, string>>;
  readonly totals: Readonly<Record<Total, string>>;
  readonly offer: Readonly<Record<"chosen" | "total" | "gifts", string>>;
  readonly code: Readonly<Record<CodeOutcome["state"], string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly problems: Readonly<Record<PlainProblem, string>>;
  readonly notices: Readonly<Record<Notice["code"], string>>;
  readonly unlocks: Readonly<Record<PlainUnlock, string>> & {
    addSum(money: string): string;
    addQuantity(quantity: string): string;
    addGoods(count: string): string;
  };
  readonly applied: string;
  readonly best: string;
  readonly nothing: string;
  readonly putAside: string;
  readonly unknownGoods: string;
  notProven(gap: string): string;
  free(units: number): string;
  gifts(units: number): string;
  tooMany(limit: string): string;
  shortStock(left: string): string;
  winner(promotion: string): string;
  dearer(money: string): string;
  failed(path: string, needed: string, actual: string): string;
}

const ru: ExplanationWords = {
  headings: { steps: "Шаги", verdicts: "Акции", offered: "На выбор", notices: "Сообщения" },
  columns: {
    goods: "Товар",
    price: "Цена",
    quantity: "Кол-во",
    gross: "Сумма",
    discount: "Скидка",
    total: "Итого",
    layer: "Слой",
    promotion: "Акция",
    before: "Было",
    after: "Стало",
    group: "Группа",
  },
  totals: {
    gross: "Сумма без скидок",
    discount: "Скидка",
    total: "К оплате",
    maySpend: "Можно списать баллов",
    willEarn: "Начислим баллов",
    spending: "Спишем баллов",
    code: "Промокод",
    proof: "Сочетание акций",
  },
  offer: { chosen: "выбрано", total: "К оплате", gifts: "Подарки" },
  code: {
    applied: "применён",
    not_found: "не найден",
    already_redeemed: "уже использован",
    not_redeemable: "сейчас не действует",
    replaced: "заменён выбранной акцией",
  },
  reasons: {
    not_active: "не включена",
    not_scheduled: "не по расписанию",
    audience: "не для этого покупателя",
    condition: "условие не выполнено",
    no_goods: "нет подходящих товаров",
    code_not_entered: "нужен промокод",
    code_spent: "промокод уже использован",
    code_blocked: "промокод заблокирован",
    code_expired: "срок промокода вышел",
    code_foreign: "промокод другого покупателя",
    not_chosen: "не выбрана покупателем",
    other_group_chosen: "выбрана другая группа",
    replaced: "заменена другой акцией",
    beaten: "другая акция выгоднее",
    left_out: "без неё вся корзина дешевле",
    limit_reached: "лимит исчерпан",
    capped_to_zero: "скидки не вышло: мало товаров или мешает предел",
    gift_sold_out: "подарок закончился",
  },
  problems: {
    unknown_offer: "нет в каталоге",
    unavailable: "нет в продаже",
    bad_quantity: "непонятное количество",
  },
  notices: {
    quantity_rounded: "Количество округлено",
    gift_sold_out: "Подарок закончился",
    gift_dropped: "Подарок убран",
    gift_not_offered: "Такого подарка в акции нет",
    gift_limit: "Подарков выбрано больше, чем можно",
    code_unknown: "Промокод не найден",
    code_redeemed: "Промокод уже использован",
    code_blocked: "Промокод заблокирован",
    code_not_redeemable: "Промокод сейчас не действует",
    code_condition: "Условие промокода не выполнено",
    code_replaced: "Промокод не действует вместе с выбранной акцией",
    code_no_effect: "Промокод ничего не меняет",
    choice_dropped: "Выбранная акция больше не подходит",
    message: "Сообщение",
    hint: "Подсказка",
  },
  unlocks: {
    addSum: (money) => `добавить товаров на ${money}`,
    addQuantity: (quantity) => `добавить ${quantity} шт.`,
    addGoods: (count) => `добавить ещё разных товаров: ${count}`,
    enter_code: "ввести промокод",
    choose: "выбрать в меню",
    sign_in: "войти",
  },
  applied: "применена",
  best: "лучшее, доказано",
  nothing: "ничего",
  putAside: "отложен",
  unknownGoods: "неизвестный товар",
  notProven: (gap) => `лучшее из найденных; упущено не больше ${gap}`,
  free: (units) => `бесплатно: ${units}`,
  gifts: (units) => `подарков: ${units}`,
  tooMany: (limit) => `больше ${limit} нельзя`,
  shortStock: (left) => `осталось ${left}`,
  winner: (promotion) => `вместо неё ${promotion}`,
  dearer: (money) => `с ней дороже на ${money}`,
  failed: (path, needed, actual) => `${path}: нужно ${needed}, есть ${actual}`,
};

const en: ExplanationWords = {
  headings: { steps: "Steps", verdicts: "Promotions", offered: "To choose from", notices: "Messages" },
  columns: {
    goods: "Goods",
    price: "Price",
    quantity: "Quantity",
    gross: "Sum",
    discount: "Discount",
    total: "Total",
    layer: "Layer",
    promotion: "Promotion",
    before: "Before",
    after: "After",
    group: "Group",
  },
  totals: {
    gross: "Sum before discounts",
    discount: "Discount",
    total: "To pay",
    maySpend: "Points that may be spent",
    willEarn: "Points to earn",
    spending: "Points being spent",
    code: "Code",
    proof: "Combination",
  },
  offer: { chosen: "chosen", total: "To pay", gifts: "Gifts" },
  code: {
    applied: "applied",
    not_found: "not found",
    already_redeemed: "already redeemed",
    not_redeemable: "not valid now",
    replaced: "replaced by the choice",
  },
  reasons: {
    not_active: "not active",
    not_scheduled: "not scheduled now",
    audience: "not for this customer",
    condition: "a condition does not hold",
    no_goods: "no goods it acts on",
    code_not_entered: "needs a code",
    code_spent: "the code is spent",
    code_blocked: "the code is blocked",
    code_expired: "the code has ended",
    code_foreign: "the code is another customer's",
    not_chosen: "not chosen by the shopper",
    other_group_chosen: "another group is chosen",
    replaced: "replaced by another",
    beaten: "another one saves more",
    left_out: "the whole cart is cheaper without it",
    limit_reached: "its limit is reached",
    capped_to_zero: "nothing to take off: too few goods, a cap or a floor",
    gift_sold_out: "the gift is sold out",
  },
  problems: {
    unknown_offer: "not in the catalogue",
    unavailable: "not on sale",
    bad_quantity: "no usable quantity",
  },
  notices: {
    quantity_rounded: "The quantity was rounded",
    gift_sold_out: "The gift is sold out",
    gift_dropped: "The gift was removed",
    gift_not_offered: "The promotion has no such gift",
    gift_limit: "More gifts were chosen than allowed",
    code_unknown: "The code was not found",
    code_redeemed: "The code is already redeemed",
    code_blocked: "The code is blocked",
    code_not_redeemable: "The code is not valid now",
    code_condition: "The condition of the code does not hold",
    code_replaced: "The code does not work beside the chosen promotion",
    code_no_effect: "The code changes nothing",
    choice_dropped: "The chosen promotion no longer fits",
    message: "Message",
    hint: "Hint",
  },
  unlocks: {
    addSum: (money) => `add goods for ${money}`,
    addQuantity: (quantity) => `add ${quantity} units`,
    addGoods: (count) => `add ${count} more different goods`,
    enter_code: "enter the code",
    choose: "choose it in the menu",
    sign_in: "sign in",
  },
  applied: "applied",
  best: "best, proven",
  nothing: "nothing",
  putAside: "put aside",
  unknownGoods: "unknown goods",
  notProven: (gap) => `best found; at most ${gap} missed`,
  free: (units) => `free: ${units}`,
  gifts: (units) => `gifts: ${units}`,
  tooMany: (limit) => `at most ${limit}`,
  shortStock: (left) => `${left} left`,
  winner: (promotion) => `instead of it ${promotion}`,
  dearer: (money) => `${money} dearer with it`,
  failed: (path, needed, actual) => `${path}: needs ${needed}, has ${actual}`,
};

/** By language. */
export const words: Readonly<Record<Language, ExplanationWords>> = { ru, en };
