// One recorded calculation computed again: the same figures to the bit, or why that cannot be said.
import { instant } from "../core/basics/index.ts";
import { ENGINE_VERSION, type price, type Quote } from "../core/pricing/index.ts";
import type { PagedCalculation } from "./calculation-pages.ts";
import { wholeFacts } from "./limits.ts";
import { digestOf, hasDigest } from "./quote-digest.ts";
import type { Doubt } from "./read-calculation.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** The engine, or another one in tests. */
export type Pricing = typeof price;

/** What came of it; `total` is what the engine says now, kopecks, null where it failed or was not asked. */
export interface Judgement {
  /** "not_engine": the figures were never the engine's, but the catalogue's or a part's share of a whole cart. */
  readonly verdict: "same" | Doubt | "not_engine";
  readonly total: number | null;
}

/** Judges `paged` by the rules that it names; null or other ones than they were: gone. */
export function judgeCalculation(
  { stored, result, areGoodsGone }: PagedCalculation,
  shelved: ShelvedRules | null,
  pricing: Pricing,
): Judgement {
  const { kept } = stored;
  if (kept.kind === "whole") return { verdict: "not_engine", total: null };
  if (shelved === null || shelved.hash !== stored.rules.hash) return { verdict: "rules_gone", total: null };
  const quote = priceOrNull(() =>
    pricing(stored.cart, shelved.rules, wholeFacts(stored.facts, shelved), instant(stored.at), "plain"),
  );
  // The text is compared first: it is what was stored, and equal for all but carts of another engine's wording.
  if (quote !== null && (JSON.stringify(digestOf(quote)) === result || hasDigest(quote, kept.digest)))
    return { verdict: "same", total: quote.total };
  const total = quote?.total ?? null;
  if (areGoodsGone) return { verdict: "goods_gone", total };
  return { verdict: stored.engineVersion === ENGINE_VERSION ? "differs" : "engine_changed", total };
}

/** The quote, or null where the engine throws: one cart that it cannot price must not end a replay of a million. */
export function priceOrNull(work: () => Quote): Quote | null {
  try {
    return work();
  } catch {
    return null;
  }
}
