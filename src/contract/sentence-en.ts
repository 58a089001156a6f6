// The sentence of a promotion in English.
import type { Range, Roubles } from "../core/pricing/index.ts";
import { roublesText, type SentenceWords, saidOf } from "./sentence-words.ts";

const money = (value: Roubles): string => `${roublesText(value, ".", ",")}\u00a0₽`;
const percent = (value: number): string => `${value}%`;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const days = (list: readonly number[]): string => list.map((day) => DAYS[day - 1] ?? String(day)).join(", ");
const hours = ({ from, to }: { from: string; to: string }): string => `from ${from} to ${to}`;
const PERIOD = { day: "a day", week: "a week", month: "a month" } as const;

function range<Value>({ atLeast, atMost }: Range<Value>, shown: (value: Value) => string): string {
  if (atLeast !== undefined && atMost !== undefined)
    return atLeast === atMost ? `exactly ${shown(atLeast)}` : `from ${shown(atLeast)} to ${shown(atMost)}`;
  if (atLeast !== undefined) return `at least ${shown(atLeast)}`;
  return atMost === undefined ? "any" : `at most ${shown(atMost)}`;
}

function moment(text: string): string {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(text) ?? [];
  if (date === undefined) return text;
  return `${date}${time === undefined || time === "00:00" ? "" : ` ${time}`}`;
}

const dates = ({ from, until }: { from?: string; until?: string }): string =>
  [
    ...(from === undefined ? [] : [`from ${moment(from)}`]),
    ...(until === undefined ? [] : [`until ${moment(until)}`]),
  ].join(" ");

const counts = (more: string) => ({
  uses: (count: number) => `at most ${count} uses${more}`,
  usesPerCustomer: (count: number) => `at most ${count} uses by one customer${more}`,
  usesPerCode: (count: number) => `at most ${count} uses of one code${more}`,
  budget: (amount: Roubles) => `a budget of ${money(amount)}${more}`,
});

/** English. */
export const ENGLISH: SentenceWords = {
  condition: {
    sum: (sum, { goods }) =>
      `the sum of ${sum.of === undefined ? "the cart" : goods(sum.of)} is ${range(sum, money)}${sum.measured === "list" ? " at list prices" : ""}`,
    quantity: (quantity, { goods }) =>
      `the units of ${quantity.of === undefined ? "the cart" : goods(quantity.of)} are ${range(quantity, String)}`,
    distinctGoods: (goodsCount, { goods }) =>
      `the different goods of ${goodsCount.of === undefined ? "the cart" : goods(goodsCount.of)} are ${range(goodsCount, String)}`,
    customer: (customer, { named }) =>
      saidOf(customer, {
        known: (isKnown) => (isKnown ? "the customer is signed in" : "the customer is not signed in"),
        segments: (list) =>
          `the customer is in the segment ${list.map((id) => named("segment", id)).join(" or ")}`,
        tiers: (list) => `the customer's tier is ${list.map((id) => named("tier", id)).join(" or ")}`,
        birthday: ({ daysBefore, daysAfter }) =>
          `the customer's birthday is at most ${daysBefore} days ahead or ${daysAfter} days ago`,
        orderNumber: (order) =>
          order.atMost === 1
            ? "it is the customer's first order"
            : `the number of the customer's order is ${range(order, String)}`,
        spent: (spent) => `the customer spent ${range(spent, money)} in ${spent.days} days`,
      }).join(" and ") || "the customer is anybody",
    channels: (list) =>
      `ordered ${list.map((channel) => (channel === "app" ? "in the shopper's app" : "in the seller's app")).join(" or ")}`,
    outlets: (list, { named }) => `the store is ${list.map((id) => named("outlet", id)).join(" or ")}`,
    employees: (list, { named }) => `the seller is ${list.map((id) => named("employee", id)).join(" or ")}`,
    cities: (cities, { named }) =>
      saidOf(cities, {
        names: (list) => `the city is ${list.map((id) => named("city", id)).join(" or ")}`,
        kladr: (list) => `its KLADR code is ${list.join(" or ")}`,
        fias: (list) => `its FIAS code is ${list.join(" or ")}`,
      }).join(" or ") || "the city is any",
    delivery: (list, { named }) => `the delivery is ${list.map((id) => named("delivery", id)).join(" or ")}`,
    payment: (list, { named }) => `the payment is ${list.map((id) => named("payment", id)).join(" or ")}`,
    pickupPoints: (list, { named }) =>
      `the pickup point is ${list.map((id) => named("pickupPoint", id)).join(" or ")}`,
    earlyAccess: (is) => (is ? "it is an early-access order" : "it is no early-access order"),
    weekdays: (list) => `the day is ${days(list)}`,
    hours: (span) => `the time is ${hours(span)}`,
    dates: (span) => `the date is ${dates(span) || "any"}`,
    any: (list, { condition }) => `any of: ${list.map((each) => `(${condition(each)})`).join(" or ")}`,
    all: (list, { condition }) => `all of: ${list.map((each) => `(${condition(each)})`).join(" and ")}`,
    not: (inner, { condition }) => `it is not so that ${condition(inner)}`,
  },
  effect: {
    percent: (value, on) => `${percent(value)} off ${on}`,
    amount: (value, on, _inside, effect) => {
      const per = "per" in effect ? effect.per : undefined;
      const each = per === "unit" ? " each unit of" : per === "line" ? " each line of" : "";
      return `${money(value)} off${each} ${on}`;
    },
    fixedPrice: (value, on) => `${money(value)} a unit for ${on}`,
    nForM: ({ take, pay, across }, on) =>
      `${take} for the price of ${pay} on ${on}${across === "scope" ? " in any mix" : ""}, the cheapest are free`,
    nthCheaper: ({ every, percent: value, across }, on) =>
      `of every ${every} units the cheapest is ${percent(value)} off on ${on}${across === "scope" ? " in any mix" : ""}`,
    steps: ({ by, levels }, on) =>
      `a discount on ${on} that grows with the ${by === "sum" ? "sum" : "quantity"}: ${levels
        .map(({ from, percent: share, amount }) => {
          const start = by === "sum" ? money(from) : `${from} units`;
          return `from ${start} ${share === undefined ? money(amount ?? 0) : percent(share)}`;
        })
        .join(", ")}`,
    kit: ({ parts, price, percent: share }, _on, { goods }) =>
      `a kit of ${parts.map(({ of, quantity }) => `${quantity} of ${goods(of)}`).join(" + ")} ${price === undefined ? `with ${percent(share ?? 0)} off` : `for ${money(price)}`}`,
    gifts: (list, _on, { named }) =>
      `a gift of ${list.map(({ offer, quantity }) => `${named("offer", offer)}${quantity === undefined ? "" : ` × ${quantity}`}`).join(" and ")}`,
    giftChoice: ({ options, limit }, _on, { named }) =>
      `a gift to choose, ${limit ?? 1} of ${options.length}: ${options.map(({ offer }) => named("offer", offer)).join(", ")}`,
    points: ({ multiplier, extra }, on) =>
      [
        ...(multiplier === undefined ? [] : [`points × ${multiplier} for ${on}`]),
        ...(extra === undefined ? [] : [`${extra} more points for ${on}`]),
      ].join(" and ") || "points",
    message: (text, _on, inside) => `only the message “${inside.text(text)}”`,
  },
  goods: {
    all: "all goods",
    some: (parts, hasNoun) => `${hasNoun ? "" : "goods "}${parts.join(", ")}`,
    offers: (list) => `the goods ${list}`,
    groups: (list) => `the product cards ${list}`,
    categories: (list) => `the categories ${list}`,
    vendors: (list) => `the brands ${list}`,
    price: ({ from, to }) =>
      `priced ${range({ ...(from === undefined ? {} : { atLeast: from }), ...(to === undefined ? {} : { atMost: to }) }, money)}`,
    hasOldPrice: (has) => (has ? "marked down already" : "not marked down"),
    param: (name, list) => `with “${name}”: ${list}`,
    any: (parts) => `of any of: ${parts.map((part) => `(${part})`).join(" or ")}`,
    both: (parts) => `of all of: ${parts.map((part) => `(${part})`).join(" and ")}`,
    not: (goods) => `except (${goods})`,
  },
  or: (parts) => parts.join(" or "),
  quoted: (text) => `“${text}”`,
  when: (conditions) => `if ${conditions.join(" and ")}`,
  schedule: ({ from, until, weekdays, hours: spans }) => [
    ...(from === undefined && until === undefined
      ? []
      : [dates({ ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) })]),
    ...(weekdays === undefined ? [] : [`on ${days(weekdays)}`]),
    ...(spans === undefined ? [] : [spans.map(hours).join(" and ")]),
  ],
  codes: (list) => (list.length === 0 ? "with a promo code" : `with the promo code ${list.join(" or ")}`),
  chosen: "if the shopper chose it in the menu",
  caps: (caps) =>
    saidOf(caps, {
      perUnit: (value) => `at most ${money(value)} off a unit`,
      perLine: (value) => `at most ${money(value)} off a line`,
      perOrder: (value) => `at most ${money(value)} off an order`,
    }),
  floor: (floor) =>
    saidOf(floor, {
      unitPrice: (value) => `never below ${money(value)} a unit`,
      percentOfPrice: (value) => `never below ${percent(value)} of the price`,
    }),
  limits: ({ per, perOrder, periods, ...rest }) => [
    ...saidOf(rest, counts(per === undefined ? "" : ` ${PERIOD[per]}`)),
    ...(perOrder === undefined ? [] : [`at most ${perOrder} sets in an order`]),
    ...(periods ?? []).flatMap(({ per: each, ...more }) => saidOf(more, counts(` ${PERIOD[each]}`))),
  ],
  combining: (combining) =>
    saidOf(combining, {
      with: (beside) =>
        beside === "all"
          ? null
          : beside === "none"
            ? "not beside other promotions of its layer"
            : `in its layer only beside the groups ${beside.map((group) => `“${group}”`).join(", ")}`,
      bestOf: (name) => `only the best of “${name}” applies`,
      mandatory: (is) => (is ? "mandatory" : null),
      replaces: (what) =>
        ({
          nothing: null,
          "all-discounts": "replaces all other discounts",
          "automatic-discounts": "replaces automatic discounts",
          "code-discounts": "replaces discounts by promo codes",
        })[what],
      spendPoints: (may) => (may ? null : "points cannot pay beside it"),
      earnPoints: (are) => (are ? null : "no points are earned beside it"),
    }),
  rounding: (to) =>
    `the discount is rounded down to ${{ kopeck: "a kopeck", rouble: "a rouble", ten: "ten roubles" }[to]}`,
  status: (status) =>
    ({
      draft: "a draft, not in force",
      scheduled: null,
      active: null,
      paused: "paused, not in force",
      ended: "ended, not in force",
    })[status],
};
