// Texts of codes on show are refused where the app would cut them, by what a person counts as characters.
import { expect, test } from "vitest";
import type { PromotionSet } from "../core/pricing/index.ts";
import { charactersOf, showcaseProblems } from "./check-showcase.ts";
import { problemsOfSet, readPromotions } from "./read-promotions.ts";

type Showcase = Readonly<Record<string, unknown>>;

const setOf = (showcase: Showcase): PromotionSet =>
  ({
    promotions: [
      {
        id: "p",
        name: "П",
        then: [{ percent: 5 }],
        codes: { list: ["ЛЕТО"], showcase: [{ code: "ЛЕТО", title: "т", description: "о", ...showcase }] },
      },
    ],
  }) as unknown as PromotionSet;
const told = (showcase: Showcase) => showcaseProblems(setOf(showcase));
const at = (key: string) => `promotions[0].codes.showcase[0].${key}`;

test.each([
  ["code", 30],
  ["title", 20],
  ["description", 35],
  ["longDescription", 100],
])("%s has room for %i characters", (key, most) => {
  expect(told({ [key]: "Ж".repeat(most) })).toEqual([]);
  expect(told({ [key]: "Ж".repeat(most + 1) })).toMatchObject([
    { path: at(key), message: `is ${most + 1} characters long; the app shows ${most}` },
  ]);
});

test("what a person sees as one character counts as one", () => {
  for (const one of ["е\u0301", "👩‍👩‍👧‍👦", "🇷🇺", "й".normalize("NFD"), "❤️"]) {
    expect(charactersOf(one)).toHaveLength(1);
    expect(told({ title: one.repeat(20) })).toEqual([]);
    expect(told({ title: one.repeat(21) })).toHaveLength(1);
  }
});

test("each language is told by its own path, with a text that has room", () => {
  const title = { ru: "Скидка на всю посуду и ножи", en: "Ten per cent off" };
  expect(told({ title })).toEqual([
    {
      path: `${at("title")}.ru`,
      message: "is 27 characters long; the app shows 20",
      suggestion: "shorten it, for example to “Скидка на всю посуду”",
    },
  ]);
  expect(told({ title: "Большое-пребольшое слово" })[0]?.suggestion).toContain("“Большое-пребольшое”");
  expect(told({ title: "Рентгеноэлектрокардиография" })[0]?.suggestion).toContain("“Рентгеноэлектрокарди”");
  expect(told({ code: "К".repeat(31) })[0]?.suggestion).toBe("show a shorter code of this promotion");
});

test("the end on show is a date or a time", () => {
  for (const good of ["2026-12-01", "2026-12-01T23:59", "2026-12-01T23:59:00+03:00"])
    expect(told({ availableUntil: good })).toEqual([]);
  expect(told({ availableUntil: "в декабре" })).toMatchObject([
    { path: at("availableUntil"), message: "“в декабре” is no date or time" },
  ]);
});

test("rules with such a text are refused when they are checked, with the line", () => {
  const text = `promotions:
  - id: p
    name: П
    codes:
      list: [ЛЕТО]
      showcase:
        - code: ЛЕТО
          title: Скидка на всё лето и ещё немного
          description: о
    then:
      - percent: 5
`;
  const read = readPromotions(text, "Europe/Moscow");
  expect(read).toMatchObject({ kind: "refused", problems: [{ path: at("title"), line: 8 }] });
  expect(problemsOfSet(setOf({}), "Europe/Moscow")).toEqual([]);
});
