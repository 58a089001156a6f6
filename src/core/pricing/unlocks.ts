// The smallest change that would make a promotion apply: more money, more units, more different goods.
import type { Check, Money } from "./check.ts";
import type { Unlock } from "./quote.ts";
import type { Rule } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** The change that mends the only failing condition; null where none does or more than one fails. */
export function unlockOfRule(rule: Rule, situation: Situation, money: Money): Unlock | null {
  const failing: Check[] = [];
  collectFailing([...rule.audience, ...rule.when], situation, money, failing);
  const [only] = failing;
  return only !== undefined && failing.length === 1 ? only.unlock(situation, money) : null;
}

function collectFailing(checks: readonly Check[], situation: Situation, money: Money, into: Check[]): void {
  for (const check of checks) {
    if (check.test(situation, money)) continue;
    if (check.kind === "all") collectFailing(check.children, situation, money, into);
    else into.push(check);
  }
}

/** "One more": units that are missing to the next free or cheaper one. */
export function unlockOfUnits(rule: Rule, { goods }: Slot, { pools }: Situation): Unlock | null {
  for (const [index, effect] of rule.effects.entries()) {
    if (effect.kind !== "free_units" && effect.kind !== "nth_cheaper") continue;
    const every = effect.kind === "free_units" ? effect.take : effect.every;
    const units = goods.map((pool) => (pools[pool] as Pool).units);
    const most = effect.isAcross ? units.reduce((sum, count) => sum + count, 0) : Math.max(...units);
    if (most < every && most > 0)
      return { kind: "add_quantity", quantity: every - most, path: `then[${index}]` };
  }
  return null;
}
