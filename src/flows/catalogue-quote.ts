// What a cart costs by the catalogue alone: the answer when the engine fails, so that a shop goes on selling.
import { grossHalfUp, isWhole, minor, type Quantity, quantity, ZERO } from "../core/money/index.ts";
import type { Cart, CartLine, Facts, LineProblem, Offer, Quote, QuoteLine } from "../core/pricing/index.ts";

/** Most of one line, thousandths. */
const MOST = 100_000_000;

/** The quote without any promotion, code, gift or points. */
export function catalogueQuote(cart: Cart, facts: Facts): Quote {
  const lines = cart.lines.map((line, index) => lineOf(line, index, facts));
  const gross = minor(lines.reduce((sum, line) => (line.isCounted ? sum + line.gross : sum), 0));
  return {
    lines,
    gross,
    discount: ZERO,
    total: gross,
    points: null,
    code:
      cart.code === null
        ? null
        : { entered: cart.code, state: "not_redeemable", promotionId: facts.code?.promotionId ?? null },
    offered: [],
    notices: [],
    verdicts: [],
    steps: [],
    proof: { isOptimal: false, gapMinor: ZERO },
  };
}

function lineOf(line: CartLine, lineIndex: number, facts: Facts): QuoteLine {
  const offer = line.offerId === null ? undefined : facts.offers.get(line.offerId);
  const count =
    line.quantity === null || offer === undefined
      ? (line.quantity ?? quantity(0))
      : toStep(line.quantity, offer);
  const problem = problemOf(line, offer, count);
  const isPriced = offer !== undefined && (problem === null || problem.kind === "short_stock");
  const gross = isPriced ? grossHalfUp(offer.price, count) : ZERO;
  return {
    lineIndex,
    offerId: line.offerId,
    name: offer?.name ?? null,
    price: isPriced ? offer.price : ZERO,
    quantity: count,
    gross,
    discount: ZERO,
    total: gross,
    giftUnits: 0,
    discounts: [],
    unitGroups: isPriced ? [{ quantity: count, unitPrice: offer.price, total: gross }] : [],
    selected: line.selected,
    isCounted: line.selected && problem === null,
    problem,
    notices: [],
    points: null,
  };
}

function problemOf(line: CartLine, offer: Offer | undefined, count: Quantity): LineProblem | null {
  if (offer === undefined) return { kind: "unknown_offer" };
  if (line.quantity === null || line.quantity <= 0) return { kind: "bad_quantity" };
  if (count > MOST) return { kind: "too_many", limit: quantity(MOST) };
  if (!offer.isAvailable) return { kind: "unavailable" };
  if (line.selected && offer.stock !== null && count > offer.stock)
    return { kind: "short_stock", left: offer.stock };
  return null;
}

function toStep(asked: Quantity, offer: Offer): Quantity {
  const step = offer.step;
  if (step === null) return isWhole(asked) ? asked : quantity(Math.max(Math.round(asked / 1000), 1) * 1000);
  return quantity(Math.max(Math.round(asked / step), 1) * step);
}
