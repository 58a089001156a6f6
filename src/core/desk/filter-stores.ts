// A filter kept to some branches: what somebody who is set on a few outlets may find, whatever they ask for.
import type { Condition, Filter } from "./filter.ts";

/** A branch that no item has: the conditions leave none. */
export const NO_BRANCH_AT_ALL = "nowhere 0190e2c4-0000-7000-8000-000000000000";

/**
 * The filter, and only items of `branches`. Conditions that name branches become one with it, at the first place: there
 * counts by month look for the branches that they may add up.
 */
export function keptToBranches(filter: Filter, branches: readonly string[] | null): Filter {
  if (branches === null) return filter;
  const others: Condition[] = [];
  let left = branches;
  for (const condition of filter) {
    const { isNot, test } = condition;
    if (isNot || test.kind !== "word" || test.field !== "branch") others.push(condition);
    else left = left.filter((branch) => test.anyOf.includes(branch));
  }
  const anyOf = left.length === 0 ? [NO_BRANCH_AT_ALL] : left;
  return [{ isNot: false, test: { kind: "word", field: "branch", anyOf } }, ...others];
}
