// The unlocking change: the smallest change of the cart after which a promotion is applied, tried before it is promised.
//
// The promise. Whoever makes the change and no other finds the promotion applied, whichever goods of the set are taken:
// new ones for exactly the sum, ones as deeply discounted as any in the cart, more of the cheapest, more of the dearest.
// Each of these ways is calculated as a whole, so that earlier layers, conflicts, caps and floors have their say.
// A change that the promotion needs but that would leave it beaten, replaced or without effect is not promised, nor is
// one of two. What the shop sells beside the cart is not known here: a discount that only other goods get may still eat
// what was added.
import type { Minor, Points } from "../money/index.ts";
import {
  poolsOf,
  TYPICAL_PRICE,
  waysToAddQuantity,
  waysToAddSum,
  wayToAddDifferent,
  wayToGrow,
} from "./additions.ts";
import { type Allowance, Attempts, failingChecks, type Lack, lackOf } from "./attempts.ts";
import type { Money, Remedy } from "./check.ts";
import type { CustomerFacts } from "./facts.ts";
import type { Unlock, Verdict } from "./quote.ts";
import type { MoneyEffect, Rule } from "./rule.ts";
import type { Situation } from "./situation.ts";
import { EVERYTHING, type GoodsSet } from "./specimen.ts";
import type { Calculation } from "./supposition.ts";

/** A change found. */
export interface FoundUnlock {
  readonly unlock: Unlock;
  /** Kopecks that the shopper would have to spend, about. */
  readonly distance: number;
}

/** A promotion that was not applied, why, and the money that its conditions saw. */
export interface Locked {
  readonly rule: Rule;
  readonly reason: Extract<Verdict, { kind: "not_applied" }>["reason"];
  readonly money: Money;
}

/** The smallest change that was found to unlock the promotion; null where none was. */
export function findUnlock(
  calculation: Calculation,
  { rule, reason, money }: Locked,
  allowance: Allowance,
): FoundUnlock | null {
  const attempts = new Attempts(calculation, rule, allowance);
  switch (reason) {
    case "code_not_entered":
      return attempts.holds({ codeRule: rule }) ? { unlock: { kind: "enter_code" }, distance: 0 } : null;
    case "condition":
    case "audience":
    case "no_goods":
      return mend(attempts, rule, money);
    case "capped_to_zero":
      return reachEffect(attempts, rule, money);
    default:
      return null;
  }
}

/**
 * What a change costs at the very least, kopecks: the smallest sum that is missing, 0 where something else may do.
 * Infinity where nothing could be found. Reckoned without trying anything.
 */
export function leastDistance(situation: Situation, { rule, reason, money }: Locked): number {
  if (reason !== "condition" && reason !== "audience" && reason !== "no_goods") return 0;
  const offers = failingChecks(rule, situation, money).map((check) => check.remedies(situation, money));
  if (offers.some((remedies) => remedies.length === 0)) return Number.POSITIVE_INFINITY;
  return Math.min(...offers.flat().map((remedy) => (remedy.kind === "sum" ? remedy.lack : 0)));
}

/** Mends everything that fails by one change, the smallest of those that do. */
function mend(attempts: Attempts, rule: Rule, money: Money): FoundUnlock | null {
  const { situation } = attempts.calculation;
  const failing = failingChecks(rule, situation, money);
  const offers = failing.map((check) => check.remedies(situation, money));
  if (offers.some((remedies) => remedies.length === 0)) return null;
  let best = signIn(attempts, offers.flat());
  for (const [index, remedies] of offers.entries()) {
    const others = failing.filter((_, place) => place !== index);
    for (const remedy of remedies) {
      if (remedy.kind === "customer") continue;
      const lack = Math.max(remedy.lack, lackOf(others, remedy.kind, situation, money));
      const found = add(attempts, remedy, money, lack);
      if (found !== null && (best === null || found.distance < best.distance)) best = found;
    }
  }
  return best;
}

function signIn(attempts: Attempts, remedies: readonly Remedy[]): FoundUnlock | null {
  const welcome = remedies.flatMap((remedy) => (remedy.kind === "customer" ? [remedy.customer] : []));
  if (welcome.length === 0 || !attempts.holds({ customer: united(welcome) })) return null;
  return { unlock: { kind: "sign_in" }, distance: 0 };
}

function add(attempts: Attempts, { kind, of, path }: Lack, money: Money, lack: number): FoundUnlock | null {
  const { situation } = attempts.calculation;
  const price = poolsOf(of, situation.pools)[0]?.offer.price ?? TYPICAL_PRICE;
  if (kind === "sum") {
    const sum = attempts.least(waysToAddSum(of, situation, money, isPicky(attempts.rule)), kind, lack);
    return sum === null
      ? null
      : { unlock: { kind: "add_sum", amountMinor: sum as Minor, path }, distance: sum };
  }
  if (kind === "different") {
    const count = attempts.least([wayToAddDifferent(of, situation)], kind, lack);
    return count === null ? null : { unlock: { kind: "add_goods", count, path }, distance: count * price };
  }
  const quantity = attempts.least(waysToAddQuantity(of, situation), kind, lack);
  if (quantity === null) return null;
  const distance = Math.round((quantity * price) / 1000);
  return { unlock: { kind: "add_quantity", quantity: quantity / 1000, path }, distance };
}

/** True when it matters whether a sum is added in one piece: earlier layers may free units, floors hold for each. */
function isPicky({ dynamic, isBounded }: Rule): boolean {
  return dynamic.length > 0 || isBounded;
}

/** What is missing to the first effect of a promotion whose conditions hold: "one more", or a step. */
function reachEffect(attempts: Attempts, rule: Rule, money: Money): FoundUnlock | null {
  const scope: GoodsSet = { ...EVERYTHING, test: rule.scope, pattern: null };
  for (const [index, effect] of rule.effects.entries()) {
    const path = `then[${index}]`;
    const found =
      effect.kind === "steps"
        ? reachStep(attempts, effect, scope, path, money)
        : reachUnits(attempts, effect, scope, path, money);
    if (found !== null) return found;
  }
  return null;
}

function reachStep(
  attempts: Attempts,
  { levels, bySum }: Extract<MoneyEffect, { kind: "steps" }>,
  of: GoodsSet,
  path: string,
  money: Money,
): FoundUnlock | null {
  const { pools } = attempts.calculation.situation;
  let lack = levels[0]?.from ?? 0;
  for (const pool of poolsOf(of, pools)) {
    lack -= bySum ? (money[pools.indexOf(pool)] as number) : pool.quantity;
  }
  return lack > 0 ? add(attempts, { kind: bySum ? "sum" : "quantity", of, lack, path }, money, lack) : null;
}

function reachUnits(
  attempts: Attempts,
  effect: MoneyEffect,
  of: GoodsSet,
  path: string,
  money: Money,
): FoundUnlock | null {
  if (effect.kind === "kit") return reachKit(attempts, effect, path, money);
  if (effect.kind !== "free_units" && effect.kind !== "nth_cheaper") return null;
  const { situation } = attempts.calculation;
  const every = effect.kind === "free_units" ? effect.take : effect.every;
  const own = poolsOf(of, situation.pools);
  if (effect.isAcross) {
    const lack = (every - own.reduce((sum, pool) => sum + pool.units, 0)) * 1000;
    return lack > 0 ? add(attempts, { kind: "quantity", of, lack, path }, money, lack) : null;
  }
  const growing = own
    .filter((pool) => pool.units > 0 && pool.units < every)
    .map((pool) => ({ pool, lack: every - pool.units }))
    .sort((a, b) => a.lack * a.pool.offer.price - b.lack * b.pool.offer.price);
  for (const { pool, lack } of growing) {
    const pools = wayToGrow(pool, situation).add(lack * 1000);
    if (pools === null || !attempts.holds({ pools })) continue;
    const unlock: Unlock = { kind: "add_quantity", quantity: lack, path, offerId: pool.offer.id };
    return { unlock, distance: lack * pool.offer.price };
  }
  return null;
}

/** The one part of which there are too few; null where several lack. */
function reachKit(
  attempts: Attempts,
  { parts }: Extract<MoneyEffect, { kind: "kit" }>,
  path: string,
  money: Money,
): FoundUnlock | null {
  const { pools } = attempts.calculation.situation;
  const short = parts.flatMap(({ of, units }, index) => {
    const held = poolsOf(of, pools).reduce((sum, pool) => sum + pool.units, 0);
    return held < units ? [{ of, lack: (units - held) * 1000, path: `${path}.kit.parts[${index}].of` }] : [];
  });
  const [only] = short;
  if (only === undefined || short.length > 1) return null;
  return add(attempts, { kind: "quantity", ...only }, money, only.lack);
}

/** One customer who is all of these. */
function united(customers: readonly CustomerFacts[]): CustomerFacts {
  const known = <Value>(read: (customer: CustomerFacts) => Value | null): Value | null =>
    customers.map(read).find((value) => value !== null) ?? null;
  return {
    id: "",
    segments: customers.flatMap((each) => each.segments),
    tier: known((each) => each.tier),
    birthday: known((each) => each.birthday),
    orderCount: known((each) => each.orderCount),
    balance: 0 as Points,
    spent: Object.assign({}, ...customers.map((each) => each.spent)),
  };
}
