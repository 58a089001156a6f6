// Tries changes of a cart for one promotion: whether one unlocks it, and with what least amount every way of adding goods does.
import type { Way } from "./additions.ts";
import type { Check, Money, Remedy } from "./check.ts";
import type { Rule } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import { type Calculation, type Change, type Supposition, suppose } from "./supposition.ts";

/** Counts the calculations that the search for changes may cost; where they run out, nothing more is promised. */
export interface Allowance {
  left: number;
}

/** A lack of goods. */
export type Lack = Exclude<Remedy, { kind: "customer" }>;

/** Rounds of reckoning anew what discounts eat; a promotion that needs more is not promised. */
const MOST_STEPS = 6;

/** A sum of which discounts eat more than all but this part is no change to speak of. */
const MOST_TIMES = 4;

/** Changes tried for one promotion. */
export class Attempts {
  readonly calculation: Calculation;
  readonly rule: Rule;
  readonly #allowance: Allowance;

  constructor(calculation: Calculation, rule: Rule, allowance: Allowance) {
    this.calculation = calculation;
    this.rule = rule;
    this.#allowance = allowance;
  }

  /** True when the promotion would be applied. */
  holds(change: Change): boolean {
    return this.#suppose(change)?.isApplied === true;
  }

  /** The least amount, from `lack` on, with which every way that is open unlocks; null where there is none. */
  least(ways: readonly Way[], kind: Lack["kind"], lack: number): number | null {
    let amount = lack;
    const open: Way[] = [];
    for (const way of ways) {
      if (way.add(amount) === null) continue;
      const raised = this.#raise(way, kind, amount, lack);
      if (raised === null) return null;
      if (raised > amount && open.some((before) => !this.#unlocks(before, raised))) return null;
      amount = raised;
      open.push(way);
    }
    return open.length > 0 ? amount : null;
  }

  #unlocks(way: Way, amount: number): boolean {
    const pools = way.add(amount);
    return pools !== null && this.holds({ pools });
  }

  /**
   * The least amount from `from` on with which this way unlocks. What discounts of earlier layers eat is learnt from
   * how much is still lacking; then the amount is lowered again as far as it still unlocks.
   */
  #raise(way: Way, kind: Lack["kind"], from: number, lack: number): number | null {
    let low = from;
    let amount = from;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const pools = way.add(amount);
      if (pools === null) return null;
      const supposed = this.#suppose({ pools });
      if (supposed === null) return null;
      if (supposed.isApplied) return way.isExact ? this.#lower(way, low, amount) : amount;
      const still = this.#lackIn(supposed, kind);
      if (still <= 0) return null;
      low = amount;
      const next = kind === "sum" ? this.#needed(pools, lack, still) : amount + still;
      if (next === null) return null;
      amount = Math.max(amount + 1, next);
    }
    return null;
  }

  /** List money needed in all, when of what was added so much took effect; null where nothing did. */
  #needed(pools: readonly Pool[], lack: number, still: number): number | null {
    const listOf = (all: readonly Pool[]): number => all.reduce((sum, pool) => sum + pool.gross, 0);
    const added = listOf(pools) - listOf(this.calculation.situation.pools);
    const needed = Math.ceil((lack * added) / (lack - still));
    return still < lack && needed <= lack * MOST_TIMES ? needed : null;
  }

  #lackIn({ situation, money }: Supposition, kind: Lack["kind"]): number {
    const before = money();
    return lackOf(failingChecks(this.rule, situation, before), kind, situation, before);
  }

  /** The least amount above `low`, where it does not unlock, up to `high`, where it does. */
  #lower(way: Way, low: number, high: number): number {
    let [below, least, stride] = [low, high, 1];
    while (least - below > 1) {
      const middle = Math.max(least - stride, Math.ceil((below + least) / 2));
      if (this.#unlocks(way, middle)) {
        least = middle;
        stride *= 4;
      } else {
        below = middle;
        stride = least - below;
      }
    }
    return least;
  }

  #suppose(change: Change): Supposition | null {
    if (this.#allowance.left <= 0) return null;
    this.#allowance.left -= 1;
    return suppose(this.calculation, this.rule, change);
  }
}

/** The failing conditions, those of a failing "all" each by itself. */
export function failingChecks({ audience, when }: Rule, situation: Situation, money: Money): Check[] {
  const failing: Check[] = [];
  const visit = (check: Check): void => {
    if (check.test(situation, money)) return;
    if (check.kind === "all") for (const child of check.children) visit(child);
    else failing.push(check);
  };
  for (const check of audience) visit(check);
  for (const check of when) visit(check);
  return failing;
}

/** The most that the failing checks lack of a kind; of one check the least. 0 where none lacks it. */
export function lackOf(
  failing: readonly Check[],
  kind: Lack["kind"],
  situation: Situation,
  money: Money,
): number {
  let most = 0;
  for (const check of failing) {
    const lacks = check
      .remedies(situation, money)
      .flatMap((remedy) => (remedy.kind === kind ? [remedy.lack] : []));
    if (lacks.length > 0) most = Math.max(most, Math.min(...lacks));
  }
  return most;
}
