// An explanation says in both languages what each line costs and what became of every promotion.
import { describe, expect, test } from "vitest";
import {
  cart,
  customer,
  facts,
  line,
  NOON,
  OFFERS,
  offer,
  PROGRAMME,
  PROMOTIONS,
  rulesOf,
} from "../../test/support/shop.ts";
import { minor, quantity } from "../core/money/index.ts";
import { type Notice, price, type Quote, type Verdict } from "../core/pricing/index.ts";
import { explain, explanationText, quantityText, roublesText } from "./explanation.ts";
import { type Language, words } from "./explanation-words.ts";

const rules = rulesOf(PROMOTIONS);
const golden = price(
  cart(
    [
      line("880101"),
      line("620415", 3),
      line("450033", 0.7),
      line("450078"),
      line("333900", 1, { selected: false }),
      line("absent"),
    ],
    { code: "ОСЕНЬ500", choices: [{ promotionId: "p-bag", gifts: [] }] },
  ),
  rules,
  facts(OFFERS, {
    programme: PROGRAMME,
    customer: customer(),
    code: { promotionId: "p-code-osen500", state: "free" },
  }),
  NOON,
  "every",
);

test("money and quantities are written as people of the language write them", () => {
  expect(roublesText(123_456_789, "ru")).toBe("1 234 567,89");
  expect(roublesText(-50, "en")).toBe("-0.50");
  expect(quantityText(700, "ru")).toBe("0,7");
  expect(quantityText(3000, "en")).toBe("3");
  expect(quantityText(10_000, "en")).toBe("10");
});

test("a whole cart is told in aligned columns, to the kopeck", () => {
  const { lines, totals, steps, verdicts, offered, notices } = explain(golden, rules.byId, "ru");
  expect(lines.slice(0, 6)).toEqual([
    "Товар                                             Цена  Кол-во      Сумма   Скидка      Итого",
    "Offer 880101                                  2 490,00       1   2 490,00  -470,62   2 019,38",
    "    p-cook10 Сковороды −10 %                                               -249,00",
    "    p-code-osen500 Осенью −500 ₽                                           -221,62",
    "Offer 620415 (бесплатно: 1)                     350,00       3   1 050,00  -419,23     630,77",
    "    p-towel3for2 Три полотенца по цене двух                                -350,00",
  ]);
  expect(lines.join("\n")).toMatch(/333900 \(отложен\)[\s\S]*absent \(нет в каталоге\)/);
  expect(totals).toEqual([
    "Сумма без скидок              5 804,93",
    "Скидка                       -1 249,00",
    "К оплате                      4 555,93",
    "Можно списать баллов              1000",
    "Начислим баллов                    225",
    "Промокод ОСЕНЬ500             применён",
    "Сочетание акций       лучшее, доказано",
  ]);
  expect(steps.at(-1)).toBe("  10  p-code-osen500 Осенью −500 ₽             5 055,93  -500,00  4 555,93");
  expect(verdicts).toContain(
    "+  p-bag              Подарочный пакет к заказу          применена -150,00 подарков: 1",
  );
  expect(verdicts).toHaveLength(PROMOTIONS.length);
  expect(offered).toHaveLength(4);
  expect(notices).toEqual([]);
});

test("what discounts are shown line by line is what the lines and the total say", () => {
  const kopecks = (text: string) =>
    Math.round(Number(text.replace(/ (?=\d{3})/g, "").replace(",", ".")) * 100);
  const { lines } = explain(golden, rules.byId, "ru");
  const shown = lines
    .filter((text) => text.startsWith("    "))
    .map((text) => kopecks(/-[\d ,]+$/.exec(text)?.[0] ?? ""));
  expect(shown.reduce((sum, each) => sum + each, 0)).toBe(-golden.discount);
});

test("the text leaves out parts with nothing to tell", () => {
  const quote = price(cart([line("a")]), rulesOf([]), facts([offer("a", 10)]), NOON);
  expect(explanationText(explain(quote, new Map(), "en"), "en")).toBe(
    [
      "Goods    Price  Quantity    Sum  Discount  Total",
      "Offer a  10.00         1  10.00            10.00",
      "",
      "Sum before discounts         10.00",
      "Discount                      0.00",
      "To pay                       10.00",
      "Combination           best, proven",
    ].join("\n"),
  );
  expect(explanationText(explain(golden, rules.byId, "en"), "en")).toMatch(
    /Steps[\s\S]*Promotions[\s\S]*To choose from/,
  );
});

describe("a promotion that is not applied says what it lacks", () => {
  const failed = (kind: string, needed: string | number | null, actual: string | number | null) => ({
    failed: { path: `when[0].${kind}`, kind, needed, actual },
  });
  const unlock = (change: NonNullable<Extract<Verdict, { kind: "not_applied" }>["unlock"]>) => ({
    unlock: change,
  });
  type Reason = Extract<Verdict, { kind: "not_applied" }>["reason"];
  const cases: [Reason, object, string][] = [
    [
      "condition",
      {
        ...failed("sum", 500_000, 189_000),
        ...unlock({ kind: "add_sum", amountMinor: minor(311_000), path: "" }),
      },
      "a condition does not hold; when[0].sum: needs 5 000.00, has 1 890.00; → add goods for 3 110.00",
    ],
    [
      "condition",
      { ...failed("quantity", 3, 1), ...unlock({ kind: "add_quantity", quantity: 2, path: "" }) },
      "a condition does not hold; when[0].quantity: needs 3, has 1; → add 2 units",
    ],
    [
      "condition",
      { ...failed("distinctGoods", 3, 1), ...unlock({ kind: "add_goods", count: 2, path: "" }) },
      "a condition does not hold; when[0].distinctGoods: needs 3, has 1; → add 2 more different goods",
    ],
    [
      "condition",
      failed("dates", "2027-01-01–", Date.UTC(2026, 0, 2)),
      "a condition does not hold; when[0].dates: needs 2027-01-01–, has 2026-01-02T00:00:00.000Z",
    ],
    [
      "audience",
      { ...failed("customer", "known: true", null), ...unlock({ kind: "sign_in" }) },
      "not for this customer; when[0].customer: needs known: true, has nothing; → sign in",
    ],
    [
      "beaten",
      { winnerId: "p-bag", differenceMinor: minor(1234) },
      "another one saves more; instead of it p-bag Подарочный пакет к заказу; 12.34 dearer with it",
    ],
    ["left_out", { winnerId: "gone" }, "the whole cart is cheaper without it; instead of it gone"],
    ["code_not_entered", unlock({ kind: "enter_code" }), "needs a code"],
    ["not_chosen", unlock({ kind: "choose" }), "not chosen by the shopper"],
    ["code_spent", unlock({ kind: "enter_code" }), "the code is spent; → enter the code"],
  ];
  test.each(cases)("%s %j", (reason, more, text) => {
    const verdict = { promotionId: "p", kind: "not_applied", reason, ...more } as Verdict;
    const [row] = explain({ ...golden, verdicts: [verdict] }, rules.byId, "en").verdicts;
    expect(row).toBe(`·  p    ${text}`);
  });
});

test("lines that cannot be bought say why", () => {
  const goods = [
    offer("off", 1, { isAvailable: false }),
    offer("few", 1, { stock: quantity(2000) }),
    offer("bad", 1),
  ];
  const quote = price(
    cart([line("off"), line("few", 5), line("bad", null), line(null)]),
    rulesOf([]),
    facts(goods),
    NOON,
  );
  const [, ...rows] = explain(quote, new Map(), "en").lines;
  expect(rows.map((row) => /\(.*?\)/.exec(row)?.[0])).toEqual([
    "(not on sale)",
    "(2 left)",
    "(no usable quantity)",
    "(not in the catalogue)",
  ]);
  const [first] = quote.lines;
  const tooMany = {
    ...first,
    problem: { kind: "too_many", limit: quantity(9000) },
  } as Quote["lines"][number];
  expect(explain({ ...quote, lines: [tooMany] }, new Map(), "ru").lines[1]).toMatch(/больше 9 нельзя/);
});

test("messages are the author's where there are some, with the missing sum put in", () => {
  const notices: Notice[] = [
    {
      code: "hint",
      promotionId: "p-bag",
      text: { ru: "Ещё {missing}", en: "{missing} more" },
      amountMinor: minor(5000),
    },
    { code: "message", text: { ru: "Привет", en: "Hello" } },
    { code: "code_unknown" },
    { code: "gift_sold_out", promotionId: "p-bag" },
  ];
  const told = (language: Language) => explain({ ...golden, notices }, rules.byId, language).notices;
  expect(told("ru")).toEqual([
    "Ещё 50,00 ₽",
    "Привет",
    "Промокод не найден",
    "Подарок закончился: p-bag Подарочный пакет к заказу",
  ]);
  expect(told("en").slice(0, 2)).toEqual(["50.00 ₽ more", "Hello"]);
});

test("a combination that is not proven says how much may be missed; points that pay are told", () => {
  const points = { ...golden.points, spending: 300 } as NonNullable<Quote["points"]>;
  const open = { ...golden, points, proof: { isOptimal: false, gapMinor: minor(250) } };
  const { totals } = explain(open, rules.byId, "en");
  expect(totals.at(-1)).toMatch(/best found; at most 2.50 missed$/);
  expect(totals.join("\n")).toMatch(/Points being spent +300/);
});

test("both languages have words for everything, and no Russian is left in the English ones", () => {
  expect(JSON.stringify(words.en)).not.toMatch(/[а-яё]/i);
  const shape = (value: unknown): unknown =>
    value !== null && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]))
      : typeof value;
  expect(shape(words.ru)).toEqual(shape(words.en));
});
