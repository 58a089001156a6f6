// What people may do with an item, change by change.
import { describe, expect, test } from "vitest";
import type { DeskItem } from "./item.ts";
import { decideAll, decideWork, NOTE_LIMIT, type WorkChange } from "./work.ts";

const ITEM = {
  state: "new",
  assignee: "p-1",
  tags: ["cold"],
  topics: [],
  cause: null,
  appeal: "none",
  isRefunded: false,
} as unknown as DeskItem;

const decide = (change: WorkChange, item: Partial<DeskItem> = {}) => decideWork({ ...ITEM, ...item }, change);

describe("a change that changes nothing is none:", () => {
  test.each([
    { kind: "assign", person: "p-1" },
    { kind: "state", to: "new" },
    { kind: "word", of: "tag", word: "cold", isOn: true },
    { kind: "word", of: "topic", word: "late", isOn: false },
    { kind: "cause", cause: null },
    { kind: "appeal", appeal: "none" },
    { kind: "refund", isRefunded: false },
  ] satisfies WorkChange[])("%j", (change) => {
    expect(decide(change)).toEqual({ kind: "unchanged" });
  });
});

describe("a change says what it does and what the thread tells:", () => {
  test.each([
    [{ kind: "assign", person: null }, { assignee: null }, "assigned", { from: "p-1", to: null }],
    [{ kind: "state", to: "waiting" }, { state: "waiting" }, "state", { from: "new", to: "waiting" }],
    [
      { kind: "state", to: "no_reaction" },
      { state: "no_reaction", clock: "stop" },
      "state",
      { from: "new", to: "no_reaction" },
    ],
    [{ kind: "note", text: "Звонили" }, { addsNote: true }, "note", { text: "Звонили" }],
    [{ kind: "cause", cause: "kitchen" }, { cause: "kitchen" }, "cause", { from: null, to: "kitchen" }],
    [{ kind: "appeal", appeal: "open" }, { appeal: "open" }, "appeal", { from: "none", to: "open" }],
    [{ kind: "refund", isRefunded: true }, { isRefunded: true }, "refund", { to: true }],
  ] as const)("%j", (change, patch, kind, body) => {
    expect(decide(change)).toEqual({ kind: "changed", patch, entry: { kind, body } });
  });

  test("words come and go", () => {
    const off = { kind: "word", of: "tag", word: "cold", isOn: false } as const;
    expect(decide(off)).toMatchObject({ patch: { word: off }, entry: { kind: "tag_removed" } });
    const on = { kind: "word", of: "topic", word: "late", isOn: true } as const;
    expect(decide(on)).toMatchObject({ patch: { word: on }, entry: { kind: "topic_added" } });
  });
});

test("who opens a closed item again starts its clock; who closes a closed one otherwise does not", () => {
  expect(decide({ kind: "state", to: "in_progress" }, { state: "closed" })).toMatchObject({
    patch: { state: "in_progress", clock: "start" },
    entry: { kind: "reopened" },
  });
  expect(decide({ kind: "state", to: "closed" }, { state: "answered" })).toMatchObject({
    patch: { state: "closed", clock: "stop" },
    entry: { kind: "state" },
  });
});

test("as long as the customer is only asked there is nothing to do", () => {
  expect(decide({ kind: "state", to: "closed" }, { state: "asked" })).toEqual({
    kind: "refused",
    reason: "not_rated_yet",
  });
});

describe("is refused:", () => {
  test.each([
    [{ kind: "note", text: " \n" }, "blank"],
    [{ kind: "note", text: "я".repeat(NOTE_LIMIT + 1) }, "too_long"],
    [{ kind: "word", of: "tag", word: " cold", isOn: true }, "blank"],
    [{ kind: "word", of: "tag", word: "", isOn: true }, "blank"],
    [{ kind: "word", of: "tag", word: "x".repeat(61), isOn: true }, "too_long"],
    [{ kind: "cause", cause: "" }, "blank"],
    [{ kind: "cause", cause: "x".repeat(61) }, "too_long"],
  ] satisfies [WorkChange, string][])("%j", (change, reason) => {
    expect(decide(change)).toEqual({ kind: "refused", reason });
  });

  test("one word too many", () => {
    const tags = Array.from({ length: 30 }, (_, index) => `t${index}`);
    const change = { kind: "word", of: "tag", word: "more", isOn: true } as const;
    expect(decide(change, { tags })).toEqual({ kind: "refused", reason: "too_many" });
    expect(decide(change, { tags: tags.slice(1) })).toMatchObject({ kind: "changed" });
  });
});

describe("several changes", () => {
  const item = { ...ITEM, tags: ["cold"], hasNotes: false, dueAt: 5 } as DeskItem;

  test("are decided one on another", () => {
    const decided = decideAll(item, [
      { kind: "word", of: "tag", word: "vip", isOn: true },
      { kind: "word", of: "tag", word: "vip", isOn: true },
      { kind: "word", of: "tag", word: "cold", isOn: false },
      { kind: "word", of: "topic", word: "late", isOn: true },
      { kind: "note", text: "Звонили" },
      { kind: "state", to: "closed" },
      { kind: "state", to: "new" },
    ]);
    expect(decided).toMatchObject({
      kind: "decided",
      item: { tags: ["vip"], topics: ["late"], hasNotes: true, state: "new", dueAt: null },
    });
    expect(decided.kind === "decided" && decided.steps.map(({ entry }) => entry.kind)).toEqual([
      "tag_added",
      "tag_removed",
      "topic_added",
      "note",
      "state",
      "reopened",
    ]);
  });

  test("are refused together, and the first that cannot be is named", () => {
    expect(
      decideAll(item, [
        { kind: "refund", isRefunded: true },
        { kind: "note", text: "" },
      ]),
    ).toEqual({ kind: "refused", index: 1, reason: "blank" });
  });
});
