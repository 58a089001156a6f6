// What keeps an answer back: each check by an answer that it must stop and one that it must let go.
import { describe, expect, test } from "vitest";
import { type AnswerSubject, checkAnswer, keptBackBy } from "./answer-checks.ts";
import { type AnswerPolicy, needsApproval, promoCost, USUAL_POLICY, whyNotApprove } from "./answer-policy.ts";
import { coarseWord, hasLink, hasPhone, lengthOf, otherName, promises, sameTextKey } from "./answer-text.ts";

const FINE: AnswerSubject = {
  text: "Анна, спасибо за отзыв! Мы поговорили с поварами.",
  promoPercent: null,
  feedbackId: "904417265",
  other: null,
  isSubscribed: true,
  customerName: "Анна К.",
  otherNames: ["Пётр В.", "Зульфия"],
  shopWords: ["Пицца Маргарита"],
  orderNumbers: ["261104-40718295"],
  isRepeated: false,
  promo: { isSumMissing: false, isBudgetSpent: false, daysSinceLast: null },
};

const found = (change: Partial<AnswerSubject>, policy: AnswerPolicy = USUAL_POLICY): string[] =>
  checkAnswer({ ...FINE, ...change }, policy).map(({ level, check }) => `${level} ${check}`);

describe("an answer", () => {
  test("with nothing against it goes", () => {
    expect(found({})).toEqual([]);
    expect(found({ promoPercent: 20, text: "Дарим скидку 20%." })).toEqual([]);
  });

  test.each([
    ["block not_answerable", { feedbackId: null }],
    ["block not_answerable", { feedbackId: " " }],
    ["block blank_text", { text: " \n" }],
    ["block promo_not_offered", { promoPercent: 25 }],
    ["block unfilled_variable", { text: "Здравствуйте, {name}!" }],
    ["block answered_already", { other: "delivered" }],
    ["block answer_on_its_way", { other: "on_its_way" }],
    ["block outdated", { other: "outdated" }],
    ["block no_subscription", { isSubscribed: false }],
    ["warn other_name", { text: "Пётр, спасибо!" }],
    ["warn other_name", { text: "Зульфия, спасибо!" }],
    ["warn phone", { text: "Звоните: 8 (495) 123-45-67." }],
    ["warn link", { text: "Подробности на example.ru" }],
    ["block profanity", { text: "Повар у нас мудак." }],
    ["warn promise", { text: "Мы вернём деньги." }],
    ["warn same_text", { isRepeated: true }],
    ["warn too_long", { text: "а".repeat(1001) }],
  ] as const)("is held by %s", (expected, change) => {
    expect(found(change)).toEqual([expected]);
  });

  test("with a code is held by what the code would break", () => {
    const promo = { isSumMissing: true, isBudgetSpent: true, daysSinceLast: 12 };
    expect(found({ promoPercent: 10, promo })).toEqual([
      "block sum_unknown",
      "block budget_spent",
      "block cool_down",
    ]);
    expect(found({ promo })).toEqual([]);
  });

  test("is held as the house has set it", () => {
    const levels = { ...USUAL_POLICY.levels, phone: "block", link: "off" } as const;
    const policy = { ...USUAL_POLICY, levels };
    expect(found({ text: "+7 912 345-67-89, example.com" }, policy)).toEqual(["block phone"]);
  });

  test("goes when its warnings are confirmed, never over a block", () => {
    const remarks = checkAnswer({ ...FINE, feedbackId: null, isRepeated: true }, USUAL_POLICY);
    expect(keptBackBy(remarks, []).length).toBe(2);
    expect(keptBackBy(remarks, ["same_text", "not_answerable"]).map(({ check }) => check)).toEqual([
      "not_answerable",
    ]);
  });
});

describe("texts", () => {
  test("the customer's own name, dishes and the outlet are no other customer", () => {
    const names = { own: "Артём", others: ["Ия"], allowed: ["Пицца Маргарита", "Кафе у Сергея"] };
    expect(otherName("Артем, ваша Маргарита остыла. Сергея мы знаем.", names)).toBeNull();
    expect(otherName("Артём и Ольга, спасибо", names)).toBe("Ольга");
    expect(otherName("любовь и надежда", { own: null, others: [], allowed: [] })).toBeNull();
    expect(otherName("Dear Kate!", { own: null, others: [], allowed: [] })).toBe("Kate");
    expect(otherName("Ия, спасибо", names)).toBeNull();
  });

  test.each([
    ["+7 (912) 345-67-89", true],
    ["89123456789", true],
    ["123-45-67", true],
    ["заказ 261104-40718295", false],
    ["в 2026 году, 15:30, 10 %", false],
    ["1 000 000 рублей", false],
  ])("a telephone in %s: %s", (text, is) => {
    expect(hasPhone(text, ["261104-40718295", ""])).toBe(is);
  });

  test.each([
    ["https://a.b", true],
    ["www.site", true],
    ["t.me/kitchen", true],
    ["пишите на a.b@mail.ru", true],
    ["наш канал @lesnaya_kitchen", true],
    ["кафе.рф", true],
    ["Спасибо.Ждём вас", false],
    ["т.е. суп, 3.5 балла", false],
  ])("a link in %s: %s", (text, is) => {
    expect(hasLink(text)).toBe(is);
  });

  test("coarse words are found by their beginnings, not within other words", () => {
    expect(coarseWord("Полный ПИЗДЕЦ", ["пизд"])).toBe("ПИЗДЕЦ");
    expect(coarseWord("застрахуйте", ["хуй"])).toBeNull();
    expect(coarseWord("всё", ["", " "])).toBeNull();
  });

  test("promises that cost money, in both languages", () => {
    for (const text of [
      "Компенсируем",
      "Дарим промокод",
      "вернем вам деньги",
      "A full refund",
      "It is for free",
    ])
      expect(promises(text), text).toBe(true);
    expect(promises("Приносим извинения, sorry")).toBe(false);
  });

  test("the same text is the same for every name, letter size and mark", () => {
    expect(sameTextKey("Анна, спасибо!", "Анна К.")).toBe(sameTextKey("ПЁТР — спасибо", "пётр"));
    expect(sameTextKey("Спасибо", null)).not.toBe(sameTextKey("Простите", null));
  });

  test("length counts what people see as characters", () => {
    expect(lengthOf("ок👍")).toBe(3);
  });
});

describe("who may give what", () => {
  test("beyond a role's ceiling, or the limit of four eyes, a second person is needed", () => {
    const asks = (percent: number | null, role: "agent" | "admin") =>
      needsApproval(USUAL_POLICY, percent, role);
    expect([asks(null, "agent"), asks(15, "agent"), asks(20, "agent")]).toEqual([false, false, true]);
    expect([asks(20, "admin"), asks(30, "admin")]).toEqual([false, true]);
  });

  test("nobody approves what they asked for, or what they could not give", () => {
    const answer = { askedBy: "a", promoPercent: 30 };
    expect(whyNotApprove(USUAL_POLICY, answer, { actor: "a", role: "admin" })).toBe("same_person");
    expect(whyNotApprove(USUAL_POLICY, answer, { actor: "b", role: "agent" })).toBe("above_ceiling");
    expect(whyNotApprove(USUAL_POLICY, answer, { actor: "b", role: "admin" })).toBeNull();
    const bare = { askedBy: "a", promoPercent: null };
    expect(whyNotApprove(USUAL_POLICY, bare, { actor: "b", role: "agent" })).toBeNull();
  });

  test("a code costs its percent of the sum, rounded up", () => {
    expect(promoCost(15, 100_001)).toBe(15_001);
    expect(promoCost(10, 0)).toBe(0);
  });
});
