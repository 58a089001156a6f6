// The filter by example: what people write, what it means, and what it finds.
import { describe, expect, test } from "vitest";
import type { DeskItem } from "./index.ts";
import { type FilterContext, isMatch, readFilter } from "./index.ts";

const CONTEXT: FilterContext = {
  now: 1_000_000,
  today: 20261122,
  me: "p-1",
  stems: (text) => text.toLowerCase().match(/[a-zа-я0-9]+/gu) ?? [],
  dayStart: (day) => (day % 100) * 1000,
};

const ITEM: DeskItem = {
  id: "i-1",
  source: "yandex-eats",
  orderId: "POS-1",
  sourceOrderId: "261104-00000001",
  branchId: "lesnaya",
  rating: 2,
  comment: "Суп холодный",
  preset: null,
  customerId: "c-1",
  totalMinor: 150_050,
  day: 20261104,
  receivedAt: 4_500,
  lateMs: 16 * 60_000,
  dishes: [{ id: "d-7", stems: " суп дня " }],
  tags: ["cold", "vip"],
  topics: [],
  state: "new",
  assignee: "p-1",
  dueAt: 999_999,
  answer: "no",
  hasNotes: false,
  hasPromo: false,
  cause: null,
  appeal: "none",
  isRefunded: false,
  isDisputed: true,
  stems: " суп холодный ",
};

function finds(text: string, item: Partial<DeskItem> = {}): boolean | string {
  const read = readFilter(text, CONTEXT);
  return read.kind === "refused" ? read.problem.kind : isMatch(read.filter, { ...ITEM, ...item });
}

describe("an item is found by", () => {
  test.each([
    "",
    "source:yandex-eats",
    "source:app,yandex-eats",
    "branch:lesnaya",
    "customer:c-1",
    "rating:2",
    "rating:1..2",
    "rating:..2",
    "rating:>1",
    "rating:<=2",
    "tag:cold",
    "tag:late,vip",
    "topic:none",
    "cause:none",
    "assignee:me",
    "late:>15m",
    "late:16",
    "late:900s..1h",
    "late:<1d",
    "total:1500.50",
    'total:">=1500,5"',
    "has:comment",
    "-has:note",
    "has:rating has:branch has:dishes has:tag",
    "answered:no",
    "order:POS-1",
    "order:261104-00000001",
    "item:d-7",
    'item:"Суп дня"',
    "day:2026-11-04",
    "day:2026-11-01..2026-11-04",
    "day:month",
    "-day:yesterday",
    "received:2026-11-04",
    "received:..2026-11-04",
    "received:2026-11-04..",
    "is:overdue",
    "is:disputed",
    "-is:asked",
    "-rating:none",
    "state:new,waiting",
    "appeal:none",
    "холодный",
    '"суп холодный"',
    '-"холодный суп"',
    "!!!",
    '-tag:"late one"',
  ])("%s", (text) => {
    expect(finds(text)).toBe(true);
  });
});

describe("an item is not found by", () => {
  test.each([
    "source:app",
    "branch:none",
    "customer:c-2",
    "rating:3..5",
    "rating:none",
    "tag:none",
    "late:>16m",
    "late:<16m",
    "total:<1500",
    "total:>1500.50",
    "-has:comment",
    "has:preset",
    "has:promo",
    "has:topic",
    "answered:yes",
    "answered:delivered,outdated",
    "order:POS",
    "item:d-8",
    'item:"дня суп"',
    "day:2026-11-05..",
    "received:2026-11-05",
    "is:refunded",
    "is:asked",
    "холодный горячий",
    '"холодный суп"',
    "-суп",
  ])("%s", (text) => {
    expect(finds(text)).toBe(false);
  });
});

test("a field without a value answers no, and yes when it is asked for its absence", () => {
  expect(finds("late:>0m", { lateMs: null })).toBe(false);
  expect(finds("-late:>0m", { lateMs: null })).toBe(true);
  expect(finds("rating:1..5", { rating: null })).toBe(false);
  expect(finds("rating:none", { rating: null })).toBe(true);
  expect(finds("branch:none", { branchId: null })).toBe(true);
  expect(finds("is:overdue", { dueAt: null })).toBe(false);
  expect(finds("is:overdue", { dueAt: CONTEXT.now })).toBe(false);
});

describe("what cannot be read is refused:", () => {
  test.each([
    ["colour:red", "unknown_field"],
    ["rating:6", "bad_value"],
    ["rating:3..2", "bad_value"],
    ["rating:1..2..3", "bad_value"],
    ["rating:..", "bad_value"],
    ["rating:x..3", "bad_value"],
    ["rating:>x", "bad_value"],
    ["rating:1,2", "bad_value"],
    ["late:soon", "bad_value"],
    ["total:1.234", "bad_value"],
    ["day:2026-02-30", "bad_value"],
    ["received:never", "bad_value"],
    ["has:everything", "bad_value"],
    ["is:good", "bad_value"],
    ["source:mail", "bad_value"],
    ["tag:", "no_value"],
    ["tag:a,", "no_value"],
    ['"суп', "unclosed_quote"],
    ['tag:"a', "unclosed_quote"],
    ["я ".repeat(41), "too_long"],
    ["я".repeat(2001), "too_long"],
  ])("%s", (text, kind) => {
    expect(finds(text)).toBe(kind);
  });

  test("the place is told", () => {
    expect(readFilter("суп  colour:red", CONTEXT)).toEqual({
      kind: "refused",
      problem: { kind: "unknown_field", at: 5, text: "colour:red" },
    });
  });

  test("me, where nobody is signed in", () => {
    expect(readFilter("assignee:me", { ...CONTEXT, me: null })).toMatchObject({
      problem: { kind: "not_signed_in" },
    });
  });
});
