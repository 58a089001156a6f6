// The examples of the document on promotions say the truth: each is read, priced, and costs what its sentence says.
import { expect, test } from "vitest";
import { price } from "../../src/core/pricing/index.ts";
import {
  codeFactsOfList,
  problemLine,
  readCart,
  readPromotions,
  roublesText,
} from "../../src/flows/index.ts";
import { exampleOffers } from "../support/example-world.ts";
import { facts, NOON, rulesOf } from "../support/shop.ts";
import { read } from "./tree.ts";

interface Example {
  readonly title: string;
  readonly rules: string;
  readonly cart: string;
  readonly discount: string;
  readonly total: string;
}

function examplesOf(text: string): Example[] {
  const [, ...sections] = text.split(/^### /m);
  return sections.map((section) => {
    const part = (pattern: RegExp): string => pattern.exec(section)?.[1] ?? "";
    return {
      title: section.slice(0, section.indexOf("\n")),
      rules: part(/```yaml\n([\s\S]*?)```/),
      cart: part(/```json\n([\s\S]*?)```/),
      discount: part(/Discount ([\d.]+\d)/),
      total: part(/to pay ([\d.]+\d)\./),
    };
  });
}

test("every example of the document costs what it says", async () => {
  const offers = [...(await exampleOffers("demo-world")).values()];
  const examples = examplesOf(read("docs/promotions.md").text);
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const example of examples) {
    const set = readPromotions(example.rules, "Europe/Moscow");
    if (set.kind === "refused")
      throw new Error(`${example.title}: ${set.problems.map(problemLine).join("; ")}`);
    const tried = readCart(example.cart);
    if (tried.kind === "refused")
      throw new Error(`${example.title}: ${tried.problems.map(problemLine).join("; ")}`);
    const rules = rulesOf(set.document.promotions, set.document);
    const code = codeFactsOfList(tried.cart.code, rules);
    const quote = price(tried.cart, rules, facts(offers, { code }), NOON);
    const plain = (kopecks: number): string => roublesText(kopecks, "en").replaceAll(" ", "");
    expect({ title: example.title, discount: plain(quote.discount), total: plain(quote.total) }).toEqual({
      title: example.title,
      discount: example.discount,
      total: example.total,
    });
  }
});
