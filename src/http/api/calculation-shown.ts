// A calculation in the words of the API: kopecks as …Minor, quantities as units.
import { outcomeShown } from "../../contract/index.ts";
import { ONE_UNIT } from "../../core/money/index.ts";
import { type Rules, stripGifts } from "../../core/pricing/index.ts";
import type { RetoldCalculation } from "../../flows/index.ts";
import { shown } from "./route.ts";

/** Everything but the explanation as text; `rulesOfThen`: that priced it. */
export function calculationShown(calculation: RetoldCalculation, rulesOfThen: Rules) {
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
    cart: cartShown(calculation, rulesOfThen),
    ...outcomeShown(quote, rulesOfThen.byId),
  };
}

function cartShown({ cart }: RetoldCalculation, rules: Rules) {
  const { gone, taken } = stripGifts(cart, rules);
  return {
    lines: cart.lines.map(({ offerId, quantity, selected }, index) => ({
      offerId,
      quantity: units(quantity),
      isSelected: selected,
      giftUnits: units(gone.has(index) ? (quantity ?? 0) : (taken.get(index) ?? 0)),
    })),
    code: cart.code,
    choices: cart.choices.map(({ promotionId, gifts }) => ({ promotionId, gifts: gifts.map(goodsShown) })),
    pointsToSpend: cart.pointsToSpend,
    outletId: cart.outletId,
    employeeId: cart.employeeId,
    city: cart.city.name,
    cityKladr: cart.city.kladr,
    cityFias: cart.city.fias,
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
