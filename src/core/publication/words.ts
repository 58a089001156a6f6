// The words of every finding, and how serious it is: the one list of codes, which the documentation repeats.
// Long because it is one table: each code has its sentence and its advice in two languages.
import type { Severity } from "./finding.ts";

interface Words {
  readonly severity: Severity;
  readonly ru: string;
  readonly en: string;
  readonly doRu: string;
  readonly doEn: string;
}

const words = (severity: Severity, ru: string, en: string, doRu: string, doEn: string): Words => ({
  severity,
  ru,
  en,
  doRu,
  doEn,
});

const error = words.bind(null, "error");
const warning = words.bind(null, "warning");

/** Words by code. */
export const WORDS = {
  already_over: warning(
    "акция уже закончилась: {when}",
    "is already over: {when}",
    "уберите её или продлите срок",
    "remove it or move its end",
  ),
  schedule_empty: error(
    "время действия пусто: {what}",
    "never runs: {what} leave no moment",
    "сверьте даты, дни недели и часы",
    "compare dates, weekdays and hours",
  ),
  conditions_contradict: error(
    "условия не могут выполниться вместе: {what}",
    "the conditions cannot hold together: {what}",
    "уберите одно из условий или исправьте границы",
    "drop one of them or mend its bounds",
  ),
  scope_empty: error(
    "в каталоге нет ни одного товара для этой акции",
    "no good of the catalogue belongs to its scope",
    "проверьте идентификаторы и исключения",
    "check the ids and the exclusions",
  ),
  scope_unavailable: warning(
    "ни один из {count} товаров акции сейчас не продаётся",
    "none of its {count} goods is on sale now",
    "проверьте наличие в фиде",
    "check the availability in the feed",
  ),
  threshold_unreachable: error(
    "порог недостижим: нужно {needed}, возможно не больше {actual}",
    "the threshold cannot be reached: needs {needed}, at most {actual} is possible",
    "снизьте порог или расширьте набор товаров",
    "lower it or widen its goods",
  ),
  threshold_above_stock: warning(
    "порог выше остатков: нужно {needed}, есть {actual}",
    "the threshold is above the stock: needs {needed}, {actual} are left",
    "снизьте порог или пополните остатки",
    "lower it or restock",
  ),
  effect_unreachable: error(
    "при этих условиях акция ничего не даёт: {what}",
    "under its conditions it gives nothing: {what}",
    "согласуйте условия с эффектом",
    "make conditions and effect agree",
  ),
  no_code: warning(
    "нужен промокод, но ни одного нет ни в списке, ни в таблице",
    "needs a code, and there is none, neither listed nor in the code table",
    "добавьте codes.list или загрузите коды",
    "add codes.list or import codes",
  ),
  codes_spent: warning(
    "ни одним из {count} промокодов воспользоваться нельзя",
    "none of its {count} codes can be used any more",
    "загрузите новые коды",
    "import new codes",
  ),
  choice_never_shown: error(
    "группа выбора «{group}» никогда не покажется: ни одна её акция не действует",
    "the choice group “{group}” is never shown: none of its promotions can apply",
    "исправьте акции группы",
    "mend the promotions of the group",
  ),
  zero_effect: error(
    "эффект ничего не даёт",
    "the effect gives nothing",
    "укажите значение больше нуля",
    "give it a value above zero",
  ),
  cap_zero: error(
    "предел скидки равен нулю",
    "the cap leaves no discount",
    "поднимите или уберите предел",
    "raise the cap or drop it",
  ),
  limit_zero: error(
    "лимит равен нулю: воспользоваться нельзя",
    "the limit is zero: nobody can use it",
    "поднимите или уберите лимит",
    "raise the limit or drop it",
  ),
  floor_too_high: error(
    "нижняя цена {needed} ₽ не ниже цены всех товаров акции",
    "the floor of {needed} is not below the price of any of its goods",
    "снизьте нижнюю цену",
    "lower the floor",
  ),
  fixed_price_too_high: error(
    "фиксированная цена {needed} ₽ не ниже самой высокой цены товаров акции, {actual} ₽",
    "the fixed price of {needed} is not below the highest price of its goods, {actual}",
    "снизьте цену",
    "lower the price",
  ),
  weight_only: error(
    "акция считает штуки, а все её товары продаются на вес",
    "counts units, and all its goods are sold by weight",
    "возьмите процент или сумму",
    "use a percentage or an amount",
  ),
  code_share_zero: error(
    "каталог запрещает промокоды на все товары акции",
    "the catalogue forbids codes on all its goods",
    "сделайте акцию без кода или смените товары",
    "make it automatic or change its goods",
  ),
  always_beaten: warning(
    "всегда проигрывает акции «{winner}»: та применима всегда, когда применима эта, и даёт не меньше",
    "is always beaten by “{winner}”, which applies whenever it does and gives at least as much",
    "уберите одну из двух или разрешите им сочетаться",
    "remove one of the two or let them combine",
  ),
  nearly_always_beaten: warning(
    "проигрывает акции «{winner}», кроме корзин у самого порога других акций",
    "is beaten by “{winner}” except in carts right at the threshold of another promotion",
    "уберите одну из двух или разрешите им сочетаться",
    "remove one of the two or let them combine",
  ),
  best_of_never_wins: warning(
    "в группе «{group}» всегда выгоднее «{winner}»",
    "never wins in “{group}”: “{winner}” always gives at least as much",
    "уберите её из группы или сделайте выгоднее",
    "take it out of the group or make it better",
  ),
  always_replaced: warning(
    "обязательная акция «{winner}» всегда вытесняет её",
    "the mandatory “{winner}” always takes its place",
    "уберите одну из двух или измените сочетание",
    "remove one of the two or change how they combine",
  ),
  mandatory_rivals: warning(
    "обе обязательны, но вместе не применяются: «{winner}» вытеснит её",
    "both are mandatory and cannot stand together: “{winner}” comes first",
    "оставьте обязательной одну или разрешите им сочетаться",
    "keep one mandatory or let them combine",
  ),
  gift_unknown: error(
    "подарка «{offer}» нет в каталоге",
    "the gift “{offer}” is not in the catalogue",
    "проверьте идентификатор{meant}",
    "check the id{meant}",
  ),
  gift_unavailable: warning(
    "подарок «{offer}» сейчас не продаётся",
    "the gift “{offer}” is not on sale now",
    "выберите другой подарок",
    "choose another gift",
  ),
  gift_out_of_stock: warning(
    "подарка «{offer}» осталось {actual}, нужно {needed}",
    "{actual} of the gift “{offer}” are left, one cart takes {needed}",
    "пополните остаток или уменьшите количество",
    "restock or give fewer",
  ),
  gift_too_dear: error(
    "подарок «{offer}» стоит {actual} ₽, больше предела {needed} ₽",
    "the gift “{offer}” is worth {actual}, above the limit of {needed}",
    "выберите подарок дешевле",
    "choose a cheaper gift",
  ),
  gift_twice: warning(
    "подарок «{offer}» назван дважды",
    "names the gift “{offer}” twice",
    "оставьте один раз и укажите количество",
    "name it once, with a quantity",
  ),
  gift_limit_over: warning(
    "можно выбрать {actual}, а подарков всего {needed}",
    "{actual} may be chosen, and there are {needed} options",
    "уменьшите limit или добавьте варианты",
    "lower the limit or add options",
  ),
  kit_part_empty: error(
    "для части набора нет товаров в каталоге",
    "no good of the catalogue fits this part of the kit",
    "проверьте товары части",
    "check the goods of the part",
  ),
  kit_too_dear: error(
    "цена набора {needed} ₽ не ниже суммы самых дорогих частей {actual} ₽",
    "the kit's price of {needed} is not below the sum of its dearest parts, {actual}",
    "снизьте цену набора",
    "lower the kit's price",
  ),
  kit_above_cheapest: warning(
    "цена набора {needed} ₽ не ниже суммы самых дешёвых частей {actual} ₽",
    "the kit's price of {needed} is not below the sum of its cheapest parts, {actual}",
    "проверьте цену набора",
    "check the kit's price",
  ),
  below_floor: error(
    "вместе акции опускают цену «{offer}» до {actual} ₽ при нижней {needed} ₽ (таких товаров: {count})",
    "together they bring “{offer}” down to {actual}, below its floor of {needed} ({count} such goods)",
    "задайте floor или caps, или запретите сочетание",
    "set floor or caps, or forbid the combination",
  ),
  below_margin: error(
    "вместе акции опускают цену «{offer}» до {actual} ₽; с наценкой должно остаться {needed} ₽ (таких товаров: {count})",
    "together they bring “{offer}” down to {actual}; the margin asks for {needed} ({count} such goods)",
    "задайте floor или caps, или запретите сочетание",
    "set floor or caps, or forbid the combination",
  ),
  budget_one_cart: warning(
    "одна корзина может забрать весь бюджет: скидка {actual} ₽ при бюджете {needed} ₽",
    "one cart can take the whole budget: {actual} off, and the budget is {needed}",
    "задайте caps.perOrder или увеличьте бюджет",
    "set caps.perOrder or raise the budget",
  ),
  text_too_long: warning(
    "{actual} знаков, приложение покажет {needed}",
    "is {actual} characters long; the app shows {needed}",
    "сократите до {needed}",
    "shorten it to {needed}",
  ),
  unknown_placeholder: warning(
    "подстановки {what} нет",
    "there is no placeholder {what} here",
    "в hint заменяется только {missing}",
    "only {missing} in hint is replaced",
  ),
  code_twice: warning(
    "код «{what}» записан дважды",
    "lists the code “{what}” twice",
    "регистр и пробелы не важны: оставьте один",
    "case and spaces do not matter: keep one",
  ),
  code_collides: error(
    "код «{what}» принадлежит и акции «{owner}»",
    "the code “{what}” belongs to “{owner}” too",
    "дайте акциям разные коды",
    "give them different codes",
  ),
  code_in_table: error(
    "код «{what}» в таблице промокодов отдан акции «{owner}», и таблица важнее",
    "the code table gives “{what}” to “{owner}”, and the table goes first",
    "возьмите другой код или исправьте таблицу",
    "take another code or mend the table",
  ),
  code_lookalike: warning(
    "код «{what}» выглядит как «{other}» акции «{owner}»",
    "the code “{what}” looks like “{other}” of “{owner}”",
    "смените один: покупатель их не различит",
    "change one: shoppers cannot tell them apart",
  ),
  table_codes_unused: warning(
    "в таблице {count} промокодов на эту акцию, а ей код не нужен",
    "{count} codes of the table name it, and it applies without a code",
    "добавьте codes: { }",
    "add codes: { }",
  ),
  table_codes_lost: warning(
    "в таблице {count} промокодов на «{what}», а такой акции нет",
    "{count} codes of the table name “{what}”, which is not in the set",
    "верните акцию или заблокируйте коды",
    "bring it back or block the codes",
  ),
  showcase_unknown: error(
    "код «{what}» показывается, но не принадлежит этой акции",
    "“{what}” is shown but is no code of this promotion",
    "добавьте его в codes.list",
    "add it to codes.list",
  ),
  showcase_over: warning(
    "показывается с датой, которая прошла или не читается: {what}",
    "is shown with a date that has passed or cannot be read: {what}",
    "исправьте availableUntil",
    "mend availableUntil",
  ),
  steps_fall: warning(
    "ступень от {from} даёт меньше предыдущей: {actual} против {needed}",
    "the step from {from} gives less than the one before: {actual} against {needed}",
    "проверьте порядок ступеней",
    "check the order of the steps",
  ),
  steps_unordered: warning(
    "ступени идут не по возрастанию: {actual} после {needed}",
    "the steps do not ascend: {actual} stands after {needed}",
    "запишите пороги по возрастанию",
    "write the thresholds ascending",
  ),
  steps_twin: warning(
    "две ступени с одним порогом {actual}",
    "two steps have the threshold {actual}",
    "оставьте одну",
    "keep one",
  ),
  unknown_name: warning(
    "{kindRu} «{what}» не найдено{meantRu}",
    "there is no such {kind}: “{what}”{meant}",
    "проверьте написание",
    "check the spelling",
  ),
  case_differs: error(
    "проверочный случай «{name}» сойдётся на {actual} вместо {needed}",
    "the test case “{name}” comes to {actual} instead of {needed}",
    "исправьте акцию; если новая сумма верна, удалите случай и сохраните его заново",
    "mend the promotion; if the new sum is right, drop the case and keep it anew",
  ),
} as const satisfies Readonly<Record<string, Words>>;

/** Every finding's code. */
export type FindingCode = keyof typeof WORDS;

/** All codes, for lists and documentation. */
export const FINDING_CODES = Object.keys(WORDS) as readonly FindingCode[];
