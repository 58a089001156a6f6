// One verdict for every promotion considered: what it gave, or why it gave nothing and what would change that.
import type { Minor } from "../money/index.ts";
import { type Check, failingCheck, type Money } from "./check.ts";
import type { ShopperChoice } from "./choices.ts";
import type { Board, Chosen } from "./combination.ts";
import { doesReplace, rivalsOf } from "./conflicts.ts";
import type { Giving } from "./gifts.ts";
import type { Part } from "./lines.ts";
import type { Rejection } from "./matching.ts";
import type { FailedCondition, Verdict } from "./quote.ts";
import type { Rule } from "./rule.ts";
import type { Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";
import { moneyBefore, runTrial } from "./trial.ts";

/** A verdict with the particulars that hints and code outcomes are made of. */
export interface Finding {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** Money that its conditions saw. */
  readonly money: Money;
  /** Index of the slot, or null where the promotion never matched. */
  readonly slot: number | null;
}

/** What verdicts are made from. The slots must hold the final trial. */
export interface Court {
  readonly board: Board;
  readonly chosen: Chosen;
  readonly choice: ShopperChoice;
  readonly giving: Giving;
  /** By slot. */
  readonly parts: readonly (Part | null)[];
}

/** Findings of promotions that never matched. */
export function judgeRejections(rejections: readonly Rejection[], situation: Situation): Finding[] {
  return rejections.map(
    ({ rule, reason, check }): Finding => ({
      rule,
      slot: null,
      money: situation.gross,
      verdict: notApplied(rule, reason, check, situation, situation.gross),
    }),
  );
}

type Reason = Extract<Verdict, { kind: "not_applied" }>["reason"];

function notApplied(
  rule: Rule,
  reason: Reason,
  check: Check | null,
  situation: Situation,
  money: Money,
): Verdict {
  return {
    promotionId: rule.id,
    kind: "not_applied",
    reason,
    ...(check === null ? {} : { failed: failedOf(check, situation, money) }),
  };
}

function failedOf(check: Check, situation: Situation, money: Money): FailedCondition {
  const inner = failingCheck([check], situation, money) ?? check;
  return {
    path: inner.path,
    kind: inner.kind,
    needed: inner.needed(),
    actual: inner.actual(situation, money),
  };
}

/** Findings of promotions that matched, in the order of application. */
export function judgeSlots(court: Court): Finding[] {
  const { slots, situation } = court.board.play;
  const findings: (Finding | null)[] = [];
  let idle = 0;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] as Slot;
    const verdict = slot.isIn ? appliedVerdict(slot, court.parts[index] as Part | null, court.giving) : null;
    findings.push(
      verdict === null ? null : { rule: slot.rule, slot: index, money: situation.gross, verdict },
    );
    if (verdict === null) idle += 1;
  }
  if (idle === 0) return findings as Finding[];
  // Trials below change who is in.
  const isIn = slots.map((slot) => slot.isIn);
  const byLayer = new Map<number, Money>();
  for (let index = 0; index < slots.length; index += 1) {
    if (findings[index] === null) findings[index] = judgeIdle(index, court, isIn, byLayer);
  }
  // Conditions are explained by the money of an earlier moment, for which the ledger was moved: it is put back.
  if (byLayer.size > 0) runTrial(court.board.play, court.chosen.flags);
  return findings as Finding[];
}

/** Null where the promotion was allowed and yet gave nothing. */
function appliedVerdict(slot: Slot, part: Part | null, giving: Giving): Verdict | null {
  const promotionId = slot.rule.id;
  if (part !== null) {
    const { amount, lines, gifts } = part;
    if (slot.amount > 0 || gifts > 0)
      return { promotionId, kind: "applied", amount: amount as Minor, lines, gifts };
  }
  if (slot.amount === 0 && !hasOtherEffect(slot, giving)) return null;
  return {
    promotionId,
    kind: "applied",
    amount: (part?.amount ?? 0) as Minor,
    lines: part?.lines ?? [],
    gifts: part?.gifts ?? 0,
  };
}

/** True when an allowed promotion gives something: money, a gift, points, a message, a choice. */
export function givesSomething(slot: Slot, giving: Giving): boolean {
  return slot.amount > 0 || giving.given.some((gift) => gift.slot === slot) || hasOtherEffect(slot, giving);
}

function hasOtherEffect(slot: Slot, giving: Giving): boolean {
  const { rule } = slot;
  if (rule.extraPoints > 0 || rule.earnTimesBps !== 10_000 || rule.message !== null) return true;
  // A choice taken without picking a gift yet is taken all the same, unless what was picked is sold out.
  return rule.giftChoice !== null && !wasSoldOut(slot, giving);
}

function wasSoldOut({ rule }: Slot, giving: Giving): boolean {
  return giving.notices.some((notice) => notice.code === "gift_sold_out" && notice.promotionId === rule.id);
}

/** Steps by sum look at the money of their layer's beginning, as conditions do. */
function isStepped({ effects }: Rule): boolean {
  return effects.some((effect) => effect.kind === "steps" && effect.bySum);
}

function judgeIdle(
  index: number,
  court: Court,
  isIn: readonly boolean[],
  byLayer: Map<number, Money>,
): Finding {
  const { board, choice, giving } = court;
  const { situation } = board.play;
  const slot = board.play.slots[index] as Slot;
  const { rule } = slot;
  const finding = (
    reason: Reason,
    more: Partial<Verdict> = {},
    check: Check | null = null,
    money: Money = situation.gross,
  ): Finding => ({
    rule,
    slot: index,
    money,
    verdict: { ...notApplied(rule, reason, check, situation, money), ...more } as Verdict,
  });
  if (isIn[index] === true) {
    if (wasSoldOut(slot, giving)) return finding("gift_sold_out");
    return finding(
      "capped_to_zero",
      {},
      null,
      isStepped(rule) ? moneyOf(rule, court, byLayer) : situation.gross,
    );
  }
  if (rule.dynamic.length > 0) {
    const money = moneyOf(rule, court, byLayer);
    const check = failingCheck(rule.dynamic, situation, money);
    if (check !== null) return finding("condition", {}, check, money);
  }
  if (rule.choiceGroup !== null && !choice.named.includes(rule)) {
    if (choice.group !== null && choice.group !== rule.choiceGroup) return finding("other_group_chosen");
    return finding("not_chosen");
  }
  const winner = winnerOver(index, court, isIn);
  if (winner === null) return finding("left_out");
  const isReplaced = doesReplace(winner.rule, rule);
  return finding(isReplaced ? "replaced" : "beaten", { winnerId: winner.rule.id });
}

/** The money with which the promotion's layer began, or would begin; found once for each layer. Moves the ledger. */
function moneyOf({ layer }: Rule, { board, chosen }: Court, byLayer: Map<number, Money>): Money {
  let money = byLayer.get(layer);
  if (money === undefined) {
    money = moneyBefore(layer, board.play, chosen.flags);
    byLayer.set(layer, money);
  }
  return money;
}

/** Of the applied promotions in its way the first that replaces it, otherwise the one of the best merit. */
function winnerOver(index: number, { board }: Court, isIn: readonly boolean[]): Slot | null {
  const { slots } = board.play;
  const loser = (slots[index] as Slot).rule;
  let winner: Slot | null = null;
  for (const enemy of rivalsOf(board.conflicts, index)) {
    const slot = slots[enemy] as Slot;
    if (isIn[enemy] !== true) continue;
    if (doesReplace(slot.rule, loser)) return slot;
    if (winner === null || slot.rule.merit < winner.rule.merit) winner = slot;
  }
  return winner;
}
