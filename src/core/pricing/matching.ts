// Matching: from the index to the promotions that may act on this cart, and the plain reasons of those that may not.
import type { Check } from "./check.ts";
import type { LimitFacts, Offer } from "./facts.ts";
import { sortSlots } from "./order.ts";
import type { Rule } from "./rule.ts";
import { type IndexedRule, liveAlways, type Rules, type Tally } from "./rules.ts";
import type { Pool, Situation } from "./situation.ts";
import { type Slot, slotOf } from "./slot.ts";

/** Why a promotion is out before any combination is tried. */
export interface Rejection {
  readonly rule: Rule;
  readonly reason:
    | "not_active"
    | "not_scheduled"
    | "audience"
    | "condition"
    | "no_goods"
    | "code_not_entered"
    | "code_spent"
    | "code_blocked"
    | "code_expired"
    | "code_foreign"
    | "limit_reached";
  readonly check: Check | null;
}

/** What was found. */
export interface Match {
  /** In the order of application; choice promotions among them whether chosen or not. */
  readonly slots: readonly Slot[];
  readonly rejections: readonly Rejection[];
}

/** Finds and sorts what may act. `codeRule`: the promotion of the entered code, when the code is good. */
export function matchRules(rules: Rules, situation: Situation, codeRule: Rule | null): Match {
  const hits = collect(rules, situation);
  if (codeRule !== null) hits.put(codeRule, goodsOf(codeRule, situation.pools));
  const { rules: found, goods: all } = hits;
  const slots: Slot[] = [];
  const rejections: Rejection[] = [];
  const { limits } = situation.facts;
  for (let index = 0; index < found.length; index += 1) {
    const rule = found[index] as Rule;
    const goods = all[index] as readonly number[];
    const rejection = reject(rule, goods, situation, codeRule);
    if (rejection !== null) rejections.push(rejection);
    else
      slots.push(slotOf(rule, goods, limits.size === 0 ? null : (limits.get(rule.id)?.budgetLeft ?? null)));
  }
  return { slots: sortSlots(slots), rejections };
}

/** The plain reason why the promotion is out, or null when it may act. */
export function reject(
  rule: Rule,
  goods: readonly number[],
  situation: Situation,
  codeRule: Rule | null,
): Rejection | null {
  const { at } = situation;
  if (!rule.isLive) return { rule, reason: "not_active", check: null };
  if (at < rule.from || at >= rule.until || !isOnCalendar(rule, situation)) {
    return { rule, reason: "not_scheduled", check: null };
  }
  if (rule.needsCode && rule !== codeRule) return { rule, reason: "code_not_entered", check: null };
  const stranger = firstFailing(rule.audience, situation);
  if (stranger !== null) return { rule, reason: "audience", check: stranger };
  if (goods.length === 0) return { rule, reason: "no_goods", check: null };
  const failing = firstFailing(rule.when, situation);
  if (failing !== null) return { rule, reason: "condition", check: failing };
  const { limits } = situation.facts;
  const limit = limits.size === 0 ? undefined : limits.get(rule.id);
  return limit !== undefined && isSpent(limit) ? { rule, reason: "limit_reached", check: null } : null;
}

function isOnCalendar({ calendar }: Rule, situation: Situation): boolean {
  for (let index = 0; index < calendar.length; index += 1)
    if (calendar[index]?.(situation) !== true) return false;
  return true;
}

function isSpent({ usesLeft, budgetLeft }: LimitFacts): boolean {
  return (usesLeft !== null && usesLeft <= 0) || (budgetLeft !== null && budgetLeft <= 0);
}

/** The first condition that no discount could mend. */
function firstFailing(checks: readonly Check[], situation: Situation): Check | null {
  for (let index = 0; index < checks.length; index += 1) {
    const check = checks[index] as Check;
    if (check.dependsOn === "nothing" && !check.test(situation, situation.gross)) return check;
  }
  return null;
}

/** Indexes of the pools in the rule's scope. */
export function goodsOf(rule: Rule, pools: readonly Pool[]): number[] {
  const goods: number[] = [];
  for (let index = 0; index < pools.length; index += 1) {
    if (rule.scope === null || rule.scope((pools[index] as Pool).offer)) goods.push(index);
  }
  return goods;
}

/** The rules that a cart touches, in the order in which they were met, each with the pools in its scope, ascending. */
class Hits {
  readonly rules: Rule[] = [];
  readonly goods: (readonly number[])[] = [];
  private readonly tally: Tally;

  constructor(tally: Tally) {
    this.tally = tally;
    tally.turn += 1;
  }

  has({ position }: Rule): boolean {
    return this.tally.turns[position] === this.tally.turn;
  }

  /** The pools of a rule met before, open for more. */
  goodsOf({ position }: Rule): number[] {
    return this.goods[this.tally.places[position] as number] as number[];
  }

  /** Adds a rule that was not met before. */
  put(rule: Rule, goods: readonly number[]): void {
    const { turn, turns, places } = this.tally;
    const { position } = rule;
    turns[position] = turn;
    places[position] = this.rules.length;
    this.rules.push(rule);
    this.goods.push(goods);
  }
}

function collect({ index, promotions }: Rules, situation: Situation): Hits {
  const { pools, cart, facts, at } = situation;
  const hits = new Hits(index.tally);
  if (promotions.length > 0) {
    for (let place = 0; place < pools.length; place += 1) {
      const { offer } = pools[place] as Pool;
      if (index.byOffer.size > 0) noteAll(hits, index.byOffer.get(offer.id), place, offer);
      if (index.byGroup.size > 0) noteAll(hits, index.byGroup.get(offer.groupId), place, offer);
      if (index.byVendor.size > 0 && offer.vendor !== null)
        noteAll(hits, index.byVendor.get(offer.vendor), place, offer);
      if (index.byCategory.size === 0) continue;
      const { categoryIds } = offer;
      for (let each = 0; each < categoryIds.length; each += 1)
        noteAll(hits, index.byCategory.get(categoryIds[each] as string), place, offer);
    }
  }
  let all: readonly number[] | null = null;
  const take = (rules: readonly Rule[] | undefined): void => {
    if (rules === undefined) return;
    for (let each = 0; each < rules.length; each += 1) {
      const rule = rules[each] as Rule;
      if (hits.has(rule)) continue;
      if (rule.scope === null) all ??= pools.map((_, place) => place);
      hits.put(rule, rule.scope === null ? (all as readonly number[]) : goodsOf(rule, pools));
    }
  };
  take(liveAlways(index, at));
  for (const segment of facts.customer?.segments ?? []) take(index.bySegment.get(segment));
  take(index.byChannel.get(cart.channel));
  if (cart.outletId !== null) take(index.byOutlet.get(cart.outletId));
  return hits;
}

function noteAll(hits: Hits, found: readonly IndexedRule[] | undefined, place: number, offer: Offer): void {
  if (found === undefined) return;
  for (let each = 0; each < found.length; each += 1) {
    const { rule, isWhole } = found[each] as IndexedRule;
    const isKnown = hits.has(rule);
    const isIn = isWhole || rule.scope === null || rule.scope(offer);
    if (!isKnown) hits.put(rule, isIn ? [place] : []);
    else if (isIn) {
      const goods = hits.goodsOf(rule);
      if (goods[goods.length - 1] !== place) goods.push(place);
    }
  }
}
