// A cart tried on: priced by the flow of real carts, at any instant, with any rules, and without leaving a trace.
import type { Instant } from "../core/basics/index.ts";
import { type Cart, price } from "../core/pricing/index.ts";
import type { OfferShelf } from "../storage/index.ts";
import { CalculationBook } from "./calculation-book.ts";
import type { CartRequest } from "./cart-request.ts";
import type { House } from "./house.ts";
import { type CartAnswer, quoteCart } from "./quote-cart.ts";
import type { RuleShelf } from "./rule-shelf.ts";
import type { Secrets } from "./secrets.ts";

/** What trying needs. */
export interface TryDesk {
  readonly house: House;
  readonly secrets: Secrets;
  readonly offers: OfferShelf;
  /** The rules in force, or a DraftShelf. */
  readonly rules: RuleShelf;
}

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
      settings: { onEngineFault: "refuse", shortStock: "error", severalChoices: "first", addonPrices: false },
      price: (cart, rules, facts, instant) => price(cart, rules, facts, instant, "every"),
    },
    { ...request, syncDate: null, groupId: null },
    "trial",
  );
}

/** A cart that was read from a person's file as a request of the app. */
export function requestOf(cart: Cart, customerId: string | null): CartRequest {
  const { lines, city, ...decisions } = cart;
  return {
    ...decisions,
    lines: lines.map((line) => ({
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
      addonRefs: [],
      warehouseId: null,
      deliveryGroup: null,
      fractionOptionId: null,
    })),
    customer: { externalUserId: customerId, loyaltyCard: null, phone: null },
    city: { ...city, cityFias: null, regionFias: null },
    giftCards: [],
    services: null,
    syncDate: null,
    groupId: null,
  };
}
