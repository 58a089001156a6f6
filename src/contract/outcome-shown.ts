// What a cart came to in the words of the API, for the server that answers and for the browser that prices by itself.
import type { Static } from "typebox";
import type { Lowering, Notice, Quote, QuoteLine, Unlock, Verdict } from "../core/pricing/index.ts";
import type { cartOutcome } from "./calculation-shapes.ts";

/** Thousandths of one unit: the API writes quantities as units. */
const ONE_UNIT = 1000;

/** What a cart came to under some rules, as the API writes it. */
export type CartOutcome = Static<typeof cartOutcome>;

/** Names of promotions by id, as the rules hold them. */
export type PromotionNames = ReadonlyMap<
  string,
  { readonly name: { readonly ru: string; readonly en: string } }
>;

/** A quote in the words of the API: kopecks as …Minor, quantities as units; `names` of the rules that priced it. */
export function outcomeShown(quote: Quote, names: PromotionNames): CartOutcome {
  return {
    grossMinor: quote.gross,
    discountMinor: quote.discount,
    totalMinor: quote.total,
    points: quote.points === null ? null : { ...pointsShown(quote.points), spending: quote.points.spending },
    code:
      quote.code === null
        ? null
        : { entered: quote.code.entered, state: quote.code.state, promotionId: quote.code.promotionId },
    lines: quote.lines.map(lineShown),
    steps: quote.steps.map(({ promotionId, layer, before, amount, after }) => ({
      promotionId,
      layer,
      beforeMinor: before,
      amountMinor: amount,
      afterMinor: after,
    })),
    verdicts: quote.verdicts.map((verdict) => verdictShown(verdict, names)),
    offered: quote.offered.map(offeredShown),
    notices: quote.notices.map(noticeShown),
    proof: { isOptimal: quote.proof.isOptimal, gapMinor: quote.proof.gapMinor },
  };
}

/** What stock made of lines, in their order. */
export function loweredShown(lowered: ReadonlyMap<number, Lowering>) {
  return [...lowered].map(([lineIndex, how]) => ({ lineIndex, how }));
}

function goodsShown({ offerId, quantity }: { offerId: string; quantity: number }) {
  return { offerId, quantity: quantity / ONE_UNIT };
}

function pointsShown({ maySpend, willEarn }: { maySpend: number; willEarn: number }) {
  return { maySpend, willEarn };
}

function lineShown(line: QuoteLine) {
  const { problem } = line;
  return {
    lineIndex: line.lineIndex,
    offerId: line.offerId,
    name: line.name,
    quantity: line.quantity / ONE_UNIT,
    priceMinor: line.price,
    grossMinor: line.gross,
    discountMinor: line.discount,
    totalMinor: line.total,
    giftUnits: line.giftUnits,
    discounts: line.discounts.map(({ promotionId, amount }) => ({ promotionId, amountMinor: amount })),
    unitGroups: line.unitGroups.map(({ quantity, unitPrice, total }) => ({
      quantity: quantity / ONE_UNIT,
      unitPriceMinor: unitPrice,
      totalMinor: total,
    })),
    isSelected: line.selected,
    isCounted: line.isCounted,
    problem:
      problem === null
        ? null
        : {
            kind: problem.kind,
            limit: problem.kind === "too_many" ? problem.limit / ONE_UNIT : null,
            left: problem.kind === "short_stock" ? problem.left / ONE_UNIT : null,
          },
    points: line.points === null ? null : pointsShown(line.points),
    notices: line.notices.map(noticeShown),
  };
}

function noticeShown(notice: Notice) {
  const { code, promotionId = null, offerId = null, text, amountMinor = null, quantity } = notice;
  return {
    code,
    promotionId,
    offerId,
    text: text === undefined ? null : { ru: text.ru, en: text.en },
    amountMinor,
    quantity: quantity === undefined ? null : quantity / ONE_UNIT,
  };
}

/** A verdict with the promotion's name. */
export function verdictShown(verdict: Verdict, names: PromotionNames) {
  const known = names.get(verdict.promotionId)?.name;
  const name = known === undefined ? null : { ru: known.ru, en: known.en };
  if (verdict.kind === "applied") {
    return {
      promotionId: verdict.promotionId,
      name,
      isApplied: true,
      amountMinor: verdict.amount,
      gifts: verdict.gifts,
      lines: verdict.lines.map(({ line, amount }) => ({ lineIndex: line, amountMinor: amount })),
      reason: null,
      failed: null,
      winnerId: null,
      differenceMinor: null,
      unlock: null,
    };
  }
  const { failed } = verdict;
  return {
    promotionId: verdict.promotionId,
    name,
    isApplied: false,
    amountMinor: 0,
    gifts: 0,
    lines: [],
    reason: verdict.reason,
    failed:
      failed === undefined
        ? null
        : { path: failed.path, kind: failed.kind, needed: failed.needed, actual: failed.actual },
    winnerId: verdict.winnerId ?? null,
    differenceMinor: verdict.differenceMinor ?? null,
    unlock: verdict.unlock === undefined ? null : unlockShown(verdict.unlock),
  };
}

function unlockShown(unlock: Unlock) {
  return {
    kind: unlock.kind,
    amountMinor: unlock.kind === "add_sum" ? unlock.amountMinor : null,
    count:
      unlock.kind === "add_quantity" ? unlock.quantity : unlock.kind === "add_goods" ? unlock.count : null,
    path: "path" in unlock ? unlock.path : null,
  };
}

function offeredShown({ group, promotions }: Quote["offered"][number]) {
  return {
    group,
    promotions: promotions.map((promotion) => ({
      promotionId: promotion.promotionId,
      name: { ru: promotion.name.ru, en: promotion.name.en },
      isChosen: promotion.isChosen,
      mayPointsPay: promotion.mayPointsPay,
      discountMinor: promotion.discount,
      totalIfTakenMinor: promotion.totalIfTaken,
      gifts: promotion.gifts.map(goodsShown),
      giftOptions: promotion.giftOptions.map(goodsShown),
      giftOptionsLimit: promotion.giftOptionsLimit,
    })),
  };
}

/** What two outcomes of one cart differ in. */
export interface OutcomesCompared {
  /** The same money on every line, and the same promotions. */
  readonly isSame: boolean;
  /** How much dearer the cart becomes; negative: cheaper. */
  readonly differenceMinor: number;
  /** Every good of both, lines of one offer together; lines out of the count are left out. */
  readonly lines: GoodCompared[];
  /** Every promotion of both. */
  readonly verdicts: VerdictsCompared[];
}

/** One good in two outcomes. */
export interface GoodCompared {
  readonly offerId: string | null;
  readonly name: string | null;
  readonly quantityBefore: number;
  readonly quantityAfter: number;
  readonly totalBeforeMinor: number;
  readonly totalAfterMinor: number;
  readonly differenceMinor: number;
}

/** One promotion in two outcomes. */
export interface VerdictsCompared {
  readonly promotionId: string;
  /** It gives something else, or fails for another reason. */
  readonly isChanged: boolean;
  readonly before: CartOutcome["verdicts"][number] | null;
  readonly after: CartOutcome["verdicts"][number] | null;
}

/** Compares what one cart came to under two sets of rules. */
export function compareOutcomes(before: CartOutcome, after: CartOutcome): OutcomesCompared {
  const lines = comparedGoods(before, after);
  const verdicts = comparedVerdicts(before, after);
  const isSameMoney = lines.every(
    (line) => line.differenceMinor === 0 && line.quantityBefore === line.quantityAfter,
  );
  return {
    isSame: isSameMoney && verdicts.every(({ isChanged }) => !isChanged),
    differenceMinor: after.totalMinor - before.totalMinor,
    lines,
    verdicts,
  };
}

interface GoodSum {
  readonly name: string | null;
  readonly thousandths: number;
  readonly totalMinor: number;
}

function comparedGoods(before: CartOutcome, after: CartOutcome): GoodCompared[] {
  const [left, right] = [sumsOf(before), sumsOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])].map((offerId) => {
    const [was, is] = [left.get(offerId), right.get(offerId)];
    return {
      offerId,
      name: (is ?? was)?.name ?? null,
      quantityBefore: (was?.thousandths ?? 0) / ONE_UNIT,
      quantityAfter: (is?.thousandths ?? 0) / ONE_UNIT,
      totalBeforeMinor: was?.totalMinor ?? 0,
      totalAfterMinor: is?.totalMinor ?? 0,
      differenceMinor: (is?.totalMinor ?? 0) - (was?.totalMinor ?? 0),
    };
  });
}

function sumsOf({ lines }: CartOutcome): Map<string | null, GoodSum> {
  const sums = new Map<string | null, GoodSum>();
  for (const { offerId, name, quantity, totalMinor, isCounted } of lines) {
    if (!isCounted) continue;
    const sum = sums.get(offerId);
    sums.set(offerId, {
      name: sum?.name ?? name,
      // Whole thousandths: sums of decimals would not meet.
      thousandths: (sum?.thousandths ?? 0) + Math.round(quantity * ONE_UNIT),
      totalMinor: (sum?.totalMinor ?? 0) + totalMinor,
    });
  }
  return sums;
}

function comparedVerdicts(before: CartOutcome, after: CartOutcome): VerdictsCompared[] {
  const [left, right] = [before, after].map(
    ({ verdicts }) => new Map(verdicts.map((verdict) => [verdict.promotionId, verdict])),
  ) as [Map<string, CartOutcome["verdicts"][number]>, Map<string, CartOutcome["verdicts"][number]>];
  return [...new Set([...left.keys(), ...right.keys()])].map((promotionId) => {
    const pair = { before: left.get(promotionId) ?? null, after: right.get(promotionId) ?? null };
    return { promotionId, isChanged: decided(pair.before) !== decided(pair.after), ...pair };
  });
}

function decided(verdict: CartOutcome["verdicts"][number] | null): string {
  if (verdict === null) return "absent";
  return verdict.isApplied ? `${verdict.amountMinor} ${verdict.gifts}` : String(verdict.reason);
}
