// The examples of the documents on promotions, read from their text and priced as the demo world's shop would.
import type { Instant } from "../../src/core/basics/index.ts";
import { type Points, points } from "../../src/core/money/index.ts";
import {
  type CustomerFacts,
  type Facts,
  type Offer,
  type Programme,
  price,
  type Quote,
  type Rules,
  readMoment,
} from "../../src/core/pricing/index.ts";
import {
  codeFactsOfList,
  explain,
  explanationText,
  type Language,
  problemLine,
  readCart,
  readProgramme,
  readPromotions,
  roublesText,
} from "../../src/flows/index.ts";
import { exampleOffers, exampleText } from "./example-world.ts";
import { facts, NOON, programmeOf, rulesOf } from "./shop.ts";

/** A cart of an example and everything that is said of it, up to the next cart. */
export interface ToldCart {
  readonly cart: string;
  readonly told: string;
}

/** One example: rules and the carts that show them. */
export interface Example {
  readonly title: string;
  readonly rules: string;
  readonly carts: readonly ToldCart[];
}

/** What a cart comes to, in the words of the documents. */
export interface Outcome {
  readonly discount: string | undefined;
  readonly total: string | undefined;
  /** "3004", or "3004 × 2". */
  readonly gifts: readonly string[];
  readonly points: string | undefined;
}

/** The shop that the examples are priced in. */
export interface ExampleShop {
  readonly offers: readonly Offer[];
  readonly customers: ReadonlyMap<string, CustomerFacts>;
  readonly programme: Programme;
}

const WORDS = {
  en: {
    money: /Discount ([\d.]+\d), to pay ([\d.]+\d)/,
    gift: /Gift: `(\d+)`( × \d+)?/g,
    points: /Points: (\d+)/,
  },
  ru: {
    money: /Скидка ([\d,]+\d), к оплате ([\d,]+\d)/,
    gift: /Подарок: `(\d+)`( × \d+)?/g,
    points: /Баллы: (\d+)/,
  },
} as const;

/** All sections of the third level that hold rules, in their order. */
export function examplesOf(text: string): Example[] {
  const [, ...sections] = text.split(/^### /m);
  return sections.flatMap((section) => {
    const own = section.split(/^## /m)[0] ?? "";
    const rules = /```yaml\n(promotions:[\s\S]*?)```/.exec(own)?.[1];
    if (rules === undefined) return [];
    const [, ...carts] = own.split("```json\n");
    return [
      {
        title: own.slice(0, own.indexOf("\n")),
        rules,
        carts: carts.map((each) => {
          const [cart = "", ...told] = each.split("```");
          return { cart, told: told.join("```") };
        }),
      },
    ];
  });
}

/** What the document says of a cart. */
export function outcomeTold({ told }: ToldCart, language: Language): Outcome {
  const words = WORDS[language];
  const [, discount, total] = words.money.exec(told) ?? [];
  const gifts = [...told.matchAll(words.gift)].map(([, id, count = ""]) => `${id}${count}`);
  return { discount, total, gifts, points: words.points.exec(told)?.[1] };
}

/** Lines of `price --explain` that the document quotes, blanks made one. */
export function linesQuoted({ told }: ToldCart): readonly string[] {
  return [...told.matchAll(/```text\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => linesOf(block));
}

/** What a quote comes to. */
export function outcomeOf(quote: Quote, language: Language): Outcome {
  const plain = (kopecks: number): string => roublesText(kopecks, language).replaceAll(" ", "");
  return {
    discount: plain(quote.discount),
    total: plain(quote.total),
    gifts: quote.lines
      .filter(({ lineIndex }) => lineIndex === null)
      .map(({ offerId, giftUnits }) => `${offerId}${giftUnits === 1 ? "" : ` × ${giftUnits}`}`),
    points: String(quote.points?.willEarn),
  };
}

/** The explanation of a quote, line by line, blanks made one. */
export function linesExplained(quote: Quote, rules: Rules, language: Language): readonly string[] {
  return linesOf(explanationText(explain(quote, rules.byId, language), language));
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "");
}

/** The rules of an example; throws where they have mistakes. */
export function rulesOfExample({ title, rules }: Example): Rules {
  const read = readPromotions(rules, "Europe/Moscow");
  if (read.kind === "refused") throw new Error(`${title}: ${read.problems.map(problemLine).join("; ")}`);
  return rulesOf(read.document.promotions, read.document);
}

/** Prices a cart as `price` does after `import world examples/demo-world`: noon on 21 November 2026 unless it says otherwise. */
export function priceTold(
  { cart }: ToldCart,
  rules: Rules,
  shop: ExampleShop,
  limits: Facts["limits"] = new Map(),
): Quote {
  const read = readCart(cart);
  if (read.kind === "refused") throw new Error(read.problems.map(problemLine).join("; "));
  const at = read.at === null ? NOON : readMoment(read.at, rules.zone);
  if (at === null) throw new Error(`no moment: ${read.at}`);
  const { customerId } = read;
  const customer = customerId === null ? null : shop.customers.get(customerId);
  if (customer === undefined) throw new Error(`nobody of the demo world: ${customerId}`);
  const code = codeFactsOfList(read.cart.code, rules);
  const known = facts(shop.offers, { code, customer, limits, programme: shop.programme });
  return price(read.cart, rules, known, at as Instant, "every");
}

/** Goods, customers and programme of the demo world. */
export async function demoShop(): Promise<ExampleShop> {
  const balances = new Map(rowsOf("balances.csv").map(({ id, points: left }) => [id, Number(left)]));
  const programme = readProgramme(exampleText("demo-world/programme.yaml"));
  if (programme.kind === "refused") throw new Error("the programme of the demo world has mistakes");
  return {
    offers: [...(await exampleOffers("demo-world")).values()],
    customers: new Map(
      rowsOf("members.csv").map(({ id = "", segments, tier, birthday, orders }) => [
        id,
        {
          id,
          segments: segments ? segments.split("|") : [],
          tier: tier || null,
          birthday: birthday || null,
          orderCount: orders ? Number(orders) : null,
          balance: points(balances.get(id) ?? 0) satisfies Points,
          spent: {},
        },
      ]),
    ),
    programme: programmeOf(programme.document),
  };
}

/** Rows of a plain table of the demo world, by heading. */
function rowsOf(file: string): Record<string, string>[] {
  const [heading = "", ...rows] = exampleText(`demo-world/${file}`).trim().split("\n");
  const names = heading.split(",");
  return rows.map((row) =>
    Object.fromEntries(row.split(",").map((cell, index) => [names[index] ?? "", cell.trim()])),
  );
}
