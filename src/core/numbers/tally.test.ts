// What an item adds to its day and month.
import { expect, test } from "vitest";
import { type CountedItem, NO_TALLY, partsOf, TALLY_COLUMNS, tallyOf } from "./index.ts";

const ITEM: CountedItem = {
  seq: 1,
  source: "app",
  branchId: "mira",
  day: 20261122,
  rating: 2,
  comment: "Суп холодный",
  preset: null,
  state: "answered",
  answer: "delivered",
  totalMinor: 150_050,
  lateMs: 31 * 60_000 + 59_999,
  topics: ["cold", "late"],
  wasAsked: true,
  promoPercent: 15,
  hour: 19,
};

/** Columns that are not nought. */
const told = (item: Partial<CountedItem>) =>
  Object.fromEntries(Object.entries(tallyOf({ ...ITEM, ...item })).filter(([, count]) => count !== 0));

test("an answered rating counts as itself, once in every column it belongs to", () => {
  expect(told({})).toEqual({
    items: 1,
    x2: 1,
    asked: 1,
    asked_answered: 1,
    worded: 1,
    given: 1,
    delivered: 1,
    promos: 1,
    promo_minor: 22_507,
  });
});

test.each([
  [
    { rating: null, comment: null, state: "asked", answer: "no", promoPercent: null },
    { items: 1, asked: 1 },
  ],
  [
    { rating: 5, comment: null, preset: "Вкусно", wasAsked: false, state: "no_reaction", answer: "no" },
    { items: 1, x5: 1, worded: 1, given: 1, no_reaction: 1 },
  ],
  [
    { rating: 1, wasAsked: false, comment: null, state: "waiting", answer: "outdated" },
    { items: 1, x1: 1, given: 1, open: 1, outdated: 1 },
  ],
  [
    { rating: 4, wasAsked: false, comment: null, state: "new", answer: "no", promoPercent: null },
    { items: 1, x4: 1, given: 1, open: 1 },
  ],
  [
    { rating: 3, wasAsked: false, comment: null, state: "in_progress", totalMinor: null },
    { items: 1, x3: 1, given: 1, open: 1, delivered: 1, promos: 1 },
  ],
] satisfies [Partial<CountedItem>, object][])("%j adds %j", (item, counts) => {
  expect(told(item)).toEqual(counts);
});

test("a month counts the hour of the week, the minutes on the way and the topics", () => {
  expect(partsOf(ITEM)).toEqual([
    { kind: "hour", word: String(7 * 24 + 19), of: 1, low: 1 },
    { kind: "late", word: "31", of: 1, low: 1 },
    { kind: "topic", word: "cold", of: 1, low: 1 },
    { kind: "topic", word: "late", of: 1, low: 1 },
  ]);
  expect(partsOf({ ...ITEM, rating: 5, hour: null, lateMs: 99 * 3_600_000, topics: [] })).toEqual([
    { kind: "late", word: "240", of: 1, low: 0 },
  ]);
  expect(partsOf({ ...ITEM, rating: null, topics: ["cold"] })).toEqual([
    { kind: "topic", word: "cold", of: 1, low: 0 },
  ]);
});

test("nothing is nought in every column", () => {
  expect(Object.keys(NO_TALLY)).toEqual([...TALLY_COLUMNS]);
  expect(Object.values(NO_TALLY).every((count) => count === 0)).toBe(true);
});
