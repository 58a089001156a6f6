// Two outcomes of one cart compared: good by good, promotion by promotion.
import { expect, test } from "vitest";
import { type CartOutcome, compareOutcomes } from "./outcome-shown.ts";

type Line = CartOutcome["lines"][number];
type Verdict = CartOutcome["verdicts"][number];

const line = (offerId: string | null, quantity: number, totalMinor: number, isCounted = true) =>
  ({ offerId, name: offerId, quantity, totalMinor, isCounted }) as Line;
const applied = (promotionId: string, amountMinor: number) =>
  ({ promotionId, isApplied: true, amountMinor, gifts: 0, reason: null }) as unknown as Verdict;
const missed = (promotionId: string, reason: string) =>
  ({ promotionId, isApplied: false, amountMinor: 0, gifts: 0, reason }) as unknown as Verdict;
const outcome = (lines: Line[], verdicts: Verdict[] = []) =>
  ({
    lines,
    verdicts,
    totalMinor: lines.reduce((sum, each) => sum + (each.isCounted ? each.totalMinor : 0), 0),
  }) as CartOutcome;

test("lines of one good are taken together, in whole thousandths, and those out of the count are left out", () => {
  const before = outcome([line("a", 0.1, 10), line("a", 0.2, 20), line("b", 1, 5, false)]);
  const after = outcome([line("a", 0.3, 30)]);
  expect(compareOutcomes(before, after)).toMatchObject({
    isSame: true,
    differenceMinor: 0,
    lines: [{ offerId: "a", quantityBefore: 0.3, quantityAfter: 0.3, differenceMinor: 0 }],
  });
});

test("a good on one side only counts as none on the other", () => {
  const compared = compareOutcomes(outcome([line("a", 1, 10)]), outcome([line("b", 2, 30)]));
  expect(compared).toMatchObject({
    isSame: false,
    differenceMinor: 20,
    lines: [
      { offerId: "a", quantityAfter: 0, totalAfterMinor: 0, differenceMinor: -10 },
      { offerId: "b", quantityBefore: 0, totalBeforeMinor: 0, differenceMinor: 30 },
    ],
  });
});

test("a promotion that gives something else, or fails for another reason, has changed; so has one that is new", () => {
  const before = outcome([], [applied("a", 5), missed("b", "condition"), missed("c", "audience")]);
  const after = outcome(
    [],
    [applied("a", 6), missed("b", "condition"), missed("c", "no_goods"), missed("d", "no_goods")],
  );
  const { verdicts, isSame } = compareOutcomes(before, after);
  expect(isSame).toBe(false);
  expect(verdicts.map(({ promotionId, isChanged }) => [promotionId, isChanged])).toEqual([
    ["a", true],
    ["b", false],
    ["c", true],
    ["d", true],
  ]);
});
