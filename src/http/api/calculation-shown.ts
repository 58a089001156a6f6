// A calculation in the words of the API: kopecks as …Minor, quantities as units.
import { ONE_UNIT } from "../../core/money/index.ts";
import type { Notice, Quote, QuoteLine, Unlock, Verdict } from "../../core/pricing/index.ts";
import type { RetoldCalculation } from "../../flows/index.ts";
import { shown } from "./route.ts";

/** Names of promotions by id, as the rules hold them. */
export type PromotionNames = ReadonlyMap<
  string,
  { readonly name: { readonly ru: string; readonly en: string } }
>;

/** Everything but the explanation as text; `names` of the rules of then. */
export function calculationShown(calculation: RetoldCalculation, names: PromotionNames) {
  const { id, at, facts, rules, engineVersion, madeBy, quote, answered } = calculation;
  return {
    id,
    at: shown(at),
    channel: calculation.cart.channel,
    customerId: facts.customer?.id ?? null,
    rules: { version: rules.version, hash: rules.hash },
    engineVersion,
    madeBy,
    isExact: calculation.doubt === null,
    doubt: calculation.doubt,
    answered: { grossMinor: answered.gross, discountMinor: answered.discount, totalMinor: answered.total },
    cart: cartShown(calculation),
    ...outcomeShown(quote, names),
  };
}

/** What a cart came to. */
export function outcomeShown(quote: Quote, names: PromotionNames) {
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

function cartShown({ cart }: RetoldCalculation) {
  return {
    lines: cart.lines.map(({ offerId, quantity, selected }) => ({
      offerId,
      quantity: units(quantity),
      isSelected: selected,
    })),
    code: cart.code,
    choices: cart.choices.map(({ promotionId, gifts }) => ({ promotionId, gifts: gifts.map(goodsShown) })),
    pointsToSpend: cart.pointsToSpend,
    outletId: cart.outletId,
    city: cart.city.name,
    deliveryMethod: cart.deliveryMethod,
    paymentMethod: cart.paymentMethod,
    pickupPoint: cart.pickupPoint,
    isEarlyAccess: cart.isEarlyAccess,
  };
}

function units<Given extends number | null>(thousandths: Given): Given extends null ? null : number;
function units(thousandths: number | null): number | null {
  return thousandths === null ? null : thousandths / ONE_UNIT;
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
