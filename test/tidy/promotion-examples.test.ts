// The examples of the documents on promotions say the truth: each is read, priced, and comes to what its sentences say.
import { expect, test } from "vitest";
import type { Language } from "../../src/flows/index.ts";
import {
  demoShop,
  type Example,
  type ExampleShop,
  examplesOf,
  linesExplained,
  linesQuoted,
  outcomeOf,
  outcomeTold,
  priceTold,
  rulesOfExample,
} from "../support/promotion-examples.ts";
import { read } from "./tree.ts";

const PAGES = { en: "docs/promotions.md", ru: "docs/promotions.ru.md" } as const;
const LANGUAGES = ["en", "ru"] as const;

/** What a marketer must be able to write without asking anyone. */
const TWELVE = [
  ["1+1=3: the third one free", "1+1=3: третий бесплатно"],
  ["The second one at half price", "Второй за полцены"],
  ["A gift of your choice from 3,000 roubles", "Подарок на выбор от 3000 рублей"],
  ["Happy hours", "Счастливые часы"],
  ["Money off the first order", "Скидка на первый заказ"],
  ["A birthday discount", "Скидка в день рождения"],
  ["The larger the order, the larger the discount", "Чем больше заказ, тем больше скидка"],
  ["A kit", "Комплект"],
  ["A promo code with a limit for each customer", "Промокод с лимитом на покупателя"],
  ["Everything except a category", "Всё, кроме категории"],
  ["A gift for buying a vendor's goods", "Подарок за товары бренда"],
  ["Double points", "Двойные баллы"],
] as const;

const titles = (language: Language): string[] => TWELVE.map(([en, ru]) => (language === "en" ? en : ru));

const page = (language: Language): string => read(PAGES[language]).text;

/** Everything in which `text` does not say what comes out, and every usual promotion that it lacks. */
function untruths(text: string, language: Language, shop: ExampleShop): string[] {
  const examples = examplesOf(text);
  const lacking = titles(language).filter((title) => !examples.some((each) => each.title === title));
  return [
    ...lacking.map((title) => `lacks “${title}”`),
    ...examples.flatMap((example) => untruthsOf(example, language, shop)),
  ];
}

function untruthsOf(example: Example, language: Language, shop: ExampleShop): string[] {
  const rules = rulesOfExample(example);
  return example.carts.flatMap((each, index) => {
    const quote = priceTold(each, rules, shop);
    const [told, real] = [outcomeTold(each, language), outcomeOf(quote, language)];
    // Points are told only where they matter.
    const shown = { ...real, points: told.points === undefined ? undefined : real.points };
    const explained = linesExplained(quote, rules, language);
    const [says, is] = [told, shown].map((one) => JSON.stringify(one));
    return [
      ...(says === is ? [] : [`says ${says}, is ${is}`]),
      ...linesQuoted(each).flatMap((line) =>
        explained.includes(line) ? [] : [`${line}: not among\n${explained.join("\n")}`],
      ),
    ].map((fault) => `${example.title}, cart ${index + 1}: ${fault}`);
  });
}

test.each(LANGUAGES)("every example comes to what is said of it (%s)", async (language) => {
  expect(untruths(page(language), language, await demoShop())).toEqual([]);
});

test("the twelve usual promotions stand in their order, each with a cart for it and one that is not", async () => {
  const shop = await demoShop();
  for (const language of LANGUAGES) {
    const [, usual = ""] = page(language).split(/^## (?:Twelve usual|Двенадцать обычных).*$/m);
    const twelve = examplesOf(usual.split(/^## /m)[0] ?? "");
    expect(twelve.map(({ title }) => title)).toEqual(titles(language));
    for (const example of twelve) {
      const rules = rulesOfExample(example);
      const kinds = example.carts.map((each) => priceTold(each, rules, shop).verdicts[0]?.kind);
      expect(new Set(kinds), example.title).toEqual(new Set(["applied", "not_applied"]));
      expect(example.carts.flatMap(linesQuoted), example.title).not.toEqual([]);
    }
  }
});

test("both languages have the same rules and carts", () => {
  const [english, russian] = LANGUAGES.map((language) =>
    examplesOf(page(language)).map(({ rules, carts }) => ({ rules, carts: carts.map(({ cart }) => cart) })),
  );
  expect(english?.length).toBeGreaterThanOrEqual(TWELVE.length + 6);
  expect(russian).toEqual(english);
});

test("a document that says anything else is found out", async () => {
  const shop = await demoShop();
  const text = page("en");
  const wrong: readonly (readonly [string, string])[] = [
    ["to pay 687.00", "to pay 688.00"],
    ["Gift: `3003`", "Gift: `3004`"],
    [" Gift: `3003`.", ""],
    ["Points: 177", "Points: 176"],
    ['"at": "2026-11-23T17:00"', '"at": "2026-11-23T16:59"'],
    ['"customer": "buyer-5"', '"customer": "buyer-1"'],
    ["→ add goods for 1 020.00", "→ add goods for 1 021.00"],
    ["−10 %  needs a code", "−10 %  its limit is reached"],
    ["### Happy hours", "### Unhappy hours"],
  ];
  for (const [truth, lie] of wrong) {
    expect(text, truth).toContain(truth);
    expect(untruths(text.replace(truth, lie), "en", shop), lie).not.toEqual([]);
  }
});

test("points are told wherever the example is about points, in every cart", () => {
  const doubled = examplesOf(page("en")).find(({ title }) => title === "Double points");
  expect(doubled?.carts.map((each) => outcomeTold(each, "en").points)).toEqual(["75", "177", "138", "59"]);
});

test("a customer who has used the code as often as it allows does not get it again", async () => {
  const example = examplesOf(page("en")).find(({ title }) => title === titles("en")[8]);
  const [first] = example?.carts ?? [];
  if (example === undefined || first === undefined) throw new Error("no such example");
  const used = new Map([["coffee-friends", { usesLeft: 0, budgetLeft: null }]]);
  const { verdicts } = priceTold(first, rulesOfExample(example), await demoShop(), used);
  expect(verdicts).toMatchObject([{ kind: "not_applied", reason: "limit_reached" }]);
});

test.each(LANGUAGES)("the contents and the table of wishes lead to headings (%s)", (language) => {
  const text = page(language);
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "");
  const anchors = new Set(
    [...prose.matchAll(/^#{2,4} (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading)),
  );
  const links = [...prose.matchAll(/\]\(#([^)]*)\)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !anchors.has(link))).toEqual([]);
  const wanted = [...prose.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
  expect([...wanted, ...titles(language)].filter((each) => !links.includes(anchorOf(each)))).toEqual([]);
});

/** The anchor that a heading gets where Markdown is shown: small letters, no punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
    .replaceAll(" ", "-");
}
