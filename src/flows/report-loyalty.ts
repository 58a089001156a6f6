// The report of the loyalty programme: what is owed, what ends soon, what came and went, in one call for a terminal or an API.
import { type Instant, instant } from "../core/basics/index.ts";
import { readMoment } from "../core/pricing/index.ts";
import type { PointsEnding } from "../storage/index.ts";
import type { House } from "./house.ts";
import {
  type PointsLiability,
  type PointsTurnover,
  pointsEndingBy,
  pointsLiability,
  pointsTurnover,
} from "./report-points.ts";
import type { RuleShelf } from "./rule-shelf.ts";

const DAY = 86_400_000;

/** Days ahead for which it is told what will end. */
export const ENDING_DAYS: readonly number[] = [7, 30, 90];

/** Most rows of a turnover. */
export const MOST_PERIODS = 400;

/** What is asked for; instants in ms. */
export interface ReportWish {
  /** The liability at this past instant; null: now. */
  readonly at: number | null;
  /** Turnover from here on; null: from 30 days before `until`. */
  readonly from: number | null;
  /** Not within; null: now. */
  readonly until: number | null;
  /** Rows of the turnover: days or months of the shop's time zone, or one for all. */
  readonly by: "day" | "month" | "whole";
}

/** The report; without a programme points have no worth in money. */
export interface LoyaltyReport {
  readonly liability: PointsLiability;
  readonly ending: readonly (PointsEnding & { readonly until: Instant; readonly days: number })[];
  readonly turnover: readonly PointsTurnover[];
}

/** The report, or why there is none. */
export type LoyaltyReported =
  | ({ readonly kind: "reported" } & LoyaltyReport)
  | { readonly kind: "refused"; readonly reason: "span_backwards" | "too_many_periods" | "instant_ahead" };

/** Puts the report together. */
export async function reportLoyalty(
  house: House,
  rules: RuleShelf,
  wish: ReportWish,
): Promise<LoyaltyReported> {
  const now = house.now();
  const until = wish.until ?? now;
  const from = wish.from ?? until - 30 * DAY;
  if (from >= until) return { kind: "refused", reason: "span_backwards" };
  if (wish.at !== null && wish.at > now) return { kind: "refused", reason: "instant_ahead" };
  const shelved = await rules.current();
  const bounds = boundsOf(from, until, wish.by, (text) => readMoment(text, shelved.rules.zone));
  if (bounds.length - 1 > MOST_PERIODS) return { kind: "refused", reason: "too_many_periods" };
  const worth = shelved.programme?.pointValueMinor ?? null;
  const liability = await pointsLiability(house, wish.at === null ? null : instant(wish.at), worth);
  const ends = ENDING_DAYS.map((days) => instant(now + days * DAY));
  const ending = (await pointsEndingBy(house, ends)).map((row, index) => ({
    ...row,
    days: ENDING_DAYS[index] as number,
  }));
  return { kind: "reported", liability, ending, turnover: await pointsTurnover(house, bounds) };
}

/** From, the beginnings of local days or months within, and until. */
function boundsOf(
  from: number,
  until: number,
  by: ReportWish["by"],
  momentOf: (text: string) => number | null,
): Instant[] {
  const bounds = [instant(from)];
  if (by !== "whole") {
    // From the day before, since the local day may be another one than that of UTC.
    const first = new Date(from - DAY);
    for (let step = 0; bounds.length <= MOST_PERIODS + 1; step += 1) {
      const [days, months] = by === "day" ? [step, 0] : [0, step];
      const date = new Date(
        Date.UTC(
          first.getUTCFullYear(),
          first.getUTCMonth() + months,
          by === "day" ? first.getUTCDate() + days : 1,
        ),
      );
      const at = momentOf(`${date.toISOString().slice(0, 10)}T00:00`);
      if (at === null || at >= until) break;
      if (at > from) bounds.push(instant(at));
    }
  }
  return [...bounds, instant(until)];
}
