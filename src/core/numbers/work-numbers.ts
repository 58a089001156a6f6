// Numbers of the work: how soon the first answer came, whether in time, how many were answered, what it cost, whether it helped.
import { type Change, changeOf, type ShareNumber, shareOf } from "./share.ts";

/** Fewest values of which a median and a ninth decile are told. */
export const QUANTILE_LEAST = 10;

/** Median and ninth decile; means of waiting times mislead. */
export type Spread =
  | { readonly kind: "spread"; readonly of: number; readonly median: number; readonly p90: number }
  | { readonly kind: "not_enough"; readonly of: number };

/** Median and p90 of durations, each the value that so many do not exceed. */
export function spreadOf(values: readonly number[]): Spread {
  const of = values.length;
  if (of < QUANTILE_LEAST) return { kind: "not_enough", of };
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.ceil(share * of) - 1] as number;
  return { kind: "spread", of, median: at(0.5), p90: at(0.9) };
}

/** Feedback received in a period for which an answer was due. */
export interface DueCohort {
  /** First answer came before it was due. */
  readonly inTime: number;
  readonly late: number;
  /** Unanswered, and past due. */
  readonly overdue: number;
  /** Unanswered, not yet due: says nothing yet. */
  readonly running: number;
}

/** Answered in time of all whose time is up: what is open and past due is a miss. */
export function inTimeShare({ inTime, late, overdue }: DueCohort): ShareNumber {
  return shareOf(inTime, inTime + late + overdue);
}

/** Answers of a slice. */
export interface AnswerCounts {
  /** Feedback that a customer gave, whatever was done with it. */
  readonly given: number;
  /** Closed as needing no reaction. */
  readonly noReaction: number;
  readonly delivered: number;
}

/** Delivered answers of all that could be answered. An answer that came too late for the marketplace is none. */
export function answerRate({ given, noReaction, delivered }: AnswerCounts): ShareNumber {
  return shareOf(delivered, given - noReaction);
}

/** What promo codes cost at most, kopecks: percent of the order's total, rounded down for each. */
export function promoCost(
  promos: readonly { readonly percent: number; readonly totalMinor: number }[],
): number {
  return promos.reduce((sum, { percent, totalMinor }) => sum + Math.floor((totalMinor * percent) / 100), 0);
}

/** Customers who gave a low rating and rated again within sixty days. */
export interface Recovery {
  readonly answered: ShareNumber;
  readonly unanswered: ShareNumber;
  /** Observational: nobody drew lots who is answered. */
  readonly difference: Change;
}

/** A low rating, and the same customer's next within sixty days; null: none came. */
export interface LowRater {
  readonly isAnswered: boolean;
  readonly next: number | null;
}

/** Share of low raters whose next rating is four or five, answered against unanswered; who never rated again is in neither. */
export function recoveryOf(raters: readonly LowRater[]): Recovery {
  const share = (isAnswered: boolean): ShareNumber => {
    const again = raters.filter((rater) => rater.isAnswered === isAnswered && rater.next !== null);
    return shareOf(again.filter(({ next }) => (next as number) >= 4).length, again.length);
  };
  const [answered, unanswered] = [share(true), share(false)];
  return { answered, unanswered, difference: changeOf(unanswered, answered) };
}
