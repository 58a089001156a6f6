// Days of a filter as whole months and what is left at both ends, so that a year is read from counts of months.
import type { Condition, Days, Filter } from "../core/desk/index.ts";
import type { SqlCondition } from "./desk-filter.ts";

/** Whether counts by day, branch and source answer the filter. */
export function isTallied(filter: Filter): boolean {
  return filter.every(
    ({ test }) =>
      isOfBranch(test) ||
      (test.kind === "word" && test.field === "source") ||
      (test.kind === "range" && test.field === "day"),
  );
}

/** Whether counts of all branches together answer it. */
export function isOfAllBranches(filter: Filter): boolean {
  return isTallied(filter) && !filter.some(({ test }) => isOfBranch(test));
}

function isOfBranch(test: Condition["test"]): boolean {
  return (test.kind === "word" && test.field === "branch") || (test.kind === "has" && test.what === "branch");
}

/** A filter's days as whole months, what is left at both ends, and what else the filter says. */
export interface SplitFilter {
  readonly months: Days | null;
  readonly edges: readonly Days[];
  readonly rest: Filter;
}

/** Splits it; null: items must be looked at. */
export function splitMonths(filter: Filter): SplitFilter | null {
  if (!isTallied(filter)) return null;
  const isDay = ({ test }: Condition): boolean => test.kind === "range" && test.field === "day";
  if (filter.some((each) => isDay(each) && each.isNot)) return null;
  const rest = filter.filter((each) => !isDay(each));
  let [from, to] = [FIRST_DAY, LAST_DAY];
  for (const { test } of filter) {
    if (test.kind !== "range") continue;
    from = Math.max(from, test.from ?? from);
    to = Math.min(to, test.to ?? to);
  }
  if (from > to) return { months: null, edges: [], rest };
  const [first, last] = [from % 100 === 1 ? month(from) : nextMonth(from), lastWhole(to)];
  if (first > last) return { months: null, edges: [{ from, to }], rest };
  const edges: Days[] = [];
  if (from % 100 !== 1) edges.push({ from, to: month(from) * 100 + 31 });
  if (month(to) > last) edges.push({ from: month(to) * 100 + 1, to });
  return { months: { from: first, to: last }, edges, rest };
}

/** The filter over these days. */
export function overDays(rest: Filter, { from, to }: Days): Filter {
  return [...rest, { isNot: false, test: { kind: "range", field: "day", from, to } }];
}

const FIRST_DAY = 19_000_101;
const LAST_DAY = 99_981_231;
const month = (day: number): number => Math.floor(day / 100);
const nextMonth = (day: number): number => (month(day) % 100 === 12 ? month(day) + 89 : month(day) + 1);

/** The last month that ends by that day. */
function lastWhole(day: number): number {
  const length = new Date(Date.UTC(Math.floor(day / 10_000), month(day) % 100, 0)).getUTCDate();
  if (day % 100 >= length) return month(day);
  return month(day) % 100 === 1 ? month(day) - 89 : month(day) - 1;
}

/** Branches that a filter names, as a condition on the column itself: counts write an unknown branch as the empty text. */
export function branchesWanted(filter: Filter): SqlCondition {
  for (const { isNot, test } of filter) {
    if (isNot || test.kind !== "word" || test.field !== "branch") continue;
    const ids = test.anyOf.map((id) => id ?? "");
    return { sql: `branch_id in (${ids.map(() => "?").join(", ")})`, bound: ids };
  }
  return { sql: "1 = 1", bound: [] };
}
