// A rating's body that was kept, read again as it was read when it came.
import type { RatingReading } from "../../flows/index.ts";
import { readRating } from "./rating-body.ts";
import { exactly } from "./raw-body.ts";

/** What it says; null: it cannot be used. */
export function readRatingText(text: string): Extract<RatingReading, { kind: "usable" }> | null {
  const body = exactly(text);
  const reading = body === null ? null : readRating(body);
  return reading?.kind === "usable" ? reading : null;
}
