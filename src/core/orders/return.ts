// What goods that come back give back: exactly what they cost, in whatever order and in however many goes they come.
import { type Minor, minor, ONE_UNIT, type Points, points, type Quantity } from "../money/index.ts";
import { type FrozenLine, type UnitRun, weighedShare } from "./frozen-line.ts";

/** Which units of a line go back first where they cost differently: of three for two, the free one or a paid one. */
export type TakenFirst = "cheapest" | "dearest";

/** What a return of one line comes to, or why there is none. */
export type LineReturn =
  | {
      readonly kind: "returned";
      /** Units taken from each run of the line; of a weighed line, thousandths. */
      readonly taken: readonly number[];
      /** What the goods cost: money and points together. */
      readonly value: Minor;
      /** The money of it. */
      readonly refund: Minor;
      readonly spentBack: Points;
      /** Points that they brought and that go away with them. */
      readonly earnedBack: Points;
    }
  | { readonly kind: "refused"; readonly reason: "bad_quantity" | "more_than_kept" };

/**
 * Takes `quantity` back from what is left of `line`. `before` is what was taken from each run so far, nothing where it is
 * empty. Kept units keep their price; the last return of a line gives whatever is left of it.
 */
export function returnUnits(
  line: FrozenLine,
  before: readonly number[],
  quantity: Quantity,
  first: TakenFirst,
): LineReturn {
  if (quantity === 0) return { kind: "refused", reason: "bad_quantity" };
  if (line.isWeighed) return returnWeight(line, before[0] ?? 0, quantity);
  if (quantity % ONE_UNIT !== 0) return { kind: "refused", reason: "bad_quantity" };
  return returnWhole(line, before, quantity / ONE_UNIT, first);
}

function returnWeight(line: FrozenLine, before: number, quantity: number): LineReturn {
  const after = before + quantity;
  if (after > line.quantity) return { kind: "refused", reason: "more_than_kept" };
  // Each sum by itself and rounded down so far: none of them ever goes backwards.
  const step = (whole: number): number =>
    weighedShare(whole, after, line.quantity) - weighedShare(whole, before, line.quantity);
  const refund = step(line.total - line.byPoints);
  return {
    kind: "returned",
    taken: [quantity],
    value: minor(refund + step(line.byPoints)),
    refund: minor(refund),
    spentBack: points(step(line.spent)),
    earnedBack: points(step(line.earned)),
  };
}

function returnWhole(
  line: FrozenLine,
  before: readonly number[],
  count: number,
  first: TakenFirst,
): LineReturn {
  const taken = line.runs.map(() => 0);
  const sums = { value: 0, refund: 0, spent: 0, earned: 0 };
  let wanted = count;
  const order = [...line.runs.entries()];
  // Runs stand from the dearest to the cheapest.
  for (const [index, run] of first === "dearest" ? order : order.reverse()) {
    const share = Math.min(wanted, run.count - (before[index] ?? 0));
    taken[index] = share;
    wanted -= share;
    add(sums, run, share);
  }
  if (wanted > 0) return { kind: "refused", reason: "more_than_kept" };
  return {
    kind: "returned",
    taken,
    value: minor(sums.value),
    refund: minor(sums.refund),
    spentBack: points(sums.spent),
    earnedBack: points(sums.earned),
  };
}

function add(
  sums: { value: number; refund: number; spent: number; earned: number },
  run: UnitRun,
  count: number,
): void {
  sums.value += run.price * count;
  sums.refund += (run.price - run.byPoints) * count;
  sums.spent += run.spent * count;
  sums.earned += run.earned * count;
}
