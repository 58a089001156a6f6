// Promotions to begin with: whole documents that are published once their own goods and figures are put in.
import type { PromotionDocument } from "../core/pricing/index.ts";

/** A promotion to begin with. */
export interface PromotionTemplate {
  readonly id: string;
  readonly title: { readonly ru: string; readonly en: string };
  /** What it is good for. */
  readonly use: { readonly ru: string; readonly en: string };
  readonly promotion: PromotionDocument;
  /** Places that the shop has to put its own things into, as JSON pointers into `promotion`. */
  readonly fill: readonly string[];
}

const template = (
  id: string,
  title: readonly [ru: string, en: string],
  use: readonly [ru: string, en: string],
  fill: readonly string[],
  promotion: Omit<PromotionDocument, "id" | "name">,
): PromotionTemplate => ({
  id,
  title: { ru: title[0], en: title[1] },
  use: { ru: use[0], en: use[1] },
  fill,
  promotion: { id, name: { ru: title[0], en: title[1] }, status: "draft", ...promotion },
});

/** All of them, in the order of the menu. */
export const PROMOTION_TEMPLATES: readonly PromotionTemplate[] = [
  template(
    "category-percent",
    ["Скидка на категорию", "Percent off a category"],
    [
      "Распродать раздел, не трогая уже уценённое.",
      "To sell a section, without what is marked down already.",
    ],
    ["/scope/categories/0"],
    { scope: { categories: ["category"], hasOldPrice: false }, then: [{ percent: 10 }] },
  ),
  template(
    "three-for-two",
    ["Три по цене двух", "Three for the price of two"],
    ["Продать больше штук одного и того же.", "To sell more units of the same thing."],
    ["/scope/categories/0"],
    {
      scope: { categories: ["category"] },
      then: [{ nForM: { take: 3, pay: 2, across: "scope" } }],
      texts: { hint: { ru: "Третий товар — бесплатно", en: "The third one is free" } },
    },
  ),
  template(
    "second-cheaper",
    ["Второй за полцены", "The second at half price"],
    ["Чтобы взяли два.", "To make people take two."],
    ["/scope/categories/0"],
    {
      scope: { categories: ["category"] },
      then: [{ nthCheaper: { every: 2, percent: 50, across: "scope" } }],
    },
  ),
  template(
    "threshold-gift",
    ["Подарок от суммы", "A gift from a sum on"],
    ["Поднять средний чек.", "To raise the average order."],
    ["/when/0/sum/atLeast", "/then/0/gifts/0/offer"],
    {
      when: [{ sum: { atLeast: 3000 } }],
      then: [{ gifts: [{ offer: "offer" }] }],
      texts: { hint: { ru: "До подарка не хватает {missing}", en: "{missing} to go for a gift" } },
    },
  ),
  template(
    "gift-on-choice",
    ["Подарок на выбор", "A gift to choose"],
    [
      "Покупатель выбирает один из подарков в меню корзины.",
      "The shopper picks one of the gifts in the cart's menu.",
    ],
    ["/when/0/sum/atLeast", "/then/0/giftChoice/options/0/offer", "/then/0/giftChoice/options/1/offer"],
    {
      choice: { group: "gift" },
      when: [{ sum: { atLeast: 3000 } }],
      then: [{ giftChoice: { options: [{ offer: "offer-1" }, { offer: "offer-2" }], limit: 1 } }],
      texts: { hint: { ru: "До подарка не хватает {missing}", en: "{missing} to go for a gift" } },
    },
  ),
  template(
    "first-order",
    ["Скидка на первый заказ", "Money off the first order"],
    ["Привести нового покупателя.", "To win a new customer."],
    ["/when/0/sum/atLeast", "/then/0/amount"],
    {
      audience: [{ customer: { known: true, orderNumber: { atMost: 1 } } }],
      when: [{ sum: { atLeast: 1500 } }],
      then: [{ amount: 300 }],
      limits: { usesPerCustomer: 1 },
    },
  ),
  template(
    "happy-hours",
    ["Счастливые часы", "Happy hours"],
    ["Занять тихие часы; время — магазина.", "To fill quiet hours, by the shop's clock."],
    ["/schedule/hours/0", "/scope/categories/0"],
    {
      schedule: { weekdays: [1, 2, 3, 4, 5], hours: [{ from: "15:00", to: "17:00" }] },
      scope: { categories: ["category"] },
      then: [{ percent: 20 }],
    },
  ),
  template(
    "kit",
    ["Комплект по своей цене", "A kit at its own price"],
    ["Продать вместе то, что берут порознь.", "To sell together what is bought apart."],
    ["/then/0/kit/parts/0/of/offers/0", "/then/0/kit/parts/1/of/offers/0", "/then/0/kit/price"],
    {
      then: [
        {
          kit: {
            parts: [
              { of: { offers: ["offer-1"] }, quantity: 1 },
              { of: { offers: ["offer-2"] }, quantity: 1 },
            ],
            price: 999,
          },
        },
      ],
    },
  ),
  template(
    "cart-steps",
    ["Чем больше заказ, тем больше скидка", "The larger the order, the larger the discount"],
    ["Дотянуть корзину до следующей ступени.", "To pull a cart up to the next step."],
    ["/then/0/steps/levels"],
    {
      then: [
        {
          steps: {
            by: "sum",
            levels: [
              { from: 3000, percent: 3 },
              { from: 6000, percent: 5 },
            ],
          },
        },
      ],
    },
  ),
  template(
    "promo-code",
    ["Промокод на корзину", "A promo code for the cart"],
    ["Для рассылки: раз на покупателя, с бюджетом.", "For a mailing: once a customer, with a budget."],
    ["/codes/list/0", "/then/0/percent", "/limits/budget"],
    {
      codes: { list: ["WELCOME10"] },
      when: [{ sum: { atLeast: 1000 } }],
      then: [{ percent: 10 }],
      caps: { perOrder: 500 },
      limits: { usesPerCustomer: 1, budget: 50_000 },
    },
  ),
  template(
    "birthday",
    ["Скидка ко дню рождения", "A birthday discount"],
    ["Поздравить: три дня до и неделя после.", "To congratulate: three days before and a week after."],
    ["/then/0/percent"],
    {
      audience: [{ customer: { birthday: { daysBefore: 3, daysAfter: 7 } } }],
      then: [{ percent: 15 }],
      caps: { perOrder: 1000 },
    },
  ),
  template(
    "double-points",
    ["Двойные баллы за бренд", "Double points for a brand"],
    ["Выделить бренд, не снижая цен.", "To favour a brand without lowering prices."],
    ["/scope/vendors/0"],
    { scope: { vendors: ["vendor"] }, then: [{ points: { multiplier: 2 } }], worth: 0 },
  ),
];
