// What a promotion that was left out would have made of the cart, in kopecks, beside the best combination.
import type { Minor } from "../money/index.ts";
import type { ShopperChoice } from "./choices.ts";
import { chosenSlots } from "./closing.ts";
import { type Board, type Chosen, chooseBest } from "./combination.ts";
import type { Verdict } from "./quote.ts";
import { runTrial } from "./trial.ts";
import type { Finding } from "./verdicts.ts";

/** The verdicts; those of beaten, replaced and left-out promotions with the difference that taking them would make. */
export function verdictsWithDifferences(
  board: Board,
  chosen: Chosen,
  choice: ShopperChoice,
  findings: readonly Finding[],
): Verdict[] {
  const taken = chosenSlots(board.play.slots, choice);
  let best: number | null = null;
  return findings.map(({ verdict, slot }) => {
    if (verdict.kind === "applied" || slot === null || !wasOutdone(verdict.reason)) return verdict;
    if (best === null) {
      runTrial(board.play, chosen.flags);
      best = totalOf(board);
    }
    chooseBest(board, new Set([...taken, slot]), slot);
    return { ...verdict, differenceMinor: (totalOf(board) - best) as Minor };
  });
}

function wasOutdone(reason: Extract<Verdict, { kind: "not_applied" }>["reason"]): boolean {
  return reason === "beaten" || reason === "replaced" || reason === "left_out";
}

function totalOf({ play: { ledger } }: Board): number {
  return ledger.money.reduce((sum, money) => sum + money, 0);
}
