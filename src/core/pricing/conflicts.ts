// Which promotions cannot stand together in this cart, and why.
import { isDiscount, type Rule } from "./rule.ts";
import type { Slot } from "./slot.ts";

/** For each slot the indexes of the slots it conflicts with; null where nothing conflicts at all. */
export type Conflicts = readonly (readonly number[])[] | null;

/** The slots that a slot conflicts with. */
export function rivalsOf(conflicts: Conflicts, index: number): readonly number[] {
  return conflicts === null ? NONE : (conflicts[index] as readonly number[]);
}

const NONE: readonly number[] = [];

/** Finds all conflicts. Only promotions that are particular about company are compared with the others. */
export function conflictsOf(slots: readonly Slot[]): Conflicts {
  const particular: number[] = [];
  for (let index = 0; index < slots.length; index += 1) {
    if (isParticular((slots[index] as Slot).rule)) particular.push(index);
  }
  if (particular.length === 0) return null;
  const edges: number[][] = slots.map(() => []);
  let isFree = true;
  for (const left of particular) {
    for (let right = 0; right < slots.length; right += 1) {
      const other = slots[right] as Slot;
      if (right === left || (right < left && isParticular(other.rule))) continue;
      if (!isConflict(slots[left] as Slot, other)) continue;
      (edges[left] as number[]).push(right);
      (edges[right] as number[]).push(left);
      isFree = false;
    }
  }
  return isFree ? null : edges;
}

function isParticular(rule: Rule): boolean {
  return rule.combinesWith !== "all" || rule.bestOf !== null || rule.replaces !== "nothing";
}

/** True when the two cannot both apply. */
export function isConflict(left: Slot, right: Slot): boolean {
  return rivalryOf(left.rule, right.rule, () => shareGoods(left.goods, right.goods)) !== null;
}

/** Why two promotions cannot both apply: one name to be the best of, one replaces the other, one layer and not combining. */
export type Rivalry = "best_of" | "replaces" | "same_layer";

/** Why the two cannot both apply; null: they can. `doShare`: whether they act on the same goods, asked only where it matters. */
export function rivalryOf(left: Rule, right: Rule, doShare: () => boolean): Rivalry | null {
  if (left.choiceGroup !== null && left.choiceGroup === right.choiceGroup) return null;
  if (left.bestOf !== null && left.bestOf === right.bestOf) return "best_of";
  if (doesReplace(left, right) || doesReplace(right, left)) return "replaces";
  const isApart = left.layer !== right.layer || (combines(left, right) && combines(right, left));
  return isApart || !doShare() ? null : "same_layer";
}

/** True when `other` falls away where `rule` applies. A chosen promotion is never replaced. */
export function doesReplace(rule: Rule, other: Rule): boolean {
  if (rule.replaces === "nothing" || other.choiceGroup !== null || !isDiscount(other)) return false;
  if (rule.replaces === "automatic-discounts") return !other.needsCode;
  return rule.replaces === "all-discounts" || other.needsCode;
}

function combines(rule: Rule, other: Rule): boolean {
  if (rule.combinesWith === "all") return true;
  return (
    rule.combinesWith !== "none" &&
    other.combiningGroup !== null &&
    rule.combinesWith.has(other.combiningGroup)
  );
}

/** True when two ascending lists of pools meet. */
export function shareGoods(left: readonly number[], right: readonly number[]): boolean {
  let a = 0;
  let b = 0;
  while (a < left.length && b < right.length) {
    const [x, y] = [left[a] as number, right[b] as number];
    if (x === y) return true;
    if (x < y) a += 1;
    else b += 1;
  }
  return false;
}
