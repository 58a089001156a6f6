// What if: the same calculation over a changed cart, to see whether a promotion would be applied there.
import type { Money } from "./check.ts";
import type { ShopperChoice } from "./choices.ts";
import { chosenSlots } from "./closing.ts";
import { boardOf, chooseBest } from "./combination.ts";
import type { CustomerFacts } from "./facts.ts";
import { giveGifts } from "./gifts.ts";
import { openLedger } from "./ledger-of-units.ts";
import { matchRules } from "./matching.ts";
import type { Rule } from "./rule.ts";
import type { Rules } from "./rules.ts";
import { type Pool, type Situation, situationOf } from "./situation.ts";
import { moneyBefore } from "./trial.ts";
import { givesSomething } from "./verdicts.ts";

/** The calculation that was made. */
export interface Calculation {
  readonly rules: Rules;
  readonly situation: Situation;
  readonly codeRule: Rule | null;
  readonly choice: ShopperChoice;
}

/** What is different. */
export interface Change {
  readonly pools?: readonly Pool[];
  readonly customer?: CustomerFacts;
  readonly codeRule?: Rule;
}

/** How the promotion would fare. */
export interface Supposition {
  /** It would give something: its verdict would be "applied", or it would be offered to choose from. */
  readonly isApplied: boolean;
  readonly situation: Situation;
  /** The money that the promotion's conditions would look at. */
  money(): Money;
}

/** Calculates the changed cart with everything else as it is. */
export function suppose(calculation: Calculation, rule: Rule, change: Change): Supposition {
  const { rules, choice } = calculation;
  const { cart, facts, at, pools } = calculation.situation;
  const situation = situationOf(
    cart,
    change.customer === undefined ? facts : { ...facts, customer: change.customer },
    at,
    rules.zone,
    change.pools ?? pools,
  );
  const { slots } = matchRules(rules, situation, change.codeRule ?? calculation.codeRule);
  const { lowestUnitPrice, objective } = rules;
  const board = boardOf({ situation, slots, ledger: openLedger(situation), lowestUnitPrice }, objective);
  const index = slots.findIndex((slot) => slot.rule === rule);
  const own = slots[index];
  // What the shopper has not chosen is unlocked when the menu offers it: when it would apply once it is chosen.
  const isOfMenu = rule.choiceGroup !== null && !choice.named.includes(rule);
  const chosen = chooseBest(board, isOfMenu ? new Set([index]) : chosenSlots(slots, choice));
  return {
    isApplied: own?.isIn === true && givesSomething(own, giveGifts(slots, choice, situation)),
    situation,
    money: () => moneyBefore(rule.layer, board.play, chosen.flags),
  };
}
