// What a cart costs: read what is known, bring the carts of the customer's devices together, price, and note down why.
import type { Instant } from "../core/basics/index.ts";
import type { OfferedService } from "../core/carts/index.ts";
import {
  type Cart,
  type CodeShowcase,
  type Detail,
  ENGINE_VERSION,
  type Facts,
  foldCode,
  type Lowering,
  lowerQuantities,
  NOT_LOWERED,
  price,
  type Quote,
} from "../core/pricing/index.ts";
import type { OfferShelf } from "../storage/index.ts";
import type { CalculationBook } from "./calculation-book.ts";
import type { QuoteMaker } from "./calculation-text.ts";
import { type CartFacts, codesOnOffer, readFacts } from "./cart-facts.ts";
import type { CartRequest, RequestedLine } from "./cart-request.ts";
import { catalogueQuote } from "./catalogue-quote.ts";
import type { GiftCardCheck, TypedGiftCard } from "./check-gift-cards.ts";
import type { CodeTries } from "./code-tries.ts";
import { composeCart, engineCart } from "./compose-cart.ts";
import { deviceKey } from "./device-key.ts";
import type { House } from "./house.ts";
import { limitsOfRules } from "./limits.ts";
import type { RuleShelf, ShelvedRules } from "./rule-shelf.ts";
import type { Secrets } from "./secrets.ts";
import { type MadeQuote, shareCart } from "./split-cart.ts";

/** How the operator wants carts priced; see the configuration manual. */
export interface CartSettings {
  readonly onEngineFault: "catalogue" | "refuse";
  readonly shortStock: "error" | "clamp";
  readonly severalChoices: "first" | "union";
  /** Add-ons that the catalogue knows raise the price of their line. */
  readonly addonPrices: boolean;
}

/** Everything at hand for pricing carts; one per process. */
export interface CartDesk {
  readonly house: House;
  readonly secrets: Secrets;
  readonly offers: OfferShelf;
  readonly rules: RuleShelf;
  readonly book: CalculationBook;
  readonly settings: CartSettings;
  /** Counts guesses of promo codes; absent where an operator tries carts on. */
  readonly tries?: CodeTries;
  /** The engine; another one only in tests of its failing. */
  readonly price: typeof price;
}

/** A priced cart with everything that an answer may need. */
export interface QuotedCart {
  readonly kind: "quoted";
  /** The composition that was priced: the request's, or what synchronisation made of it. */
  readonly lines: readonly RequestedLine[];
  readonly cart: Cart;
  readonly facts: Facts;
  readonly quote: Quote;
  readonly giftCards: readonly { readonly typed: TypedGiftCard; readonly check: GiftCardCheck }[];
  /** Null: the request did not ask for services. */
  readonly services: readonly OfferedService[] | null;
  /** Null: not synchronised. */
  readonly syncAt: number | null;
  /** The app's date lies after our clock: stored as it is, and worth a word in the log. */
  readonly isSyncAhead: boolean;
  /** Codes that would work in this cart now, or do. */
  readonly showcase: readonly CodeShowcase[];
  /** What stock made of lines, by position. */
  readonly lowered: ReadonlyMap<number, Lowering>;
  /** The app showed another price than the catalogue's. */
  readonly hasOtherPrices: boolean;
  readonly madeBy: QuoteMaker;
  readonly rulesVersion: number;
  readonly engineMs: number;
}

/** The priced cart, or why there is none. */
export type CartAnswer =
  | QuotedCart
  | { readonly kind: "refused"; readonly reason: "catalogue_unavailable" | "pricing_failed" };

/** Prices `request` and notes the calculation down under `id`, the caller's request id. */
export async function quoteCart(desk: CartDesk, request: CartRequest, id: string): Promise<CartAnswer> {
  const known = await readKnown(desk, request);
  if (known === null) return { kind: "refused", reason: "catalogue_unavailable" };
  const { shelved, read } = known;
  const composed = await composeCart(desk, shelved, request, read);
  const { cart, lowered } = lower(desk, engineCart(request, composed, desk.settings), composed.offers);
  const facts: Facts = {
    offers: composed.offers,
    customer: read.customer,
    code: judgeCode(desk, request, read),
    limits: read.limits,
    programme: shelved.programme,
  };
  const at = desk.house.now();
  const started = performance.now();
  // Of an engine's quote the rest is computed when somebody asks; a part's share is kept as it is.
  const detail = request.groupId === null ? "menu" : "full";
  const priced = priceCart(desk, cart, shelved, facts, at, detail);
  if (priced === null) return { kind: "refused", reason: "pricing_failed" };
  const engineMs = performance.now() - started;
  const shared = await shareCart(desk.house, shelved, request.groupId, composed.lines, cart, facts, priced);
  const device = facts.customer === null ? deviceKey(desk.secrets, request.deviceId) : null;
  desk.book.add(
    { id, at, cart, facts, device, ...shared, ...traceOf(shelved, cart) },
    limitsOfRules(shelved).whole,
  );
  return {
    kind: "quoted",
    ...shared,
    cart,
    facts,
    lines: composed.lines,
    syncAt: composed.syncAt,
    isSyncAhead: composed.isFuture,
    giftCards: request.giftCards.map((typed, index) => ({
      typed,
      check: read.giftCards[index] as GiftCardCheck,
    })),
    services: read.services,
    showcase: shared.madeBy === "engine" ? workingCodes(shelved, cart, facts, read, at) : [],
    lowered,
    hasOtherPrices: hasOtherPrices(composed.lines, composed.offerIds, facts),
    rulesVersion: shelved.version,
    engineMs,
  };
}

/** What is known of the code, unless too many were guessed before it. */
function judgeCode({ tries, house }: CartDesk, request: CartRequest, read: CartFacts): CartFacts["code"] {
  const { externalUserId, loyaltyCard, phone } = request.customer;
  const who = externalUserId ?? loyaltyCard ?? phone ?? request.deviceId ?? null;
  if (tries === undefined || who === null || request.code === null || read.code === null) return read.code;
  return tries.judge(who, foldCode(request.code), read.code, house.now());
}

/** Rules and facts; null when they cannot be read: then there is no price that could be answered. */
async function readKnown(
  desk: CartDesk,
  request: CartRequest,
): Promise<{ readonly shelved: ShelvedRules; readonly read: CartFacts } | null> {
  try {
    const shelved = await desk.rules.current();
    return { shelved, read: await desk.house.database.look((tx) => readFacts(tx, desk, shelved, request)) };
  } catch (error) {
    desk.house.alarm("catalogue_unreadable", { error: (error as Error).name });
    return null;
  }
}

function lower(
  desk: CartDesk,
  cart: Cart,
  offers: Facts["offers"],
): { readonly cart: Cart; readonly lowered: QuotedCart["lowered"] } {
  if (desk.settings.shortStock === "error") return { cart, lowered: NOT_LOWERED };
  const { lines, lowered } = lowerQuantities(cart.lines, offers);
  return { cart: { ...cart, lines }, lowered };
}

/** The quote; where the engine fails, the catalogue's prices or (null) a refusal, as the operator wants it. */
export function priceCart(
  desk: Pick<CartDesk, "house" | "price" | "settings">,
  cart: Cart,
  shelved: ShelvedRules,
  facts: Facts,
  at: Instant,
  detail: Detail,
): MadeQuote | null {
  try {
    return { quote: desk.price(cart, shelved.rules, facts, at, detail), madeBy: "engine" };
  } catch (error) {
    desk.house.alarm("pricing_failed", { error: (error as Error).name, rulesVersion: shelved.version });
    if (desk.settings.onEngineFault === "refuse") return null;
    return { quote: catalogueQuote(cart, facts), madeBy: "catalogue" };
  }
}

/** By what a calculation names its rules and its code. */
export function traceOf(shelved: ShelvedRules, cart: Cart) {
  return {
    rules: { version: shelved.version, hash: shelved.hash },
    engineVersion: ENGINE_VERSION,
    foldedCode: cart.code === null ? null : foldCode(cart.code),
  };
}

/** Codes on offer that would be applied if the shopper entered them now, found by entering them. */
function workingCodes(
  shelved: ShelvedRules,
  cart: Cart,
  facts: Facts,
  { onOffer }: CartFacts,
  at: Instant,
): readonly CodeShowcase[] {
  if (onOffer.size === 0) return [];
  return codesOnOffer(shelved).filter((shown) => {
    const code = onOffer.get(shown.code);
    if (code === undefined || code.state !== "free") return false;
    const tried = price({ ...cart, code: shown.code }, shelved.rules, { ...facts, code }, at, "plain");
    return tried.code?.state === "applied";
  });
}

function hasOtherPrices(
  lines: readonly RequestedLine[],
  offerIds: readonly (string | null)[],
  { offers }: Facts,
): boolean {
  return lines.some((line, index) => {
    const id = offerIds[index] ?? null;
    const offer = id === null ? undefined : offers.get(id);
    return (
      offer !== undefined && line.sentPrice !== null && !line.sentAsFree && line.sentPrice !== offer.price
    );
  });
}
