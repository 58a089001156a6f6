// Loyalty points: a brand of their own, since a point is worth what the programme says, not a kopeck.
import { assert, type Brand } from "../basics/index.ts";

/** A whole number of loyalty points, 0 or more. */
export type Points = Brand<number, "Points">;

/** The points of `count`; throws AssertionFailed unless it is a safe integer of 0 or more. */
export function points(count: number): Points {
  assert(Number.isSafeInteger(count) && count >= 0, "points are a whole number of 0 or more");
  return count as Points;
}

/** No points. */
export const NO_POINTS = 0 as Points;
