// What a quote comes to by offer and by promotion: what a quote and a test case are compared by.
import type { Quote } from "../core/pricing/index.ts";

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

/** Promotions that applied, with what they took off, kopecks. */
export function appliedSums({ verdicts }: Quote): Map<string, number> {
  return new Map(
    verdicts.flatMap((verdict) =>
      verdict.kind === "applied" ? [[verdict.promotionId, verdict.amount] as const] : [],
    ),
  );
}
