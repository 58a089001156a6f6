// Carts that show a finding: priced by the engine itself, a bounded number of them.
import type { Instant } from "../basics/index.ts";
import { type Minor, NO_POINTS, type Quantity } from "../money/index.ts";
import {
  type Cart,
  type CustomerFacts,
  type Facts,
  price,
  type Quote,
  type Rules,
} from "../pricing/index.ts";
import { type Basket, type Filling, fillBasket } from "./baskets.ts";
import type { GoodsBook } from "./catalogue.ts";
import type { Model } from "./solving.ts";
import type { Subject } from "./subject.ts";

/** A cart, whose it is and when, and what it comes to. */
export interface Witness {
  readonly cart: Cart;
  readonly customer: CustomerFacts | null;
  readonly at: Instant;
  readonly gross: Minor;
  readonly total: Minor;
  /** What each promotion took off. */
  readonly applied: readonly { readonly promotionId: string; readonly amount: Minor }[];
}

/** Promotions that a trial is about: the one of its code is entered, those of a choice are chosen. */
export type Cast = readonly Subject[];

/** A trial that was priced. */
export interface Trial {
  readonly quote: Quote;
  readonly witness: Witness;
}

/** Promotions of a set with which a trial costs twice one of a small set; what competes in one cart grows with the square. */
const LARGE_SET = 30;

/** Prices trials, as many as its budget of work allows; counted, not timed, so that reports do not depend on the machine. */
export class Till {
  readonly #rules: Rules;
  readonly #goods: GoodsBook;
  readonly #most: number;
  readonly #cost: number;
  #spent = 0;

  constructor(rules: Rules, goods: GoodsBook, most: number) {
    this.#rules = rules;
    this.#goods = goods;
    this.#most = most;
    this.#cost = 1 + (rules.promotions.length / LARGE_SET) ** 2;
  }

  /** Work done so far. */
  get spent(): number {
    return this.#spent;
  }

  /** Work that is still allowed. */
  get left(): number {
    return Math.max(0, this.#most - this.#spent);
  }

  /** No more work is allowed. */
  get isSpent(): boolean {
    return this.#spent >= this.#most;
  }

  /** Notes work done beside trials. */
  spend(work: number): void {
    this.#spent += work;
  }

  /** Fills a basket for the model and prices it; null when no basket was found or no trial is left. */
  try(model: Model, cast: Cast, filling: Filling): Trial | null {
    const basket = fillBasket(model.goods, this.#goods, filling);
    return basket === null ? null : this.priced(model, cast, basket);
  }

  /** Prices the basket in the model's situation. */
  priced(model: Model, cast: Cast, basket: Basket): Trial | null {
    if (this.isSpent) return null;
    this.#spent += this.#cost;
    const cart = cartOf(model, cast, basket);
    const coded = cast.find(({ document }) => document.codes !== undefined);
    const facts: Facts = {
      offers: this.#goods.byId,
      customer: model.customer,
      code: coded === undefined ? null : { promotionId: coded.document.id, state: "free" },
      limits: new Map(),
      programme: null,
    };
    const at = model.at as Instant;
    const quote = price(cart, this.#rules, facts, at, "plain");
    const applied = quote.verdicts.flatMap((verdict) =>
      verdict.kind === "applied" ? [{ promotionId: verdict.promotionId, amount: verdict.amount }] : [],
    );
    const { gross, total } = quote;
    return { quote, witness: { cart, customer: model.customer, at, gross, total, applied } };
  }
}

function cartOf({ surroundings }: Model, cast: Cast, basket: Basket): Cart {
  const coded = cast.find(({ document }) => document.codes !== undefined);
  const chosen = cast.filter(({ document }) => document.choice !== undefined);
  return {
    ...surroundings,
    lines: [...basket].map(([offerId, count]) => ({
      offerId,
      quantity: count as Quantity,
      selected: true,
      echoed: [],
      sentAsFree: false,
    })),
    code: coded === undefined ? null : (coded.document.codes?.list?.[0] ?? "*"),
    choices: chosen.map(({ document }) => ({ promotionId: document.id, gifts: [] })),
    unitesGroups: false,
    pointsToSpend: NO_POINTS,
  };
}

/** What the promotion took off in the trial; null: it did not apply. */
export function amountOf({ witness }: Trial, promotionId: string): number | null {
  return witness.applied.find((each) => each.promotionId === promotionId)?.amount ?? null;
}
