// Matching: from the index to the promotions that may act on this cart, and the plain reasons of those that may not.
import type { Check } from "./check.ts";
import type { LimitFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";
import { type IndexedRule, liveAlways, type Rules } from "./rules.ts";
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
  if (codeRule !== null) hits.set(codeRule, goodsOf(codeRule, situation.pools));
  const slots: Slot[] = [];
  const rejections: Rejection[] = [];
  for (const [rule, goods] of hits) {
    const rejection = reject(rule, goods, situation, codeRule);
    if (rejection !== null) {
      rejections.push(rejection);
      continue;
    }
    slots.push(slotOf(rule, goods, situation.facts.limits.get(rule.id)?.budgetLeft ?? null));
  }
  slots.sort((a, b) => a.rule.order - b.rule.order);
  return { slots, rejections };
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
  if (at < rule.from || at >= rule.until || !rule.calendar.every((test) => test(situation))) {
    return { rule, reason: "not_scheduled", check: null };
  }
  if (rule.needsCode && rule !== codeRule) return { rule, reason: "code_not_entered", check: null };
  const stranger = firstFailing(rule.audience, situation);
  if (stranger !== null) return { rule, reason: "audience", check: stranger };
  if (goods.length === 0) return { rule, reason: "no_goods", check: null };
  const failing = firstFailing(rule.when, situation);
  if (failing !== null) return { rule, reason: "condition", check: failing };
  const limit = situation.facts.limits.get(rule.id);
  return limit !== undefined && isSpent(limit) ? { rule, reason: "limit_reached", check: null } : null;
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

function collect({ index, promotions }: Rules, situation: Situation): Map<Rule, readonly number[]> {
  const { pools, cart, facts, at } = situation;
  const hits = new Map<Rule, number[]>();
  const note = (found: readonly IndexedRule[] | undefined, place: number): void => {
    if (found === undefined) return;
    for (let each = 0; each < found.length; each += 1)
      noteHit(hits, found[each] as IndexedRule, place, pools);
  };
  if (promotions.length > 0) {
    for (let place = 0; place < pools.length; place += 1) {
      const { offer } = pools[place] as Pool;
      if (index.byOffer.size > 0) note(index.byOffer.get(offer.id), place);
      if (index.byGroup.size > 0) note(index.byGroup.get(offer.groupId), place);
      if (index.byVendor.size > 0 && offer.vendor !== null) note(index.byVendor.get(offer.vendor), place);
      if (index.byCategory.size > 0)
        for (const id of offer.categoryIds) note(index.byCategory.get(id), place);
    }
  }
  const all: number[] = pools.map((_, place) => place);
  const take = (rules: readonly Rule[] | undefined): void => {
    for (const rule of rules ?? [])
      if (!hits.has(rule)) hits.set(rule, rule.scope === null ? all : goodsOf(rule, pools));
  };
  take(liveAlways(index, at));
  for (const segment of facts.customer?.segments ?? []) take(index.bySegment.get(segment));
  take(index.byChannel.get(cart.channel));
  if (cart.outletId !== null) take(index.byOutlet.get(cart.outletId));
  return hits;
}

function noteHit(hits: Map<Rule, number[]>, found: IndexedRule, place: number, pools: readonly Pool[]): void {
  const { rule, isWhole } = found;
  const known = hits.get(rule);
  if (known !== undefined && known[known.length - 1] === place) return;
  if (!isWhole && rule.scope !== null && !rule.scope((pools[place] as Pool).offer)) {
    if (known === undefined) hits.set(rule, []);
    return;
  }
  if (known === undefined) hits.set(rule, [place]);
  else known.push(place);
}
