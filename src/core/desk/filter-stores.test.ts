// A filter kept to branches finds what the filter finds among their items, and nothing else.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, isMatch } from "./filter.ts";
import { keptToBranches } from "./filter-stores.ts";
import type { DeskItem } from "./item.ts";

const branch = fc.constantFrom("a", "b", "c");
const condition: fc.Arbitrary<Condition> = fc.record({
  isNot: fc.boolean(),
  test: fc.oneof(
    fc.record({
      kind: fc.constant("word" as const),
      field: fc.constant("branch" as const),
      anyOf: fc.array(fc.oneof(branch, fc.constant(null)), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("has" as const), what: fc.constant("branch" as const) }),
  ),
});

test("an item passes exactly when it passes the filter and is of one of the branches", () => {
  fc.assert(
    fc.property(
      fc.array(condition, { maxLength: 4 }),
      fc.array(branch, { maxLength: 3 }),
      fc.oneof(branch, fc.constant(null)),
      (filter, branches, branchId) => {
        // Branches are all that the filter and the keeping look at.
        const item = { branchId } as DeskItem;
        const isWanted = isMatch(filter, item) && branchId !== null && branches.includes(branchId);
        expect(isMatch(keptToBranches(filter, branches), item)).toBe(isWanted);
        expect(keptToBranches(filter, null)).toBe(filter);
      },
    ),
  );
});
