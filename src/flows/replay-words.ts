// Why a recorded calculation could not be judged or priced, and what its record does not tell, in words.
import type { Gap } from "./draft-facts.ts";
import type { LeftOut } from "./draft-tally.ts";
import type { CheckTally } from "./replay-calculations.ts";

/** Verdicts that are none. */
export const DOUBTS: Readonly<Record<Exclude<keyof CheckTally["counts"], "same" | "differs">, string>> = {
  engine_changed: "other figures, but the engine has another version since",
  rules_gone: "their rules are gone",
  goods_gone: "goods of theirs are forgotten",
  not_engine: "plain prices of the catalogue, or a part's share of a split cart",
};

/** Carts that were not priced. */
export const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  goods_gone: "goods of theirs are forgotten",
  share: "parts of split carts, whose whole is counted",
  engine_failed: "the engine failed under the draft",
};

/** What stands behind "in 12 carts". */
export const GAPS: Readonly<Record<Gap, string>> = {
  gifts_of_today: "gifts are those of today's catalogue, price and stock",
  spent_unknown: "a period of spending that was not asked for then counts as nothing spent",
  limits_as_new: "a limit that the draft changes counts as wholly left",
  code_unknown: "the code was unknown then and is to the draft; codes made since are not looked up",
  choice_gone: "the shopper had chosen what the draft does not offer",
  rules_gone: "the rules of then are gone: their gifts and codes cannot be told from others",
  other_engine: "another version of the engine had answered: part of the change may be its",
};
