// What one delivery of an order's rating does to the rating already kept: the last word counts, nothing said is lost.
import { assert } from "../basics/index.ts";

/** What is known of one order's rating. */
export interface RatingState {
  /** 1 to 5; null: not rated. */
  readonly stars: number | null;
  /** The customer's words; empty when none. */
  readonly comment: string;
  /** The channel said that the order waits for a rating, and none has come since. */
  readonly isAsked: boolean;
  /** There were words and they were taken out; absent: there were none, or they are there. */
  readonly wordsGone?: true;
}

type Words = Pick<RatingState, "comment" | "wordsGone">;

/** What one delivery says. */
export interface RatingGiven {
  /** The stars; "asked" when the delivery says that there are none yet; "silent" when it does not speak of them. */
  readonly stars: number | "asked" | "silent";
  /** Empty when the delivery has none. */
  readonly comment: string;
  /** There were words and they were taken out before anything was kept. */
  readonly wordsGone?: true;
}

/** What "asked" does to an earlier rating: it stays, or the question is open again. */
export type OnAsked = "keep" | "reopen";

/** The state after a delivery; `unchanged` for a repeat, which leaves no revision. */
export interface RatingDecision {
  readonly kind: "created" | "revised" | "unchanged";
  readonly state: RatingState;
}

const NOTHING: RatingState = { stars: null, comment: "", isAsked: false };

/** Decides; `stored` is null for an order that nobody has spoken of. Deliveries count in the order of arrival. */
export function decideRating(
  stored: RatingState | null,
  given: RatingGiven,
  onAsked: OnAsked,
): RatingDecision {
  const before = stored ?? NOTHING;
  const state = after(before, given, onAsked);
  if (isSame(before, state)) return { kind: "unchanged", state: before };
  return { kind: stored === null ? "created" : "revised", state };
}

/** Whether the customer is still to be asked for stars. */
export function isRatingRequired(state: RatingState): boolean {
  return state.isAsked && state.stars === null;
}

function after(before: RatingState, given: RatingGiven, onAsked: OnAsked): RatingState {
  // Without stars a delivery only adds: an empty comment then takes nothing back.
  const words = wordsOf(isWordless(given) ? before : given);
  if (given.stars === "silent") return { stars: before.stars, isAsked: before.isAsked, ...words };
  if (given.stars === "asked") {
    return { stars: onAsked === "reopen" ? null : before.stars, isAsked: true, ...words };
  }
  assert(Number.isInteger(given.stars) && given.stars >= 1 && given.stars <= 5, "stars are 1 to 5");
  return { stars: given.stars, isAsked: false, ...wordsOf(given) };
}

function isWordless({ comment, wordsGone }: Words): boolean {
  return comment === "" && wordsGone !== true;
}

function wordsOf({ comment, wordsGone }: Words): Words {
  return wordsGone === true ? { comment, wordsGone } : { comment };
}

function isSame(left: RatingState, right: RatingState): boolean {
  return (
    left.stars === right.stars &&
    left.comment === right.comment &&
    left.isAsked === right.isAsked &&
    left.wordsGone === right.wordsGone
  );
}
