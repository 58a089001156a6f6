// One trial: a set of promotions applied in order to list prices. Every combination that is weighed is weighed by this.
import { applySlot } from "./application.ts";
import { holdAll } from "./check.ts";
import { type Ledger, resetLedger } from "./ledger-of-units.ts";
import { copyRow } from "./row.ts";
import type { Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** Everything that trials of one calculation share. */
export interface Play {
  readonly situation: Situation;
  readonly slots: readonly Slot[];
  readonly ledger: Ledger;
  readonly lowestUnitPrice: number;
}

/**
 * Applies the slots whose flag is set, in order, each on what the ones before left; conditions on sums look at the
 * money with which the promotion's layer began, and a promotion whose conditions fail then is passed over.
 * Gives what the shopper saves, declared worth included; the slots and the ledger hold the particulars.
 */
export function runTrial(play: Play, isTaken: Uint8Array): number {
  const { situation, slots, ledger, lowestUnitPrice } = play;
  resetLedger(ledger, situation);
  let layer = Number.NEGATIVE_INFINITY;
  let value = 0;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as Slot;
    slot.isIn = false;
    if (isTaken[index] === 0) continue;
    const { rule } = slot;
    if (rule.layer !== layer) {
      layer = rule.layer;
      copyRow(ledger.layerMoney, ledger.money);
    }
    if (rule.dynamic.length > 0 && !holdAll(rule.dynamic, situation, ledger.layerMoney)) continue;
    slot.isIn = true;
    value +=
      rule.worth + (rule.effects.length === 0 ? 0 : applySlot(slot, ledger, situation, lowestUnitPrice));
  }
  return value;
}

/** The money with which `layer` begins when the flagged slots of the layers before are taken. */
export function moneyBefore(layer: number, play: Play, flags: Uint8Array): readonly number[] {
  const before = flags.slice();
  for (let index = 0; index < before.length; index += 1) {
    if ((play.slots[index] as Slot).rule.layer >= layer) before[index] = 0;
  }
  runTrial(play, before);
  return play.ledger.money.slice();
}

/** Work of one trial, in places of goods: what searches reckon their time in. */
export function workOf({ slots }: Play, flags: Uint8Array): number {
  let work = 20;
  for (let index = 0; index < slots.length; index += 1) {
    if (flags[index] === 1) work += 3 + (slots[index] as Slot).goods.length;
  }
  return work;
}
