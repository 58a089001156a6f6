// The sentence of a promotion in Russian.
import type { Range, Roubles } from "../core/pricing/index.ts";
import { roublesText, type SentenceWords, saidOf } from "./sentence-words.ts";

const money = (value: Roubles): string => `${roublesText(value, ",", "\u00a0")}\u00a0₽`;
const number = (value: number): string => String(value).replace(".", ",");
const percent = (value: number): string => `${number(value)}\u00a0%`;
const DAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const days = (list: readonly number[]): string => list.map((day) => DAYS[day - 1] ?? String(day)).join(", ");
const hours = ({ from, to }: { from: string; to: string }): string => `с ${from} до ${to}`;
const PERIOD = { day: "в день", week: "в неделю", month: "в месяц" } as const;

function range<Value>({ atLeast, atMost }: Range<Value>, shown: (value: Value) => string): string {
  if (atLeast !== undefined && atMost !== undefined)
    return atLeast === atMost ? `ровно ${shown(atLeast)}` : `от ${shown(atLeast)} до ${shown(atMost)}`;
  if (atLeast !== undefined) return `от ${shown(atLeast)}`;
  return atMost === undefined ? "любая" : `не больше ${shown(atMost)}`;
}

function moment(text: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(text) ?? [];
  if (year === undefined) return text;
  return `${day}.${month}.${year}${time === undefined || time === "00:00" ? "" : ` ${time}`}`;
}

const dates = ({ from, until }: { from?: string; until?: string }): string =>
  [
    ...(from === undefined ? [] : [`с ${moment(from)}`]),
    ...(until === undefined ? [] : [`до ${moment(until)}`]),
  ].join(" ");

const counts = (more: string) => ({
  uses: (count: number) => `всего не больше ${count} раз${more}`,
  usesPerCustomer: (count: number) => `не больше ${count} раз на покупателя${more}`,
  usesPerCode: (count: number) => `не больше ${count} раз на промокод${more}`,
  budget: (amount: Roubles) => `бюджет ${money(amount)}${more}`,
});

/** Russian. */
export const RUSSIAN: SentenceWords = {
  condition: {
    sum: (sum, { goods }) =>
      `сумма${sum.of === undefined ? " корзины" : ` (${goods(sum.of)})`} ${range(sum, money)}${sum.measured === "list" ? " по полным ценам" : ""}`,
    quantity: (quantity, { goods }) =>
      `штук в корзине${quantity.of === undefined ? "" : ` (${goods(quantity.of)})`} ${range(quantity, number)}`,
    distinctGoods: (goodsCount, { goods }) =>
      `разных товаров в корзине${goodsCount.of === undefined ? "" : ` (${goods(goodsCount.of)})`} ${range(goodsCount, number)}`,
    customer: (customer, { named }) =>
      saidOf(customer, {
        known: (isKnown) => (isKnown ? "покупатель вошёл в профиль" : "покупатель не вошёл в профиль"),
        segments: (list) => `покупатель из сегмента ${list.map((id) => named("segment", id)).join(" или ")}`,
        tiers: (list) => `уровень покупателя ${list.map((id) => named("tier", id)).join(" или ")}`,
        birthday: ({ daysBefore, daysAfter }) =>
          `день рождения покупателя: за ${daysBefore} дн. до и ${daysAfter} дн. после`,
        orderNumber: (order) =>
          order.atMost === 1
            ? "это первый заказ покупателя"
            : `по счёту заказ покупателя ${range(order, number)}`,
        spent: (spent) => `за ${spent.days} дн. покупатель потратил ${range(spent, money)}`,
      }).join(" и ") || "покупатель любой",
    channels: (list) =>
      `заказ ${list.map((channel) => (channel === "app" ? "в приложении покупателя" : "в приложении продавца")).join(" или ")}`,
    outlets: (list, { named }) => `магазин ${list.map((id) => named("outlet", id)).join(" или ")}`,
    employees: (list, { named }) => `продавец ${list.map((id) => named("employee", id)).join(" или ")}`,
    cities: (cities, { named }) =>
      saidOf(cities, {
        names: (list) => `город ${list.map((id) => named("city", id)).join(" или ")}`,
        kladr: (list) => `код КЛАДР ${list.join(" или ")}`,
        fias: (list) => `код ФИАС ${list.join(" или ")}`,
      }).join(" или ") || "город любой",
    delivery: (list, { named }) => `доставка ${list.map((id) => named("delivery", id)).join(" или ")}`,
    payment: (list, { named }) => `оплата ${list.map((id) => named("payment", id)).join(" или ")}`,
    pickupPoints: (list, { named }) =>
      `пункт выдачи ${list.map((id) => named("pickupPoint", id)).join(" или ")}`,
    earlyAccess: (is) => (is ? "заказ с ранним доступом" : "заказ без раннего доступа"),
    weekdays: (list) => `день недели: ${days(list)}`,
    hours: (span) => `время ${hours(span)}`,
    dates: (span) => `дата ${dates(span) || "любая"}`,
    any: (list, { condition }) => `хотя бы одно: ${list.map((each) => `(${condition(each)})`).join(" или ")}`,
    all: (list, { condition }) => `всё вместе: ${list.map((each) => `(${condition(each)})`).join(" и ")}`,
    not: (inner, { condition }) => `неверно, что ${condition(inner)}`,
  },
  effect: {
    percent: (value, on) => `скидка ${percent(value)} на ${on}`,
    amount: (value, on, _inside, effect) => {
      const per = "per" in effect ? effect.per : undefined;
      const each = per === "unit" ? " на каждую штуку" : per === "line" ? " на каждую позицию" : "";
      return `скидка ${money(value)}${each === "" ? ` на ${on}` : `${each}: ${on}`}`;
    },
    fixedPrice: (value, on) => `цена ${money(value)} за штуку на ${on}`,
    nForM: ({ take, pay, across }, on) =>
      `${take} по цене ${pay} на ${on}${across === "scope" ? " в любом сочетании" : ""}, бесплатны самые дешёвые`,
    nthCheaper: ({ every, percent: value, across }, on) =>
      `из каждых ${every} шт. самая дешёвая со скидкой ${percent(value)} на ${on}${across === "scope" ? " в любом сочетании" : ""}`,
    steps: ({ by, levels }, on) =>
      `скидка на ${on} растёт с ${by === "sum" ? "суммой" : "количеством"}: ${levels
        .map(({ from, percent: share, amount }) => {
          const start = by === "sum" ? money(from) : `${from} шт.`;
          return `от ${start} — ${share === undefined ? money(amount ?? 0) : percent(share)}`;
        })
        .join(", ")}`,
    kit: ({ parts, price, percent: share }, _on, { goods }) =>
      `комплект ${parts.map(({ of, quantity }) => `${quantity} шт. (${goods(of)})`).join(" + ")} ${price === undefined ? `со скидкой ${percent(share ?? 0)}` : `за ${money(price)}`}`,
    gifts: (list, _on, { named }) =>
      `в подарок ${list.map(({ offer, quantity }) => `${named("offer", offer)}${quantity === undefined ? "" : ` × ${quantity}`}`).join(" и ")}`,
    giftChoice: ({ options, limit }, _on, { named }) =>
      `подарок на выбор, ${limit ?? 1} из ${options.length}: ${options.map(({ offer }) => named("offer", offer)).join(", ")}`,
    points: ({ multiplier, extra }, on) =>
      [
        ...(multiplier === undefined ? [] : [`баллов × ${number(multiplier)} за ${on}`]),
        ...(extra === undefined ? [] : [`ещё ${extra} баллов за ${on}`]),
      ].join(" и ") || "баллы",
    message: (text, _on, inside) => `только сообщение «${inside.text(text)}»`,
  },
  goods: {
    all: "все товары",
    some: (parts, hasNoun) => `${hasNoun ? "" : "товары "}${parts.join(", ")}`,
    offers: (list) => `товары ${list}`,
    groups: (list) => `карточки товаров ${list}`,
    categories: (list) => `категории ${list}`,
    vendors: (list) => `бренды ${list}`,
    price: ({ from, to }) =>
      `ценой ${range({ ...(from === undefined ? {} : { atLeast: from }), ...(to === undefined ? {} : { atMost: to }) }, money)}`,
    hasOldPrice: (has) => (has ? "уже уценённые" : "не уценённые"),
    param: (name, list) => `с признаком «${name}»: ${list}`,
    any: (parts) => `подходящие хотя бы под одно: ${parts.map((part) => `(${part})`).join(" или ")}`,
    both: (parts) => `подходящие под всё: ${parts.map((part) => `(${part})`).join(" и ")}`,
    not: (goods) => `кроме (${goods})`,
  },
  or: (parts) => parts.join(" или "),
  quoted: (text) => `«${text}»`,
  when: (conditions) => `если ${conditions.join(" и ")}`,
  schedule: ({ from, until, weekdays, hours: spans }) => [
    ...(from === undefined && until === undefined
      ? []
      : [dates({ ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) })]),
    ...(weekdays === undefined ? [] : [`по дням: ${days(weekdays)}`]),
    ...(spans === undefined ? [] : [spans.map(hours).join(" и ")]),
  ],
  codes: (list) => (list.length === 0 ? "по промокоду" : `по промокоду ${list.join(" или ")}`),
  chosen: "если покупатель выбрал её в меню",
  caps: (caps) =>
    saidOf(caps, {
      perUnit: (value) => `не больше ${money(value)} на штуку`,
      perLine: (value) => `не больше ${money(value)} на позицию`,
      perOrder: (value) => `не больше ${money(value)} на заказ`,
    }),
  floor: (floor) =>
    saidOf(floor, {
      unitPrice: (value) => `не дешевле ${money(value)} за штуку`,
      percentOfPrice: (value) => `не дешевле ${percent(value)} от цены`,
    }),
  limits: ({ per, perOrder, periods, ...rest }) => [
    ...saidOf(rest, counts(per === undefined ? "" : ` ${PERIOD[per]}`)),
    ...(perOrder === undefined ? [] : [`не больше ${perOrder} наборов в заказе`]),
    ...(periods ?? []).flatMap(({ per: each, ...more }) => saidOf(more, counts(` ${PERIOD[each]}`))),
  ],
  combining: (combining) =>
    saidOf(combining, {
      with: (beside) =>
        beside === "all"
          ? null
          : beside === "none"
            ? "не складывается с другими акциями своего слоя"
            : `в своём слое складывается только с группами ${beside.map((group) => `«${group}»`).join(", ")}`,
      bestOf: (name) => `из акций «${name}» действует одна, лучшая`,
      mandatory: (is) => (is ? "обязательна" : null),
      replaces: (what) =>
        ({
          nothing: null,
          "all-discounts": "заменяет все другие скидки",
          "automatic-discounts": "заменяет автоматические скидки",
          "code-discounts": "заменяет скидки по промокодам",
        })[what],
      spendPoints: (may) => (may ? null : "баллами платить нельзя"),
      earnPoints: (are) => (are ? null : "баллы не начисляются"),
    }),
  rounding: (to) =>
    `скидка округляется вниз до ${{ kopeck: "копейки", rouble: "рубля", ten: "десяти рублей" }[to]}`,
  status: (status) =>
    ({
      draft: "черновик, не действует",
      scheduled: null,
      active: null,
      paused: "на паузе, не действует",
      ended: "завершена, не действует",
    })[status],
};
