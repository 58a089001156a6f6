// Two people's changes of one rule set brought together, promotion by promotion: what only one of them changed is taken from that one.
import type { PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Both changes in one set, and what both had changed: there `mine` stands. */
export interface MergedSets {
  readonly set: PromotionSet;
  /** Promotions that both changed, each in another way. */
  readonly conflicts: readonly string[];
}

/** Brings what others have changed since `base` (`theirs`) under what was changed here (`mine`). */
export function mergeSets(base: PromotionSet, theirs: PromotionSet, mine: PromotionSet): MergedSets {
  const [was, now, here] = [byId(base), byId(theirs), byId(mine)];
  const conflicts: string[] = [];
  const chosen = new Map<string, PromotionDocument>();
  const isReordered = order(mine, was) !== order(base, here);
  const [first, second] = isReordered ? [mine, theirs] : [theirs, mine];
  for (const { id } of [...first.promotions, ...second.promotions]) {
    if (chosen.has(id) || conflicts.includes(id)) continue;
    const [b, t, m] = [was, now, here].map((of) => canonicalJson(of.get(id) ?? null));
    const isMine = m !== b;
    if (isMine && t !== b && t !== m) conflicts.push(id);
    const document = (isMine ? here : now).get(id);
    if (document !== undefined) chosen.set(id, document);
  }
  return { set: { ...settingsOf(base, theirs, mine), promotions: [...chosen.values()] }, conflicts };
}

function settingsOf(base: PromotionSet, theirs: PromotionSet, mine: PromotionSet) {
  const pick = <Key extends "objective" | "lowestUnitPrice">(key: Key) => {
    const value = mine[key] === base[key] ? theirs[key] : mine[key];
    return value === undefined ? {} : { [key]: value };
  };
  return { ...pick("objective"), ...pick("lowestUnitPrice") } as Omit<PromotionSet, "promotions">;
}

function byId({ promotions }: PromotionSet): ReadonlyMap<string, PromotionDocument> {
  return new Map(promotions.map((promotion) => [promotion.id, promotion]));
}

/** Ids that the other set has too, in the order of this one. */
function order({ promotions }: PromotionSet, other: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(promotions.map(({ id }) => id).filter((id) => other.has(id)));
}
