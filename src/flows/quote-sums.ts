// What a quote comes to by offer and by promotion: what two quotes, or a quote and a test case, are compared by.
import type { Quote, Verdict } from "../core/pricing/index.ts";

/** All lines of one offer together: thousandths and kopecks; lines out of the count are left out. */
export interface OfferSum {
  readonly offerId: string | null;
  readonly name: string | null;
  readonly quantity: number;
  readonly total: number;
}

/** Sums by offer, in the order of the lines. */
export function sumsByOffer({ lines }: Quote): Map<string, OfferSum> {
  const sums = new Map<string, OfferSum>();
  for (const { offerId, name, quantity, total, isCounted } of lines) {
    if (!isCounted) continue;
    const key = offerId ?? "";
    const before = sums.get(key);
    sums.set(key, {
      offerId,
      name: before?.name ?? name,
      quantity: (before?.quantity ?? 0) + quantity,
      total: (before?.total ?? 0) + total,
    });
  }
  return sums;
}

/** One offer in two quotes. */
export interface OfferPair {
  readonly before: OfferSum | null;
  readonly after: OfferSum | null;
}

/** Every offer of both. */
export function pairedOffers(before: Quote, after: Quote): OfferPair[] {
  const [left, right] = [sumsByOffer(before), sumsByOffer(after)];
  return [...new Set([...left.keys(), ...right.keys()])].map((key) => ({
    before: left.get(key) ?? null,
    after: right.get(key) ?? null,
  }));
}

/** One promotion in two quotes. */
export interface VerdictPair {
  readonly promotionId: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  readonly isChanged: boolean;
}

/** Every promotion of both. A promotion that is on one side only, and not applied there, changes nothing. */
export function pairedVerdicts(before: Quote, after: Quote): VerdictPair[] {
  const byId = (quote: Quote): Map<string, Verdict> =>
    new Map(quote.verdicts.map((verdict) => [verdict.promotionId, verdict]));
  const [left, right] = [byId(before), byId(after)];
  return [...new Set([...left.keys(), ...right.keys()])].map((promotionId) => {
    const pair = { before: left.get(promotionId) ?? null, after: right.get(promotionId) ?? null };
    return { promotionId, ...pair, isChanged: outcomeOf(pair.before) !== outcomeOf(pair.after) };
  });
}

function outcomeOf(verdict: Verdict | null): string {
  if (verdict === null) return "absent";
  return verdict.kind === "applied" ? `${verdict.amount} ${verdict.gifts}` : verdict.reason;
}

/** Promotions that applied, with what they took off, kopecks. */
export function appliedSums({ verdicts }: Quote): Map<string, number> {
  return new Map(
    verdicts.flatMap((verdict) =>
      verdict.kind === "applied" ? [[verdict.promotionId, verdict.amount] as const] : [],
    ),
  );
}
