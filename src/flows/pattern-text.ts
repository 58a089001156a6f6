// What is wrong with a wanted batch of promo codes, and what would do, in a sentence for its maker.
import { PATTERN_LIMIT, type PatternProblem, ROOM_FACTOR } from "../core/pricing/index.ts";
import { BATCH_LIMIT, BATCH_NAME_LIMIT, type BatchRefusal, USES_LIMIT } from "./generate-codes.ts";

/** Where a mistake is, as the fields of the wish are called. */
export type WishField =
  | "name"
  | "promotionId"
  | "pattern"
  | "alphabet"
  | "count"
  | "usesPerCode"
  | "validUntil";

/** A mistake of a wish. */
export interface WishMistake {
  readonly field: WishField;
  readonly message: string;
}

const REFUSALS: Readonly<Record<BatchRefusal, readonly [WishField, string]>> = {
  name_unusable: ["name", `must be 1 to ${BATCH_NAME_LIMIT} characters without spaces around`],
  count_out_of_range: ["count", `must be a whole number from 1 to ${BATCH_LIMIT}`],
  uses_out_of_range: ["usesPerCode", `must be a whole number from 1 to ${USES_LIMIT}, or none`],
  until_passed: ["validUntil", "has passed already"],
  promotion_unknown: ["promotionId", "is no promotion in force"],
  promotion_without_codes: [
    "promotionId",
    "names a promotion that applies without a code: give it codes: {}",
  ],
  name_taken: ["name", "belongs to another batch"],
  no_room: ["pattern", "has no free codes left: nearly all it can make exist already; take a longer one"],
};

/** The sentence of a refusal. */
export function batchMistake(reason: BatchRefusal): WishMistake {
  const [field, message] = REFUSALS[reason];
  return { field, message };
}

/** The sentence of a pattern's problem. */
export function patternMistake(problem: PatternProblem): WishMistake {
  const isOfAlphabet = problem.kind.startsWith("alphabet") || problem.kind.startsWith("character");
  return { field: isOfAlphabet ? "alphabet" : "pattern", message: sentenceOf(problem) };
}

function sentenceOf(problem: PatternProblem): string {
  switch (problem.kind) {
    case "pattern_empty":
      return "is empty";
    case "pattern_without_chance":
      return "has no # for a random character; a code without chance is listed in its promotion";
    case "pattern_too_long":
      return `is longer than the ${PATTERN_LIMIT} characters that the app shows`;
    case "pattern_unusable":
      return "may have letters, digits, punctuation and inner spaces only";
    case "alphabet_too_small":
      return "needs at least two characters";
    case "alphabet_too_large":
      return "has too many characters: 64 at most";
    case "character_not_allowed":
      return `may have digits and letters of the Latin and Russian alphabets only, not “${problem.character}”`;
    case "characters_equal":
      return `has “${problem.pair[0]}” and “${problem.pair[1]}”, which are one when codes are compared`;
    case "characters_look_alike":
      return `has “${problem.pair[0]}” and “${problem.pair[1]}”, which look alike`;
    case "too_few_bits":
      return `carries ${problem.bits.toFixed(1)} random bits, at least ${problem.needed} are needed: ${problem.places} random characters (#) would do`;
    case "too_little_room":
      return `makes ${problem.possibilities} codes, at least ${ROOM_FACTOR} for each one wanted are needed: ${problem.places} random characters (#) would do`;
  }
}
