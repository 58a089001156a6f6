// The watch over one series of ratings: a cumulative sum over days, against a baseline that is shrunk, clean and still in alarm.
import { addDays, type Days, daysBetween } from "../desk/index.ts";
import { alarmSteps, oddsOf, type Thresholds } from "./threshold.ts";

/** Ratings of one day and how many of them were low. */
export interface WatchDay {
  readonly day: number;
  readonly low: number;
  readonly of: number;
}

/** What is usual. */
export interface Baseline {
  /** Low share, between 0 and 1, neither included. */
  readonly share: number;
  /** Ratings a day. */
  readonly perDay: number;
}

/** How far the watch is. */
export interface WatchState {
  /** Last day that is in the sum. */
  readonly through: number;
  readonly sum: number;
  /** First day since the sum last left nought; null: it stands at nought. */
  readonly risingSince: number | null;
}

/** An alarm with its evidence. */
export interface TrendAlarm {
  /** First day of the rise, and the day that raised the alarm. */
  readonly since: number;
  readonly day: number;
  /** Low ratings and all ratings of these days. */
  readonly low: number;
  readonly of: number;
  readonly baseline: Baseline;
  /** So many low ratings or more in as many come by luck once in this number of times; at most a million. */
  readonly odds: number;
  /** False alarms a year that the rule was set for. */
  readonly falsePerYear: number;
}

/** Days that a baseline is learned from, and what the network's share counts for in it, ratings. */
export const BASELINE = { days: 90, pseudo: 200 } as const;

/** A baseline is never nought or all: steps of the sum need both. */
const SHARE = { least: 0.01, most: 0.5 } as const;

/** Shortest span of the evidence of an alarm, days. */
const SHOWN_DAYS = 7;

/**
 * What is usual before `day`: the 90 days before it without the periods in `excluded`, drawn to the network's share by 200
 * pseudo-ratings. `days` ascend.
 */
export function baselineBefore(
  days: readonly WatchDay[],
  day: number,
  excluded: readonly Days[],
  network: { readonly low: number; readonly of: number },
): Baseline {
  const from = addDays(day, -BASELINE.days);
  let [low, of] = [0, 0];
  for (let index = days.length - 1; index >= 0; index -= 1) {
    const each = days[index] as WatchDay;
    if (each.day < from) break;
    if (each.day >= day || isWithin(each.day, excluded)) continue;
    low += each.low;
    of += each.of;
  }
  const usual = network.of === 0 ? 0.1 : network.low / network.of;
  const share = (low + BASELINE.pseudo * usual) / (of + BASELINE.pseudo);
  return {
    share: Math.min(SHARE.most, Math.max(SHARE.least, share)),
    perDay: of / Math.max(1, clearDays(days, from, day, excluded)),
  };
}

/** Days from `from` to before `day` that count: none before the first that is known, none excluded. */
function clearDays(days: readonly WatchDay[], from: number, day: number, excluded: readonly Days[]): number {
  const first = Math.max(from, days[0]?.day ?? day);
  const out = excluded.reduce((sum, period) => {
    const [begin, end] = [Math.max(first, period.from), Math.min(addDays(day, -1), period.to)];
    return sum + (end < begin ? 0 : daysBetween(begin, end) + 1);
  }, 0);
  return Math.max(0, daysBetween(first, day)) - out;
}

function isWithin(day: number, periods: readonly Days[]): boolean {
  return periods.some(({ from, to }) => day >= from && day <= to);
}

/** Takes a day into the sum. Above `threshold` it is an alarm, and the sum begins anew. */
export function watchDay(
  state: WatchState,
  { day, low, of }: WatchDay,
  baseline: Baseline,
  threshold: number,
): { readonly state: WatchState; readonly isAlarm: boolean } {
  const { up, down } = alarmSteps(baseline.share);
  const sum = Math.max(0, state.sum + low * up - (of - low) * down);
  if (sum > threshold) return { state: { through: day, sum: 0, risingSince: null }, isAlarm: true };
  const risingSince = sum === 0 ? null : (state.risingSince ?? day);
  return { state: { through: day, sum, risingSince }, isAlarm: false };
}

/** What a series is watched with. */
export interface WatchTerms {
  readonly thresholds: Thresholds;
  readonly falsePerYear: number;
  /** All ratings of the network of the same source. */
  readonly network: { readonly low: number; readonly of: number };
  /** Periods of earlier alarms. */
  readonly excluded: readonly Days[];
}

/** Goes on from `state` to `today`; stops at the first alarm. Nothing is watched while an alarm is open. */
export function watchOn(
  days: readonly WatchDay[],
  state: WatchState,
  today: number,
  terms: WatchTerms,
): { readonly state: WatchState; readonly alarm: TrendAlarm | null } {
  let now = state;
  for (const each of days) {
    if (each.day <= state.through || each.day > today || each.of === 0) continue;
    const baseline = baselineBefore(days, each.day, terms.excluded, terms.network);
    const threshold = terms.thresholds.of(baseline.share, baseline.perDay, terms.falsePerYear);
    const since = now.risingSince ?? each.day;
    const step = watchDay(now, each, baseline, threshold);
    now = step.state;
    if (step.isAlarm)
      return { state: now, alarm: alarmOf(days, since, each.day, baseline, terms.falsePerYear) };
  }
  return { state: now, alarm: null };
}

function alarmOf(
  days: readonly WatchDay[],
  since: number,
  day: number,
  baseline: Baseline,
  falsePerYear: number,
): TrendAlarm {
  const from = Math.min(since, addDays(day, 1 - SHOWN_DAYS));
  const shown = days.filter((each) => each.day >= from && each.day <= day);
  const low = shown.reduce((sum, each) => sum + each.low, 0);
  const of = shown.reduce((sum, each) => sum + each.of, 0);
  return { since: from, day, low, of, baseline, odds: oddsOf(low, of, baseline.share), falsePerYear };
}
