// A cart tried on: priced by the flow of real carts, at any instant, with any rules, and without leaving a trace.
import type { Instant } from "../core/basics/index.ts";
import { type Cart, type Facts, price } from "../core/pricing/index.ts";
import type { OfferShelf } from "../storage/index.ts";
import { CalculationBook } from "./calculation-book.ts";
import { type CartFacts, readFacts } from "./cart-facts.ts";
import type { CartRequest, SupposedCustomer } from "./cart-request.ts";
import type { House } from "./house.ts";
import { type CartAnswer, type CartSettings, quoteCart } from "./quote-cart.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";
import type { Secrets } from "./secrets.ts";

/** What trying needs. */
export interface TryDesk {
  readonly house: House;
  readonly secrets: Secrets;
  readonly offers: OfferShelf;
  /** The rules in force, a FixedShelf or a DraftShelf. */
  readonly rules: RuleShelf;
  /** How the shop wants carts priced; left out: as a shop that set nothing. */
  readonly settings?: TrySettings;
}

/** Settings of carts that change what one costs. */
export type TrySettings = Omit<CartSettings, "onEngineFault">;

const UNSET: TrySettings = { shortStock: "error", severalChoices: "first", addonPrices: false };

/** A book that nothing is written into. */
class ClosedBook extends CalculationBook {
  override add(): void {}
}

/** Prices `request` as of `at`, with a verdict for every promotion there is. Devices and split carts are left out of it. */
export function tryCart(desk: TryDesk, request: CartRequest, at: Instant): Promise<CartAnswer> {
  const house: House = { ...desk.house, now: () => at };
  return quoteCart(
    {
      house,
      secrets: desk.secrets,
      offers: desk.offers,
      rules: desk.rules,
      book: new ClosedBook(house),
      settings: { onEngineFault: "refuse", ...(desk.settings ?? UNSET) },
      price: (cart, rules, facts, instant) => price(cart, rules, facts, instant, "every"),
    },
    { ...request, syncDate: null, groupId: null },
    "trial",
  );
}

/** What the engine is given for a cart. */
export interface FactsToTry {
  readonly facts: Facts;
  /** The offer of each line; null where there is none. */
  readonly offerIds: CartFacts["offerIds"];
}

/** Everything that `tryCart` would price `request` with as of `at` under `shelved`. */
export async function factsToTry(
  desk: Omit<TryDesk, "rules">,
  shelved: ShelvedRules,
  request: CartRequest,
  at: Instant,
): Promise<FactsToTry> {
  const house: House = { ...desk.house, now: () => at };
  const kit = { ...desk, house, settings: desk.settings ?? UNSET };
  const { offers, customer, code, limits, offerIds } = await house.database.look((tx) =>
    readFacts(tx, kit, shelved, { ...request, syncDate: null, groupId: null }),
  );
  return { facts: { offers, customer, code, limits, programme: shelved.programme }, offerIds };
}

/**
 * A cart that was written by a person as a request of the app; `supposed`: a customer who is made up; `addons`: of each line,
 * which the engine's cart does not know.
 */
export function requestOf(
  cart: Cart,
  customerId: string | null,
  supposed: SupposedCustomer | null = null,
  addons: readonly (readonly string[])[] = [],
): CartRequest {
  const { lines, city, ...decisions } = cart;
  return {
    ...decisions,
    lines: lines.map((line, index) => ({
      ref: line.offerId ?? "",
      hasOwnRef: true,
      privateRef: line.offerId,
      productRef: null,
      name: null,
      quantity: line.quantity,
      selected: line.selected,
      echoed: line.echoed,
      sentAsFree: line.sentAsFree,
      sentPrice: null,
      kitId: null,
      addonRefs: addons[index] ?? [],
      warehouseId: null,
      deliveryGroup: null,
      fractionOptionId: null,
    })),
    customer: { externalUserId: customerId, loyaltyCard: null, phone: null },
    ...(supposed === null ? {} : { supposed }),
    city: { ...city, cityFias: null, regionFias: null },
    giftCards: [],
    services: null,
    syncDate: null,
    groupId: null,
  };
}
