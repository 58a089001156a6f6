// Budgets that one cart can take: the discount of one plausible cart against the money set aside.
import { parseDecimal } from "../money/index.ts";
import { type Basket, fillBasket, measureOf } from "./baskets.ts";
import type { Ruled } from "./beaten.ts";
import type { GoodsBook } from "./catalogue.ts";
import { type Remark, rubles } from "./finding.ts";
import { capOfOrder } from "./idle-effects.ts";
import { type Model, type Solving, solveAny } from "./solving.ts";
import { amountOf, type Till, type Trial } from "./witness.ts";

/** Remarks on promotions whose budget does not outlast one cart of up to `plausible` kopecks. */
export function budgetRemarks(
  all: readonly Ruled[],
  plausible: number,
  solving: Solving,
  till: Till,
): Remark[] {
  return all.flatMap((each): Remark[] => {
    const { document, path } = each;
    const { budget, place } = leastBudget(document);
    const cap = capOfOrder(document);
    if (budget === 0 || (cap !== null && cap < budget) || each.clauses === null) return [];
    const solution = solveAny(each.clauses, solving);
    if (solution.kind === "never") return [];
    for (const rank of [1, 0.5, 0]) {
      const trial = plausibleCart(each, solution.model, plausible, rank, solving.goods, till);
      const amount = trial === null ? null : amountOf(trial, document.id);
      if (trial === null || amount === null || amount < budget) continue;
      const words = { needed: rubles(budget), actual: rubles(amount) };
      const about = {
        path: `${path}.limits.${place}`,
        promotionIds: [document.id],
        words,
        witness: trial.witness,
      };
      return [{ code: "budget_one_cart", needed: budget, actual: amount, ...about }];
    }
    return [];
  });
}

/** The smallest budget, of a period or of the whole, in kopecks, and where it stands; 0: none. */
function leastBudget({ limits = {} }: Ruled["document"]): {
  readonly budget: number;
  readonly place: string;
} {
  const spans = [limits, ...(limits.periods ?? [])];
  const [least] = spans
    .map((span, index) => ({
      budget: parseDecimal(span.budget ?? 0, 2) ?? 0,
      place: index === 0 ? "budget" : `periods[${index - 1}].budget`,
    }))
    .filter(({ budget }) => budget > 0)
    .sort((left, right) => left.budget - right.budget);
  return least ?? { budget: 0, place: "budget" };
}

/** A cart that meets the conditions, filled up with goods of the scope as far as is plausible. */
function plausibleCart(
  subject: Ruled,
  model: Model,
  plausible: number,
  rank: number,
  goods: GoodsBook,
  till: Till,
): Trial | null {
  const scoped = { kind: "goods", measure: "list", of: subject.scope, path: "", is: true } as const;
  const sale = goods.onSale(subject.scope);
  const basis = fillBasket(model.goods, goods, { favourite: null, rank, slack: 1.2 });
  if (basis === null || sale.length === 0) return null;
  const worth = measureOf({ ...scoped, of: goods.everything, span: { least: 0, most: 0 } }, basis, goods);
  const full: Map<string, number> = new Map(basis);
  let room = plausible - worth;
  // Ten units of one good are plausible, a hundred are not.
  for (let place = Math.round(rank * (sale.length - 1)); place >= 0 && room > 0; place -= 1) {
    const offer = sale[place];
    if (offer === undefined || full.has(offer.id)) continue;
    const units = Math.min(10, Math.floor(room / offer.price), Math.floor((offer.stock ?? 10_000) / 1000));
    if (units < 1) continue;
    full.set(offer.id, units * 1000);
    room -= units * offer.price;
  }
  const isAllowed = (basket: Basket): boolean =>
    model.goods.every((demand) => measureOf(demand, basket, goods) <= demand.span.most);
  return till.priced(model, [subject], isAllowed(full) ? full : basis);
}
