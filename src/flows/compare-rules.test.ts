// A person who applies a rule set reads exactly what it changes.
import { expect, test } from "vitest";
import type { PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import { compareRules, differenceLines, isUnchanged } from "./compare-rules.ts";

const promotion = (id: string, more: Partial<PromotionDocument> = {}): PromotionDocument => ({
  id,
  name: { ru: `Акция ${id}` },
  then: [{ percent: 10 }],
  ...more,
});
const rules = (
  promotions: PromotionDocument[],
  more: Partial<PromotionSet> = {},
  programme: unknown = null,
) => ({
  set: { promotions, ...more },
  programme,
});

test("equal sets differ in nothing, however their keys are ordered", () => {
  const before = rules([promotion("a", { priority: 1, caps: { perUnit: 1, perLine: 2 } })]);
  const after = rules([{ caps: { perLine: 2, perUnit: 1 }, priority: 1, ...promotion("a") }]);
  expect(isUnchanged(compareRules(before, after))).toBe(true);
  expect(differenceLines(compareRules(before, after))).toEqual([]);
});

test("added, removed and changed promotions are told by id, name and field", () => {
  const before = rules([promotion("a"), promotion("b"), promotion("c", { scope: { categories: ["1"] } })]);
  const after = rules(
    [
      promotion("a", { then: [{ percent: 15 }, { message: "да" }], limits: { uses: 3 } }),
      promotion("c", { scope: { categories: ["1", "2"] }, name: "Новое имя" }),
      promotion("d"),
    ],
    { objective: "priority" },
    { id: "points" },
  );
  expect(differenceLines(compareRules(before, after))).toEqual([
    "+ d  Акция d",
    "- b  Акция b",
    "~ a  Акция a",
    "    then[0].percent: 10 → 15",
    '    then[1]: {"message":"да"} (new)',
    '    limits: {"uses":3} (new)',
    "~ c  Новое имя",
    '    name: {"ru":"Акция c"} → "Новое имя"',
    '    scope.categories: ["1"] → ["1","2"]',
    '~ objective: "priority" (new)',
    '~ programme: {"id":"points"} (new)',
  ]);
});

test("what is gone is told as gone", () => {
  const before = rules([promotion("a", { priority: 2 })], {}, { id: "x", earn: { percent: 5 } });
  const after = rules([promotion("a")], {}, { id: "x", earn: { percent: 7 } });
  expect(differenceLines(compareRules(before, after))).toEqual([
    "~ a  Акция a",
    "    priority: 2 → (gone)",
    "~ programme.earn.percent: 5 → 7",
  ]);
});

test("another order alone is a difference, for the menu follows it", () => {
  const before = rules([promotion("a"), promotion("b"), promotion("x")]);
  const after = rules([promotion("new"), promotion("b"), promotion("a")]);
  expect(differenceLines(compareRules(before, after)).at(-1)).toBe("~ the order of the promotions changes");
  expect(compareRules(before, rules([promotion("a"), promotion("b")])).isReordered).toBe(false);
});
