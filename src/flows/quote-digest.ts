// What is kept of a quote that the engine made: its figures, by which the quote computed again is known to be the same.
import type { Quote, Verdict } from "../core/pricing/index.ts";

/** The figures, in kopecks. Lists are flat since one of every cart priced is kept for days. */
export interface QuoteDigest {
  readonly gross: number;
  readonly discount: number;
  readonly total: number;
  /** Discount, total and gift units of each line in turn. */
  readonly amounts: readonly number[];
  /** Points that may be spent, will be earned, are being spent; null without a programme. */
  readonly points: readonly [number, number, number] | null;
  readonly code: string | null;
  /** Id of a promotion and what it took off, or why it did not apply, in turn. */
  readonly promotions: readonly (string | number)[];
}

/** The digest of a quote; `among`: another digest, which promotions unknown to both it and the applied ones are left out by. */
export function digestOf(quote: Quote, among?: QuoteDigest): QuoteDigest {
  const amounts: number[] = [];
  for (const { discount, total, giftUnits } of quote.lines) amounts.push(discount, total, giftUnits);
  const known = among === undefined ? null : new Set(among.promotions);
  const promotions: (string | number)[] = [];
  for (const verdict of quote.verdicts) {
    if (known !== null && verdict.kind === "not_applied" && !known.has(verdict.promotionId)) continue;
    promotions.push(verdict.promotionId, outcomeOf(verdict));
  }
  const { gross, discount, total, points, code } = quote;
  return {
    gross,
    discount,
    total,
    amounts,
    points: points === null ? null : [points.maySpend, points.willEarn, points.spending],
    code: code === null ? null : code.state,
    promotions,
  };
}

function outcomeOf(verdict: Verdict): string | number {
  return verdict.kind === "applied" ? verdict.amount : verdict.reason;
}

/** True when `quote` has the figures of `digest`; promotions that the digest never heard of must not have applied. */
export function hasDigest(quote: Quote, digest: QuoteDigest): boolean {
  return JSON.stringify(digestOf(quote, digest)) === JSON.stringify(digest);
}
