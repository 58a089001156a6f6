// What is left of the limits of promotions, for whoever prices: what the rules say, less what confirmed orders have used.
import {
  type CounterKey,
  countersOf,
  type Facts,
  type LimitCounter,
  type LimitFacts,
  narrowed,
  type PromotionDocument,
  wholeLimits,
} from "../core/pricing/index.ts";
import { readUses, type Tx } from "../storage/index.ts";
import { recordedLimits } from "./calculation-text.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** What a rule set says of limits, read once. */
export interface RuleLimits {
  /** What is left as long as nothing was used, by promotion id; a promotion without limits has no entry. */
  readonly whole: ReadonlyMap<string, LimitFacts>;
  /** Limits by promotion id, of those that have any and may run. */
  readonly counted: ReadonlyMap<string, NonNullable<PromotionDocument["limits"]>>;
  /** Of these the ones that limit uses of a code. */
  readonly ofCodes: ReadonlyMap<string, NonNullable<PromotionDocument["limits"]>>;
}

const bySet = new WeakMap<object, RuleLimits>();

/** Limits of a rule set. */
export function limitsOfRules({ documents }: Pick<ShelvedRules, "documents">): RuleLimits {
  const known = bySet.get(documents.set);
  if (known !== undefined) return known;
  const whole = new Map<string, LimitFacts>();
  const counted = new Map<string, NonNullable<PromotionDocument["limits"]>>();
  const ofCodes = new Map<string, NonNullable<PromotionDocument["limits"]>>();
  for (const { id, limits, status = "active" } of documents.set.promotions) {
    const left = wholeLimits(limits);
    if (limits === undefined || left === null) continue;
    whole.set(id, left);
    const mayRun = status === "active" || status === "scheduled";
    if (!mayRun || (left.usesLeft === null && left.budgetLeft === null)) continue;
    counted.set(id, limits);
    if ([limits, ...(limits.periods ?? [])].some(({ usesPerCode }) => usesPerCode !== undefined))
      ofCodes.set(id, limits);
  }
  const read = { whole, counted, ofCodes };
  bySet.set(documents.set, read);
  return read;
}

/** For whom and when limits are asked about. */
export interface LimitAsker {
  /** See customer-key.ts; null: nobody is known yet, and uses per customer count as all left. */
  readonly customerKey: string | null;
  /** Null: no code. */
  readonly foldedCode: string | null;
  readonly at: number;
}

/**
 * What is left now, by promotion id: what the engine takes as `Facts.limits`. One statement, none where the rules have no
 * limits. It reads and never takes: an order that is confirmed meanwhile may leave less (see claim-uses.ts). `promotionOfCode`:
 * what the code opens, where it is known.
 */
export async function limitFacts(
  tx: Tx,
  shelved: Pick<ShelvedRules, "documents" | "rules">,
  asker: LimitAsker & { readonly promotionOfCode: string | null },
): Promise<ReadonlyMap<string, LimitFacts>> {
  const { whole, counted } = limitsOfRules(shelved);
  if (counted.size === 0) return whole;
  const counters = new Map<string, LimitCounter>();
  for (const [promotionId, limits] of counted) {
    const foldedCode = promotionId === asker.promotionOfCode ? asker.foldedCode : null;
    const use = { promotionId, limits, usesOfCode: null, zone: shelved.rules.zone };
    for (const each of countersOf({ ...use, customerKey: asker.customerKey, foldedCode, at: asker.at }))
      counters.set(nameOf(each), each);
  }
  const used = await readUses(tx, [...counters.values()]);
  // The very map of the rules while nothing is used: then there is nothing to note in the book either.
  if (used.length === 0) return whole;
  const left = new Map(whole);
  for (const count of used) {
    const counter = counters.get(nameOf(count)) as LimitCounter;
    left.set(count.promotionId, narrowed(left.get(count.promotionId) as LimitFacts, counter, count));
  }
  return left;
}

function nameOf({ promotionId, kind, subject, period }: CounterKey): string {
  return JSON.stringify([promotionId, kind, subject, period]);
}

/** Recorded facts with what their rules tell beside them: limits of which nothing was used, and the programme. */
export function wholeFacts(recorded: Facts, shelved: ShelvedRules): Facts {
  return {
    ...recorded,
    limits: recordedLimits(limitsOfRules(shelved).whole, recorded.limits),
    programme: shelved.programme,
  };
}
