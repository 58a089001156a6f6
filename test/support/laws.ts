// What the laws of pricing look at in quotes, and how quotes are broken for them; the laws stand in test/laws.
import type { Minor } from "../../src/core/money/index.ts";
import type { Quote, QuoteLine } from "../../src/core/pricing/index.ts";
import { RUNS } from "./carts.ts";

/** Broken pricers meet the same carts every time, so that catching them is no matter of luck. */
export const SEED = 20_261_121;

/** How long a law may take: a long form of a million carts takes most of an hour. */
export const LONG = { timeout: 60_000 + RUNS * 10 };

/** What each offer costs in all, gifts apart. */
export function byOffer(quote: Quote): Map<string, number> {
  const totals = new Map<string, number>();
  for (const each of quote.lines) {
    if (!each.isCounted || each.lineIndex === null || each.offerId === null) continue;
    totals.set(each.offerId, (totals.get(each.offerId) ?? 0) + each.total);
  }
  return totals;
}

/** The quote with other discounts of its lines, totals following. */
export function changed(quote: Quote, change: (line: QuoteLine) => number): Quote {
  const lines = quote.lines.map((each) => {
    const discount = change(each);
    return { ...each, discount: discount as Minor, total: (each.gross - discount) as Minor };
  });
  const total = lines.reduce((sum, each) => sum + (each.isCounted ? each.total : 0), 0);
  return { ...quote, lines, total: total as Minor };
}
