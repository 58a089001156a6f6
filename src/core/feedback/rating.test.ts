// Ratings of orders, delivery after delivery.
import { describe, expect, test } from "vitest";
import { AssertionFailed } from "../basics/index.ts";
import {
  decideRating,
  isRatingRequired,
  type OnAsked,
  type RatingGiven,
  type RatingState,
} from "./rating.ts";

/** The state after deliveries, with the kinds of their decisions. */
function told(deliveries: readonly RatingGiven[], onAsked: OnAsked = "keep") {
  let state: RatingState | null = null;
  const kinds: string[] = [];
  for (const given of deliveries) {
    const decision = decideRating(state, given, onAsked);
    kinds.push(decision.kind);
    if (decision.kind !== "unchanged") state = decision.state;
  }
  return { state, kinds };
}

const say = (stars: RatingGiven["stars"], comment = ""): RatingGiven => ({ stars, comment });

describe("a rating", () => {
  test("is created by the first word and revised by the next", () => {
    expect(told([say(5, "хорошо"), say(2, "нет")])).toEqual({
      kinds: ["created", "revised"],
      state: { stars: 2, comment: "нет", isAsked: false },
    });
  });

  test("repeated word for word changes nothing", () => {
    expect(told([say(4, "а"), say(4, "а"), say("silent", "а"), say("silent")]).kinds).toEqual([
      "created",
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
  });

  test("changed and changed back is two changes", () => {
    expect(told([say(4), say(5), say(4)]).kinds).toEqual(["created", "revised", "revised"]);
  });

  test("without a comment empties the comment, since the last word counts", () => {
    expect(told([say(4, "а"), say(3)]).state).toEqual({ stars: 3, comment: "", isAsked: false });
  });

  test("out of range is our mistake, not a customer's", () => {
    for (const stars of [0, 6, 4.5, Number.NaN])
      expect(() => decideRating(null, say(stars), "keep")).toThrow(AssertionFailed);
  });
});

describe("a question", () => {
  test("keeps the comment and asks for stars where there are none", () => {
    const { state } = told([say("asked", "позже")]);
    expect(state).toEqual({ stars: null, comment: "позже", isAsked: true });
    expect(isRatingRequired(state as RatingState)).toBe(true);
  });

  test("leaves earlier stars and asks for no others", () => {
    const { state, kinds } = told([say(4, "а"), say("asked", "позже"), say("asked", "позже")]);
    expect(kinds).toEqual(["created", "revised", "unchanged"]);
    expect(state).toEqual({ stars: 4, comment: "позже", isAsked: true });
    expect(isRatingRequired(state as RatingState)).toBe(false);
  });

  test("opens the rating again where that is set", () => {
    const { state } = told([say(4, "а"), say("asked")], "reopen");
    expect(state).toEqual({ stars: null, comment: "а", isAsked: true });
    expect(isRatingRequired(state as RatingState)).toBe(true);
  });

  test("is closed by stars", () => {
    const { state } = told([say("asked"), say(5)]);
    expect(isRatingRequired(state as RatingState)).toBe(false);
  });
});

test("a comment alone neither rates nor asks", () => {
  const { state } = told([say("silent", "а")]);
  expect(state).toEqual({ stars: null, comment: "а", isAsked: false });
  expect(isRatingRequired(state as RatingState)).toBe(false);
  expect(told([say("silent")]).kinds).toEqual(["unchanged"]);
});
