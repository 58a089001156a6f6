// The small sums at the end of a calculation: totals, steps, messages, choices that fell away.
import type { Minor } from "../money/index.ts";
import type { ShopperChoice } from "./choices.ts";
import type { Board } from "./combination.ts";
import type { OpenLine } from "./lines.ts";
import type { Notice, Quote } from "./quote.ts";
import type { Slot } from "./slot.ts";

/** Indexes of the slots whose promotions the shopper named. */
export function chosenSlots(slots: readonly Slot[], { named }: ShopperChoice): Set<number> {
  const chosen = new Set<number>();
  if (named.length === 0) return chosen;
  for (let index = 0; index < slots.length; index += 1)
    if (named.includes((slots[index] as Slot).rule)) chosen.add(index);
  return chosen;
}

/** Sums over counted lines, gifts among them. */
export function totalsOf(lines: readonly OpenLine[]): Pick<Quote, "gross" | "discount" | "total"> {
  let gross = 0;
  let total = 0;
  for (const line of lines) {
    if (!line.isCounted) continue;
    gross += line.gross;
    total += line.total;
  }
  return { gross: gross as Minor, discount: (gross - total) as Minor, total: total as Minor };
}

/** Money of the goods after each promotion that changed it; gifts aside. */
export function stepsOf({ play: { slots, situation } }: Board): Quote["steps"] {
  let money = 0;
  for (let index = 0; index < situation.gross.length; index += 1) money += situation.gross[index] as number;
  const steps: Quote["steps"][number][] = [];
  for (const { rule, isIn, amount } of slots) {
    if (!isIn || amount === 0) continue;
    const before = money as Minor;
    money -= amount;
    steps.push({
      promotionId: rule.id,
      layer: rule.layer,
      before,
      amount: amount as Minor,
      after: money as Minor,
    });
  }
  return steps;
}

/** Messages of the promotions that applied. */
export function messagesOf(slots: readonly Slot[]): Notice[] {
  const notices: Notice[] = [];
  for (const { rule, isIn } of slots) {
    if (isIn && rule.message !== null)
      notices.push({ code: "message", promotionId: rule.id, text: rule.message });
  }
  return notices;
}

/** Named promotions that do not apply, or no longer. */
export function droppedChoices({ named }: ShopperChoice, slots: readonly Slot[]): Notice[] {
  if (named.length === 0) return [];
  const applied = new Set(slots.filter((slot) => slot.isIn).map((slot) => slot.rule));
  return named
    .filter((rule) => !applied.has(rule))
    .map((rule): Notice => ({ code: "choice_dropped", promotionId: rule.id }));
}
