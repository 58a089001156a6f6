// Promotions that another always beats: it applies whenever they do, cannot stand beside them, and gives no less.
import type { MoneyEffect, Rule, RuleBounds } from "../pricing/index.ts";
import type { GoodsBook } from "./catalogue.ts";
import { conjunction } from "./clauses.ts";
import type { Remark } from "./finding.ts";
import { followFrom } from "./implying.ts";
import { type Solving, solveAny } from "./solving.ts";
import type { Subject } from "./subject.ts";
import { amountOf, type Till, type Witness } from "./witness.ts";

/** A promotion with its rule. */
export type Ruled = Subject & { readonly rule: Rule };

/** What comparing needs. */
export interface Ring {
  /** All that run: even one that gives nothing may keep others out. */
  readonly all: readonly Ruled[];
  /** Those of which it was said already that they give nothing. */
  readonly dead: ReadonlySet<string>;
  readonly solving: Solving;
  readonly till: Till;
  readonly objective: "shopperSaving" | "leastCost" | "priority";
}

/** Remarks on promotions that never win, and on mandatory ones that keep each other out. */
export function beatenRemarks(ring: Ring): Remark[] {
  const isParticular = ({ rule }: Ruled): boolean =>
    rule.combinesWith !== "all" || rule.bestOf !== null || rule.replaces !== "nothing";
  const particular = ring.all.filter(isParticular);
  const remarks: Remark[] = [];
  for (const loser of ring.all) {
    if (loser.rule.choiceGroup !== null || ring.dead.has(loser.rule.id)) continue;
    const rivals = isParticular(loser) ? ring.all : particular;
    const remark = rivals.map((winner) => compare(loser, winner, ring)).find((each) => each !== null);
    if (remark) remarks.push(remark);
  }
  return remarks;
}

function compare(loser: Ruled, winner: Ruled, ring: Ring): Remark | null {
  const [weak, strong] = [loser.rule, winner.rule];
  if (weak === strong || strong.choiceGroup !== null || strong.needsCode) return null;
  const book = ring.solving.goods;
  if (!mayConflict(weak, strong, loser, winner, book)) return null;
  if (weak.isMandatory && strong.isMandatory) return rivals(loser, winner, ring);
  if (weak.isMandatory || hasLimits(winner) || !isKeptOut(loser, winner, ring)) return null;
  const about = { path: loser.path, promotionIds: [weak.id, strong.id], words: { winner: strong.id } };
  if (strong.isMandatory) {
    // A chosen promotion or another mandatory one may push the winner aside.
    const isAlone = ring.all.every(
      (other) =>
        other === winner ||
        other === loser ||
        !(other.rule.isMandatory || other.rule.choiceGroup !== null) ||
        !mayConflict(other.rule, strong, other, winner, book),
    );
    return isAlone ? { code: "always_replaced", ...about, witness: shown(loser, winner, ring) } : null;
  }
  if (ring.objective === "leastCost" || !hasSameRivals(loser, winner, ring)) return null;
  const isMoreWorthy = strong.worth >= weak.worth && givesNoLess(strong, weak);
  if (ring.objective === "priority" ? strong.merit > weak.merit : !isMoreWorthy) return null;
  const witness = shown(loser, winner, ring);
  if (ring.objective !== "priority" && ring.all.some((other) => isSwayed(other.rule, weak)))
    return { code: "nearly_always_beaten", ...about, witness };
  const group = weak.bestOf !== null && weak.bestOf === strong.bestOf ? weak.bestOf : null;
  if (group === null) return { code: "always_beaten", ...about, witness };
  return { code: "best_of_never_wins", ...about, words: { winner: strong.id, group }, witness };
}

function hasLimits({ document: { limits } }: Ruled): boolean {
  return limits !== undefined && Object.keys(limits).length > 0;
}

/** True when the winner applies to every cart to which the loser does, and they always conflict there. */
function isKeptOut(loser: Ruled, winner: Ruled, { solving }: Ring): boolean {
  if (loser.clauses === null || winner.clauses === null) return false;
  const [weak, strong] = [loser.rule, winner.rule];
  const isSameLayer = weak.layer === strong.layer;
  if (!isSameLayer && strong.dependsOn !== "nothing") return false;
  const isCovering = solving.goods.isWithin(loser.scope, winner.scope);
  return isCovering && followFrom(winner.clauses, loser.clauses, solving.goods, solving.now);
}

/** True when two promotions may be kept apart in some cart. */
function mayConflict(a: Rule, b: Rule, left: Subject, right: Subject, book: GoodsBook): boolean {
  if (a.choiceGroup !== null && a.choiceGroup === b.choiceGroup) return false;
  if (a.bestOf !== null && a.bestOf === b.bestOf) return true;
  if (replaces(a, b) || replaces(b, a)) return true;
  return a.layer === b.layer && !(combines(a, b) && combines(b, a)) && !book.isApart(left.scope, right.scope);
}

function replaces(rule: Rule, other: Rule): boolean {
  if (rule.replaces === "nothing" || other.choiceGroup !== null || other.effects.length === 0) return false;
  if (rule.replaces === "automatic-discounts") return !other.needsCode;
  return rule.replaces === "all-discounts" || other.needsCode;
}

function combines(rule: Rule, other: Rule): boolean {
  if (rule.combinesWith === "all") return true;
  const group = other.combiningGroup;
  return rule.combinesWith !== "none" && group !== null && rule.combinesWith.has(group);
}

/** True when whoever may keep the winner out keeps the loser out as well, whatever the cart. */
function hasSameRivals(loser: Ruled, winner: Ruled, { all, solving: { goods } }: Ring): boolean {
  const isSameScope = goods.isWithin(winner.scope, loser.scope);
  return all.every((other) => {
    if (other === loser || other === winner || !mayConflict(other.rule, winner.rule, other, winner, goods))
      return true;
    const { bestOf } = loser.rule;
    if (bestOf !== null && bestOf === other.rule.bestOf) return true;
    if (replaces(other.rule, loser.rule) || replaces(loser.rule, other.rule)) return true;
    return isSameScope && mayConflict(other.rule, loser.rule, other, loser, goods);
  });
}

/** True when a smaller discount before it may be worth more: its conditions, steps or rounding look at what is left. */
function isSwayed(other: Rule, weak: Rule): boolean {
  if (other.id === weak.id || other.layer <= weak.layer) return false;
  return (
    other.dependsOn !== "nothing" ||
    other.bounds.grain !== 1 ||
    other.effects.some((effect) => effect.kind === "steps" && effect.bySum)
  );
}

/** True when on the same goods the strong one takes at least as much as the weak one, whatever lies in the cart. */
function givesNoLess(strong: Rule, weak: Rule): boolean {
  const gives =
    weak.gifts.length + weak.extraPoints > 0 || weak.giftChoice !== null || weak.earnTimesBps > 10_000;
  if (gives || weak.message !== null || weak.layer !== strong.layer) return false;
  if (!isLooser(strong.bounds, weak.bounds)) return false;
  const [more, less] = [strong.effects, weak.effects];
  const [top, low] = [more[0], less[0]];
  if (top === undefined || low === undefined || more.length > 1 || less.length > 1) return false;
  if (strong.needsCode !== weak.needsCode && weak.needsCode === false) return false;
  return isAtLeast(top, low, strong.merit < weak.merit);
}

/** `isTieWon`: where both give the same, the strong one is taken. */
function isAtLeast(strong: MoneyEffect, weak: MoneyEffect, isTieWon: boolean): boolean {
  const wins = (more: number, less: number): boolean => more > less || (more === less && isTieWon);
  if (strong.kind === "percent" && weak.kind === "percent") return wins(strong.bps, weak.bps);
  if (strong.kind === "percent" && weak.kind === "nth_cheaper") return strong.bps > weak.bps;
  if (strong.kind === "percent" && weak.kind === "steps")
    return weak.levels.every(({ effect }) => effect.kind === "percent" && effect.bps < strong.bps);
  if (strong.kind === "cart_amount" && weak.kind === "cart_amount") return wins(strong.amount, weak.amount);
  if (strong.kind === "line_amount" && weak.kind === "line_amount") return wins(strong.amount, weak.amount);
  if (strong.kind === "unit_amount" && weak.kind === "unit_amount") return wins(strong.amount, weak.amount);
  return strong.kind === "fixed_price" && weak.kind === "fixed_price" && wins(weak.price, strong.price);
}

function isLooser(strong: RuleBounds, weak: RuleBounds): boolean {
  const cap = (key: "perUnit" | "perLine" | "perOrder"): boolean =>
    strong[key] === null || (weak[key] !== null && (strong[key] as number) >= (weak[key] as number));
  const floor = (key: "floorPrice" | "floorBps"): boolean =>
    strong[key] === null || (weak[key] !== null && (strong[key] as number) <= (weak[key] as number));
  const grain = strong.grain === 1 || strong.grain === weak.grain;
  return (
    cap("perUnit") && cap("perLine") && cap("perOrder") && floor("floorPrice") && floor("floorBps") && grain
  );
}

/** Two mandatory promotions that one cart may match, though they cannot stand together. */
function rivals(loser: Ruled, winner: Ruled, ring: Ring): Remark | null {
  const [weak, strong] = [loser.rule, winner.rule];
  if (weak.merit < strong.merit || ring.solving.goods.isApart(loser.scope, winner.scope)) return null;
  const both = conjunction([loser.clauses, winner.clauses]);
  if (both === null || solveAny(both, ring.solving).kind === "never") return null;
  const about = { promotionIds: [weak.id, strong.id], words: { winner: strong.id } };
  return {
    code: "mandatory_rivals",
    path: `${loser.path}.combining`,
    ...about,
    witness: shown(loser, winner, ring),
  };
}

/** A cart that both match and only the winner gets; null where none was found. */
function shown(loser: Ruled, winner: Ruled, { solving, till }: Ring): Witness | null {
  const both = conjunction([loser.clauses, winner.clauses]);
  const solution = both === null ? null : solveAny(both, solving);
  if (solution?.kind !== "maybe") return null;
  for (const slack of [1, 2]) {
    const trial = till.try(solution.model, [loser, winner], { favourite: null, rank: 0.5, slack });
    if (trial !== null && amountOf(trial, winner.rule.id) !== null && amountOf(trial, loser.rule.id) === null)
      return trial.witness;
  }
  return null;
}
