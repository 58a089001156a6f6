// Boards without the calculation around them: what searches, bounds and trials are tested on by themselves.

import { foldCode } from "../../src/core/pricing/code-folding.ts";
import { type Board, boardOf } from "../../src/core/pricing/combination.ts";
import type { Cart, Facts, PromotionDocument, PromotionSet } from "../../src/core/pricing/index.ts";
import { findInfluence, type Influence } from "../../src/core/pricing/influence.ts";
import { openLedger } from "../../src/core/pricing/ledger-of-units.ts";
import { matchRules } from "../../src/core/pricing/matching.ts";
import { poolLines } from "../../src/core/pricing/pooling.ts";
import { type Reach, reachesOf } from "../../src/core/pricing/reach.ts";
import { readCart } from "../../src/core/pricing/reading.ts";
import type { Search } from "../../src/core/pricing/search.ts";
import { situationOf } from "../../src/core/pricing/situation.ts";
import type { Slot } from "../../src/core/pricing/slot.ts";
import { runTrial } from "../../src/core/pricing/trial.ts";
import { NOON, rulesOf } from "./shop.ts";

/** The board of a cart and promotions, as a calculation lays it out. */
export function boardFor(
  cart: Cart,
  facts: Facts,
  promotions: readonly PromotionDocument[],
  set: Partial<PromotionSet> = {},
): Board {
  const rules = rulesOf(promotions, set);
  const pools = poolLines(readCart(cart, rules, facts).lines);
  const situation = situationOf(cart, facts, NOON, rules.zone, pools);
  const codeId = cart.code === null ? undefined : rules.codes.get(foldCode(cart.code));
  const { slots } = matchRules(rules, situation, rules.byId.get(codeId ?? "") ?? null);
  const { lowestUnitPrice, objective } = rules;
  return boardOf({ situation, slots, ledger: openLedger(situation), lowestUnitPrice }, objective);
}

/** Flags of the promotions named, of all where none are. */
export function flagsOf({ play }: Board, ids?: readonly string[]): Uint8Array {
  return Uint8Array.from(play.slots, ({ rule }: Slot) => Number(ids === undefined || ids.includes(rule.id)));
}

/** What may spoil what when all promotions may apply, or those named. */
export function influenceOn(board: Board, ids?: readonly string[]): Influence {
  const flags = flagsOf(board, ids);
  runTrial(board.play, flags);
  return findInfluence(board.play, flags);
}

/** The reaches of all promotions. */
export function reachesOn({ play }: Board): Reach[] {
  return reachesOf(play, openLedger(play.situation));
}

/** The search for the best of everything that is contested or may spoil something, as one, with so much work. */
export function searchOn(board: Board, work: number): Search {
  const { play, conflicts } = board;
  const { influencers, clusters } = influenceOn(board);
  const free = play.slots.flatMap((_, index) =>
    (conflicts?.[index] ?? []).length > 0 || influencers.has(index) ? [index] : [],
  );
  const flags = flagsOf(board);
  for (const index of free) flags[index] = 0;
  return { play, free, conflicts, flags, clusters, reaches: reachesOn(board), budget: { left: work } };
}
