// What a draft would have changed, summed over carts: money, points, gifts, promotion by promotion, and the carts it changes most.
import type { Quote } from "../core/pricing/index.ts";
import type { StoredCalculation } from "./calculation-text.ts";
import type { Gap } from "./draft-facts.ts";
import { digestOf, type QuoteDigest } from "./quote-digest.ts";
import { keepWorst } from "./replay-run.ts";

/** Sums over carts; money in kopecks. */
export interface Sums {
  gross: number;
  discount: number;
  total: number;
  /** Points that the orders would earn. */
  willEarn: number;
  /** Points that could pay. */
  maySpend: number;
  /** Units that cost nothing: gifts, and the free ones of N for the price of M. */
  freeUnits: number;
}

/** What a promotion took off, kopecks, and in how many carts. */
export interface Share {
  carts: number;
  amount: number;
}

/** One cart under both, kopecks. */
export interface Effect {
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly rulesVersion: number;
  readonly lines: number;
  readonly totalBefore: number;
  readonly totalAfter: number;
  readonly discountBefore: number;
  readonly discountAfter: number;
  readonly willEarnBefore: number;
  readonly willEarnAfter: number;
}

/** One cart with the figures of both. */
export interface CartUnderBoth {
  readonly effect: Effect;
  readonly before: QuoteDigest;
  readonly after: QuoteDigest;
}

/** Why a cart was not priced. */
export type LeftOut = "goods_gone" | "share" | "engine_failed";

/** Everything; see tallyText and readTally for its JSON. */
export interface DraftTally {
  readonly carts: { priced: number; cheaper: number; dearer: number; same: number };
  readonly leftOut: Record<LeftOut, number>;
  readonly gaps: Record<Gap, number>;
  readonly before: Sums;
  readonly after: Sums;
  /** By promotion id: as answered, and under the draft. */
  readonly promotions: Map<string, { readonly before: Share; readonly after: Share; gifts: number }>;
  /** Units by offer id that the draft puts into carts as gifts. */
  readonly gifts: Map<string, number>;
  /** Gifts of the draft that today's catalogue does not know. */
  readonly giftsUnknown: Set<string>;
  /** Segments that recorded customers were in, of those that the draft names. */
  readonly segmentsSeen: Set<string>;
  /** Carts that get cheaper for the shopper, and dearer, by how much. */
  readonly cheaper: Effect[];
  readonly dearer: Effect[];
}

const noSums = (): Sums => ({ gross: 0, discount: 0, total: 0, willEarn: 0, maySpend: 0, freeUnits: 0 });

/** Nothing yet. */
export function newTally(): DraftTally {
  return {
    carts: { priced: 0, cheaper: 0, dearer: 0, same: 0 },
    leftOut: { goods_gone: 0, share: 0, engine_failed: 0 },
    gaps: {
      gifts_of_today: 0,
      spent_unknown: 0,
      limits_as_new: 0,
      code_unknown: 0,
      choice_gone: 0,
      rules_gone: 0,
      other_engine: 0,
    },
    before: noSums(),
    after: noSums(),
    promotions: new Map(),
    gifts: new Map(),
    giftsUnknown: new Set(),
    segmentsSeen: new Set(),
    cheaper: [],
    dearer: [],
  };
}

/** The tally as plain JSON. */
export function tallyJson(tally: DraftTally): object {
  return {
    ...tally,
    promotions: [...tally.promotions],
    gifts: [...tally.gifts],
    giftsUnknown: [...tally.giftsUnknown],
    segmentsSeen: [...tally.segmentsSeen],
  };
}

/** The tally of `tallyJson`. */
export function tallyOf(json: object): DraftTally {
  const kept = json as Omit<DraftTally, "promotions" | "gifts" | "giftsUnknown" | "segmentsSeen"> & {
    readonly promotions: readonly (readonly [string, { before: Share; after: Share; gifts: number }])[];
    readonly gifts: readonly (readonly [string, number])[];
    readonly giftsUnknown: readonly string[];
    readonly segmentsSeen: readonly string[];
  };
  return {
    ...kept,
    promotions: new Map(kept.promotions),
    gifts: new Map(kept.gifts),
    giftsUnknown: new Set(kept.giftsUnknown),
    segmentsSeen: new Set(kept.segmentsSeen),
  };
}

/** Adds one cart: what was answered, and its quote under the draft. Gives the two side by side. */
export function addCart(
  tally: DraftTally,
  stored: StoredCalculation,
  quote: Quote,
  worst: number,
): CartUnderBoth {
  const before = stored.kept.kind === "digest" ? stored.kept.digest : digestOf(stored.kept.quote);
  const after = digestOf(quote);
  addSums(tally.before, before);
  addSums(tally.after, after);
  addPromotions(tally, before, "before");
  addPromotions(tally, after, "after");
  for (const verdict of quote.verdicts)
    if (verdict.kind === "applied" && verdict.gifts > 0)
      entryOf(tally, verdict.promotionId).gifts += verdict.gifts;
  for (const { lineIndex, offerId, giftUnits } of quote.lines)
    if (lineIndex === null && offerId !== null && giftUnits > 0)
      tally.gifts.set(offerId, (tally.gifts.get(offerId) ?? 0) + giftUnits);
  const effect: Effect = {
    id: stored.id,
    at: stored.at,
    channel: stored.cart.channel,
    rulesVersion: stored.rules.version,
    lines: stored.cart.lines.length,
    totalBefore: before.total,
    totalAfter: after.total,
    discountBefore: before.discount,
    discountAfter: after.discount,
    willEarnBefore: before.points?.[1] ?? 0,
    willEarnAfter: after.points?.[1] ?? 0,
  };
  const change = effect.totalAfter - effect.totalBefore;
  tally.carts.priced += 1;
  if (change === 0) tally.carts.same += 1;
  else if (change < 0) {
    tally.carts.cheaper += 1;
    keepWorst(tally.cheaper, effect, (each) => each.totalBefore - each.totalAfter, worst);
  } else {
    tally.carts.dearer += 1;
    keepWorst(tally.dearer, effect, (each) => each.totalAfter - each.totalBefore, worst);
  }
  return { effect, before, after };
}

function addSums(sums: Sums, { gross, discount, total, points, amounts }: QuoteDigest): void {
  sums.gross += gross;
  sums.discount += discount;
  sums.total += total;
  sums.maySpend += points?.[0] ?? 0;
  sums.willEarn += points?.[1] ?? 0;
  for (let index = 2; index < amounts.length; index += 3) sums.freeUnits += amounts[index] ?? 0;
}

function addPromotions(tally: DraftTally, { promotions }: QuoteDigest, side: "before" | "after"): void {
  for (let index = 1; index < promotions.length; index += 2) {
    const amount = promotions[index];
    if (typeof amount !== "number") continue;
    const share = entryOf(tally, String(promotions[index - 1]))[side];
    share.carts += 1;
    share.amount += amount;
  }
}

function entryOf(tally: DraftTally, promotionId: string) {
  let entry = tally.promotions.get(promotionId);
  if (entry === undefined) {
    entry = { before: { carts: 0, amount: 0 }, after: { carts: 0, amount: 0 }, gifts: 0 };
    tally.promotions.set(promotionId, entry);
  }
  return entry;
}
