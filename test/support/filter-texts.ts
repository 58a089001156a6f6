// Filters as people write them, drawn at random from the words that drawn items are made of.
import fc from "fast-check";
import { ANSWER_WORDS, APPEALS, DESK_STATES } from "../../src/core/desk/index.ts";

const listOf = (field: string, words: readonly string[]) =>
  fc
    .uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
    .map((some) => `${field}:${some.join(",")}`);

const rangeOf = (field: string, values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...values), fc.constantFrom(...values), fc.constantFrom("..", ">", "<=", "=", "-"))
    .map(([left, right, sign]) => {
      const [from, to] = values.indexOf(left) <= values.indexOf(right) ? [left, right] : [right, left];
      if (sign === "..") return `${field}:${from}..${to}`;
      if (sign === "=") return `${field}:${from}`;
      return sign === "-" ? `${field}:..${to}` : `${field}:${sign}${from}`;
    });

const anyTerm = fc.oneof(
  listOf("source", ["app", "yandex-eats"]),
  listOf("branch", ["lesnaya", "mira", "none", "nowhere"]),
  listOf("customer", ["c-1", "c-3", "none"]),
  listOf("tag", ["cold", "vip", "odd", "none"]),
  listOf("topic", ["late", "rude", "none"]),
  listOf("state", DESK_STATES),
  listOf("assignee", ["p-1", "p-3", "none"]),
  listOf("answered", ["yes", ...ANSWER_WORDS]),
  listOf("cause", ["kitchen", "none"]),
  listOf("appeal", APPEALS),
  rangeOf("rating", ["1", "2", "3", "4", "5"]),
  fc.constant("rating:none"),
  rangeOf(
    "total",
    ["0", "500", "1000,50", "1500", "2500"].map((sum) => sum.replace(",", ".")),
  ),
  rangeOf("late", ["0", "10m", "20m", "1h"]),
  rangeOf("day", ["2026-11-01", "2026-11-03", "2026-11-06", "2026-11-09"]),
  rangeOf("received", ["1969-12-31", "1970-01-01", "1970-01-02"]),
  listOf("has", ["comment"]),
  fc
    .constantFrom("preset", "rating", "branch", "dishes", "note", "promo", "tag", "topic")
    .map((what) => `has:${what}`),
  fc.constantFrom("asked", "disputed", "refunded", "overdue").map((what) => `is:${what}`),
  fc.constantFrom("o-1", "e-2", "x").map((id) => `order:${id}`),
  fc.constantFrom("d-1", "x", "суп", '"курьер late"').map((name) => `item:${name}`),
  fc.constantFrom("суп", "курьер", "пиццы", "cold", "42", '"late cold"', '"суп курьер"'),
);

/** A written filter of up to three terms; every one can be read. */
export const anyFilterText: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(fc.boolean(), anyTerm).map(([isNot, term]) => `${isNot ? "-" : ""}${term}`),
    { maxLength: 3 },
  )
  .map((terms) => terms.join(" "));
