// What a use of a promotion adds to: one counter for each of its limits, by whom or what it counts and in which period.
import { type Minor, minor, parseDecimal } from "../money/index.ts";
import type { Zone } from "./clock.ts";
import type { LimitFacts } from "./facts.ts";
import type { Limits, PeriodLimits, Roubles } from "./promotion.ts";

/** Of whom or what a counter counts the uses: of everybody together, of one customer, of one code. */
export type CounterKind = "all" | "customer" | "code";

/** The limit that was reached, as its author named it. */
export type LimitName = "uses" | "usesPerCustomer" | "usesPerCode" | "budget";

/** Names one counter. */
export interface CounterKey {
  readonly promotionId: string;
  readonly kind: CounterKind;
  /** Key of the customer, folded code; empty for everybody. */
  readonly subject: string;
  /** Such as "day 2026-11-22" in the shop's zone; empty: from the first use on. */
  readonly period: string;
}

/** A counter and how far it may go. */
export interface LimitCounter extends CounterKey {
  /** When its period ends, exclusive, milliseconds; null: never. */
  readonly endsAt: number | null;
  /** Null: uses are not limited. */
  readonly mostUses: number | null;
  /** Null: money is not limited. */
  readonly mostSpent: Minor | null;
}

/** Who uses a promotion, by what and when. */
export interface Use {
  readonly promotionId: string;
  readonly limits: Limits | undefined;
  /** Null: nobody is known yet, so nobody's uses are looked at. */
  readonly customerKey: string | null;
  /** The code that opened this very promotion, folded; null: none. */
  readonly foldedCode: string | null;
  /** How often the code itself may be used, instead of what the promotion says; null: as the promotion says. */
  readonly usesOfCode: number | null;
  readonly at: number;
  readonly zone: Zone;
}

const DAY = 86_400_000;

/** A period of the shop's calendar: days from midnight, weeks from Monday, months from the first. */
export function periodAt(
  per: PeriodLimits["per"],
  at: number,
  zone: Zone,
): { readonly period: string; readonly endsAt: number } {
  const { day, weekday } = zone.wallClock(at);
  const named = (start: number, end: number, length = 10) => ({
    period: `${per} ${new Date(start * DAY).toISOString().slice(0, length)}`,
    endsAt: zone.instantOf(end * DAY),
  });
  if (per === "day") return named(day, day + 1);
  const monday = day - weekday + 1;
  if (per === "week") return named(monday, monday + 7);
  const today = new Date(day * DAY);
  return named(day, Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) / DAY, 7);
}

/** Counters that a use adds to, in no order; two limits of one counter are one, the narrower. */
export function countersOf(use: Use): LimitCounter[] {
  const { limits = {}, usesOfCode, foldedCode } = use;
  const all = [limits, ...(limits.periods ?? [])].flatMap((span) => countersOfSpan(use, span));
  if (usesOfCode !== null && foldedCode !== null)
    all.push({ ...counter(use, undefined, "code", foldedCode), mostUses: usesOfCode });
  const counters = new Map<string, LimitCounter>();
  for (const each of all) {
    const name = `${each.kind} ${each.period}`;
    const other = counters.get(name);
    counters.set(name, other === undefined ? each : narrower(each, other));
  }
  return [...counters.values()];
}

function countersOfSpan(
  use: Use,
  { uses, usesPerCustomer, usesPerCode, budget, per }: Limits | PeriodLimits,
): LimitCounter[] {
  const counters: LimitCounter[] = [];
  if (uses !== undefined || budget !== undefined)
    counters.push({
      ...counter(use, per, "all", ""),
      mostUses: uses ?? null,
      mostSpent: budget === undefined ? null : kopecks(budget),
    });
  if (usesPerCustomer !== undefined && use.customerKey !== null)
    counters.push({ ...counter(use, per, "customer", use.customerKey), mostUses: usesPerCustomer });
  if (usesPerCode !== undefined && use.foldedCode !== null && use.usesOfCode === null)
    counters.push({ ...counter(use, per, "code", use.foldedCode), mostUses: usesPerCode });
  return counters;
}

function counter(
  { promotionId, at, zone }: Use,
  per: PeriodLimits["per"] | undefined,
  kind: CounterKind,
  subject: string,
): LimitCounter {
  const { period, endsAt } = per === undefined ? { period: "", endsAt: null } : periodAt(per, at, zone);
  return { promotionId, kind, subject, period, endsAt, mostUses: null, mostSpent: null };
}

function narrower(left: LimitCounter, right: LimitCounter): LimitCounter {
  return {
    ...left,
    mostUses: least(left.mostUses, right.mostUses),
    mostSpent: least(left.mostSpent, right.mostSpent),
  };
}

function least<Value extends number>(left: Value | null, right: Value | null): Value | null {
  if (left === null || right === null) return left ?? right;
  return right < left ? right : left;
}

function kopecks(budget: Roubles): Minor | null {
  const value = parseDecimal(budget, 2);
  return value === null ? null : minor(value);
}

/** Limits of which nothing was used; null for a promotion without limits. */
export function wholeLimits(limits: Limits | undefined): LimitFacts | null {
  if (limits === undefined) return null;
  let [usesLeft, budgetLeft]: [number | null, Minor | null] = [null, null];
  for (const { uses, usesPerCustomer, usesPerCode, budget } of [limits, ...(limits.periods ?? [])]) {
    for (const count of [uses, usesPerCustomer, usesPerCode]) usesLeft = least(usesLeft, count ?? null);
    budgetLeft = least(budgetLeft, budget === undefined ? null : kopecks(budget));
  }
  return { usesLeft, budgetLeft };
}

/** What `counter` leaves of `left` once it stands at these figures; never less than nothing. */
export function narrowed(
  left: LimitFacts,
  { mostUses, mostSpent }: Pick<LimitCounter, "mostUses" | "mostSpent">,
  used: { readonly uses: number; readonly spent: number },
): LimitFacts {
  return {
    usesLeft: least(left.usesLeft, mostUses === null ? null : Math.max(0, mostUses - used.uses)),
    budgetLeft: least(
      left.budgetLeft,
      mostSpent === null ? null : minor(Math.max(0, mostSpent - used.spent)),
    ),
  };
}

/** The limit of a counter that one more use for `amount` would break; null: none. */
export function brokenLimit(
  { kind, mostUses, mostSpent }: Pick<LimitCounter, "kind" | "mostUses" | "mostSpent">,
  used: { readonly uses: number; readonly spent: number },
  amount: number,
): LimitName | null {
  if (mostUses !== null && used.uses + 1 > mostUses)
    return kind === "all" ? "uses" : kind === "customer" ? "usesPerCustomer" : "usesPerCode";
  return mostSpent !== null && used.spent + amount > mostSpent ? "budget" : null;
}
