// What each detail tells: money and verdicts in all, menu and hints from "menu" on, changes and differences from "full" on.
import { expect, test } from "vitest";
import { type Brief, quoteOf, verdictOf } from "../../../test/support/small-shop.ts";
import type { Detail } from "./index.ts";

const CART: readonly Brief[] = [
  { id: "near", when: [{ sum: { atLeast: 300 } }], texts: { hint: { ru: "Ещё", en: "More" } } },
  { id: "menu", choice: { group: "A" } },
  { id: "code", codes: { list: ["X"] }, when: [{ sum: { atLeast: 400 } }] },
  { id: "best", then: [{ percent: 5 }], combining: { bestOf: "x" } },
  { id: "less", then: [{ percent: 4 }], combining: { bestOf: "x" } },
  { id: "untouched", scope: { offers: ["z"] } },
];

/** What is told at this detail: the change of one, the difference of another, and all else that not every detail has. */
function toldAt(detail: Detail): unknown {
  const quote = quoteOf(CART, { code: "X" }, {}, {}, detail);
  expect(quote.total).toBe(23_750);
  return {
    menu: quote.offered.length,
    notices: quote.notices.map(({ code, amountMinor }) => [code, amountMinor]),
    near: Object.hasOwn(verdictOf(quote, "near") as object, "unlock"),
    less: Object.hasOwn(verdictOf(quote, "less") as object, "differenceMinor"),
    verdicts: quote.verdicts.length,
  };
}

test("plain: no menu, no hints, no amounts beside the code", () => {
  expect(toldAt("plain")).toEqual({
    menu: 0,
    notices: [["code_condition", undefined]],
    near: false,
    less: false,
    verdicts: 5,
  });
});

// With 194.44 more "near" leaves 400.00 of 444.44, and "best" is left out so that the code applies.
test("menu: and the menu, the hint, what the code lacks", () => {
  const told = {
    menu: 1,
    notices: [
      ["code_condition", 19_444],
      ["hint", 5_000],
    ],
    near: false,
    less: false,
  };
  expect(toldAt("menu")).toEqual({ ...told, verdicts: 5 });
});

test("full and every: and the changes and differences, of all promotions in the end", () => {
  const told = {
    menu: 1,
    notices: [
      ["code_condition", 19_444],
      ["hint", 5_000],
    ],
    near: true,
    less: true,
  };
  expect(toldAt("full")).toEqual({ ...told, verdicts: 5 });
  expect(toldAt("every")).toEqual({ ...told, verdicts: 6 });
});
