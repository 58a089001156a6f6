// Who answered of those asked: a share of the same asks, with what silence may hide.
import { addDays } from "../desk/index.ts";
import { type Change, type Interval, type ShareNumber, shareOf } from "./share.ts";

/** Asks of a day and how many of these very asks were answered by now. */
export interface AskDay {
  readonly day: number;
  readonly asked: number;
  readonly answered: number;
}

/** The response rate; a source that tells no asks has none, nor has a filter on what only answers have. */
export type ResponseNumber =
  | {
      readonly kind: "response";
      readonly rate: ShareNumber;
      /** First day whose answers are still arriving; null: every day is ripe. */
      readonly arrivingFrom: number | null;
      /** Rate of the ripe days alone. */
      readonly ripe: ShareNumber;
    }
  | { readonly kind: "not_measurable" };

/** Fewest answers from which the lag is learned, and the lag before that, days. */
export const LAG = { least: 20, usual: 7 } as const;

const DAY_MS = 86_400_000;

/** Days after which 95 % of eventual answers are there; `lagsMs` from ask to answer. */
export function maturityLag(lagsMs: readonly number[]): number {
  if (lagsMs.length < LAG.least) return LAG.usual;
  const sorted = [...lagsMs].sort((left, right) => left - right);
  const at = sorted[Math.ceil(0.95 * sorted.length) - 1] as number;
  return Math.max(1, Math.ceil(at / DAY_MS));
}

/** The rate of the cohort; days younger than `lag` at `today` are still arriving. */
export function responseOf(days: readonly AskDay[], lag: number, today: number): ResponseNumber {
  const asked = days.reduce((sum, day) => sum + day.asked, 0);
  if (asked === 0) return { kind: "not_measurable" };
  const from = addDays(today, -lag + 1);
  const ripe = days.filter(({ day }) => day < from);
  return {
    kind: "response",
    rate: rateOf(days),
    ripe: rateOf(ripe),
    arrivingFrom: days.some(({ day, asked: asks }) => day >= from && asks > 0) ? from : null,
  };
}

function rateOf(days: readonly AskDay[]): ShareNumber {
  return shareOf(
    days.reduce((sum, day) => sum + day.answered, 0),
    days.reduce((sum, day) => sum + day.asked, 0),
  );
}

/** Where the satisfied share of all asked lies, whatever the silent think: [r p, r p + 1 - r]. */
export function biasBound(rate: number, satisfied: number): Interval {
  return { low: rate * satisfied, high: rate * satisfied + 1 - rate };
}

/** From so large a change of the response rate on, other people answer than before. */
export const RESPONSE_SHIFT = 0.05;

/** Whether who answers has changed so much that ratings of the two sides are not alike: beyond luck, and beyond five points. */
export function isResponseShift(change: Change): boolean {
  return change.kind === "changed" && Math.abs(change.difference) > RESPONSE_SHIFT;
}
