// One calculation of the small shop laid open: what its promotions are promised, and how many changed carts were tried for that.
import { readChoice } from "../../src/core/pricing/choices.ts";
import type { Cart, Facts, PromotionSet, Verdict } from "../../src/core/pricing/index.ts";
import { poolLines } from "../../src/core/pricing/pooling.ts";
import { Promises } from "../../src/core/pricing/promises.ts";
import { readCart } from "../../src/core/pricing/reading.ts";
import type { Rule } from "../../src/core/pricing/rule.ts";
import { situationOf } from "../../src/core/pricing/situation.ts";
import type { Slot } from "../../src/core/pricing/slot.ts";
import type { Calculation } from "../../src/core/pricing/supposition.ts";
import type { Finding } from "../../src/core/pricing/verdicts.ts";
import { cart, facts, line, NOON, rulesOf } from "./shop.ts";
import { type Brief, SHOP } from "./small-shop.ts";

/** Why a promotion was not applied. */
export type Reason = Extract<Verdict, { kind: "not_applied" }>["reason"];

/** The calculation, and words for what is asked of it. */
export interface PromiseStand {
  readonly calculation: Calculation;
  /** Changed carts calculated so far. */
  tried(): number;
  promises(slots?: readonly Slot[], isProven?: boolean): Promises;
  /** The promotion as one that was not applied for this reason. */
  locked(id: string, reason: Reason): Finding;
}

/** Two of a and one of b, unless more is said; 10 % off everything unless the promotion says more. */
export function promiseStand(
  promotions: readonly Brief[],
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
  set: Partial<PromotionSet> = {},
): PromiseStand {
  const rules = rulesOf(
    promotions.map((each) => ({ name: each.id, then: [{ percent: 10 }], ...each })),
    set,
  );
  const whole = cart([line("a", 2), line("b")], asked);
  const known = facts(SHOP, more);
  const pools = poolLines(readCart(whole, rules, known).lines);
  const situation = situationOf(whole, known, NOON, rules.zone, pools);
  let tried = 0;
  const calculation: Calculation = {
    /** Read once by every supposition. */
    get rules() {
      tried += 1;
      return rules;
    },
    situation,
    codeRule: null,
    choice: readChoice(whole, rules, []),
  };
  return {
    calculation,
    tried: () => tried,
    promises: (slots = [], isProven = true) => new Promises(calculation, slots, isProven),
    locked: (id, reason) => ({
      rule: rules.byId.get(id) as Rule,
      slot: null,
      money: situation.gross,
      verdict: { promotionId: id, kind: "not_applied", reason },
    }),
  };
}
