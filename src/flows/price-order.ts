// What an order costs: the price that the shopper was shown where it may be kept, else a price of its own, made like a cart's.
import type { Instant } from "../core/basics/index.ts";
import type { Group, OfferedService } from "../core/carts/index.ts";
import type { Minor } from "../core/money/index.ts";
import {
  type Cart,
  type CodeFacts,
  type CustomerFacts,
  type Facts,
  type LimitFacts,
  lowerQuantities,
  type Quote,
} from "../core/pricing/index.ts";
import type { QuoteMaker } from "./calculation-text.ts";
import { type CartFacts, readFacts } from "./cart-facts.ts";
import type { RequestedLine } from "./cart-request.ts";
import type { GiftCardCheck } from "./check-gift-cards.ts";
import { engineCart } from "./compose-cart.ts";
import { wholeFacts } from "./limits.ts";
import type { OrderRequest, OrderSettings } from "./order-request.ts";
import { type CartDesk, priceCart } from "./quote-cart.ts";
import type { ShelvedRules } from "./rule-shelf.ts";
import { findShownQuote, type ShownGift, type ShownQuote } from "./shown-quote.ts";
import { giftsOfWhole, rememberedWhole, sharePart } from "./split-cart.ts";

/** Everything at hand for orders; one per process. */
export interface OrderDesk extends CartDesk {
  readonly orders: OrderSettings;
}

/** What earlier tries to place the order have shown to be gone. */
export interface Contested {
  readonly promotionIds: ReadonlySet<string>;
  /** Nothing that is limited, and no points: the last try must not be refused. */
  readonly isLast: boolean;
}

/** An order with its price. */
export interface PricedOrder {
  readonly kind: "priced";
  /** The order's lines; gifts among them are marked as such. */
  readonly lines: readonly RequestedLine[];
  readonly cart: Cart;
  readonly facts: Facts;
  readonly quote: Quote;
  readonly madeBy: QuoteMaker;
  /** The rules that made the price. */
  readonly shelved: ShelvedRules;
  readonly pricedAt: Instant;
  /** What the shopper had seen for these goods; null: nothing that we know of. */
  readonly shown: ShownQuote | null;
  /** The price is the one that was shown. */
  readonly isKept: boolean;
  readonly customer: CustomerFacts | null;
  readonly services: readonly OfferedService[];
  readonly giftCards: readonly GiftCardCheck[];
}

/** The price, or why there is none. */
export type OrderPrice =
  | PricedOrder
  | { readonly kind: "refused"; readonly reason: "pricing_failed" | "no_usable_line" };

/** Prices an order with what is known now. */
export async function priceOrder(
  desk: OrderDesk,
  order: OrderRequest,
  contested: Contested,
): Promise<OrderPrice> {
  const shelved = await desk.rules.current();
  const read = await desk.house.database.read((tx) => readFacts(tx, desk, shelved, order.cart));
  const known: Known = { shelved, read, limits: barred(read.limits, contested), contested };
  const goods = { request: order.cart, offerIds: read.offerIds, customerId: read.customer?.id ?? null };
  const shown = await findShownQuote(desk, goods);
  const kept = shown === null ? null : keepShown(desk, order, shown, known);
  const priced = kept ?? (await priceAnew(desk, order, known, shown));
  if (priced === null) return { kind: "refused", reason: "pricing_failed" };
  if (!priced.quote.lines.some((line) => line.isCounted && line.lineIndex !== null))
    return { kind: "refused", reason: "no_usable_line" };
  return {
    ...priced,
    kind: "priced",
    shown,
    isKept: kept !== null,
    customer: read.customer,
    services: (read.services ?? []).filter((service) => service.isSelected),
    giftCards: read.giftCards,
  };
}

interface Known {
  readonly shelved: ShelvedRules;
  readonly read: CartFacts;
  readonly limits: ReadonlyMap<string, LimitFacts>;
  readonly contested: Contested;
}

type Priced = Pick<PricedOrder, "lines" | "cart" | "facts" | "quote" | "madeBy" | "shelved" | "pricedAt">;

/** Limits with nothing left of what was refused to this order before. */
function barred(
  limits: ReadonlyMap<string, LimitFacts>,
  { promotionIds, isLast }: Contested,
): ReadonlyMap<string, LimitFacts> {
  if (promotionIds.size === 0 && !isLast) return limits;
  const left = new Map(limits);
  for (const id of isLast ? [...limits.keys(), ...promotionIds] : promotionIds)
    left.set(id, { usesLeft: 0, budgetLeft: 0 as Minor });
  return left;
}

/** The shown price of the order, where it was shown lately and goods, limits and code still bear it; else null. */
function keepShown(desk: OrderDesk, order: OrderRequest, shown: ShownQuote, known: Known): Priced | null {
  const { calculation, shelved, at } = shown;
  const isLate = desk.house.now() - at > desk.orders.priceHoldMs;
  if (isLate || known.contested.isLast || calculation.madeBy === "catalogue") return null;
  if (!isThere(shown.quote, known.read) || !isBorne(shown, known)) return null;
  const lines = markGifts(order.cart.lines, known.read.offerIds, shown.gifts);
  const ownCart = engineCart(
    { ...order.cart, lines },
    { lines, offerIds: known.read.offerIds },
    desk.settings,
  );
  const cart: Cart = { ...calculation.cart, lines: ownCart.lines, pointsToSpend: ownCart.pointsToSpend };
  const customer = withBalance(calculation.facts.customer, known);
  if (calculation.madeBy === "share") {
    const facts: Facts = { ...calculation.facts, customer };
    const quote = onOwnLines(shown.quote, cart);
    return quote === null ? null : { lines, cart, facts, quote, madeBy: "share", shelved, pricedAt: at };
  }
  const facts = { ...wholeFacts(calculation.facts, shelved), customer };
  const quote = desk.price(cart, shelved.rules, facts, at, "full");
  // Lines cut otherwise cost the same together; where they do not, the price is made anew and the difference told.
  if (quote.total !== shown.quote.total) return null;
  return { lines, cart, facts, quote, madeBy: "engine", shelved, pricedAt: at };
}

/** Points are what the customer has now, and none where they were refused. */
function withBalance(recorded: CustomerFacts | null, { read, contested }: Known): CustomerFacts | null {
  if (recorded === null) return null;
  const balance = contested.isLast ? 0 : (read.customer?.balance ?? 0);
  return { ...recorded, balance: balance as CustomerFacts["balance"] };
}

/** Whether every good of the quote, gifts too, can be had now. */
function isThere(quote: Quote, { offers }: CartFacts): boolean {
  const wanted = new Map<string, number>();
  for (const { isCounted, offerId, quantity } of quote.lines)
    if (isCounted && offerId !== null) wanted.set(offerId, (wanted.get(offerId) ?? 0) + quantity);
  return [...wanted].every(([id, count]) => {
    const offer = offers.get(id);
    return offer?.isAvailable === true && (offer.stock === null || offer.stock >= count);
  });
}

/** States in which a code that was shown to work is not kept; one that has ended since is. */
const LOST: ReadonlySet<string> = new Set(["redeemed", "blocked", "foreign"] satisfies CodeFacts["state"][]);

/** Whether limits and the code still bear what the quote applied. */
function isBorne({ quote }: ShownQuote, { limits, read }: Known): boolean {
  for (const { promotionId, amount } of appliedOf(quote)) {
    const left = limits.get(promotionId);
    if (left === undefined) continue;
    if (left.usesLeft !== null && left.usesLeft < 1) return false;
    if (left.budgetLeft !== null && left.budgetLeft < amount) return false;
  }
  const isByCode = quote.code?.state === "applied";
  return !isByCode || !LOST.has(read.code?.state ?? "free");
}

/** Promotions that a quote applies, with what each takes off, in no order. Of a part's quote its lines say it. */
export function appliedOf(quote: Quote): { readonly promotionId: string; readonly amount: number }[] {
  const sums = new Map<string, number>();
  for (const verdict of quote.verdicts) if (verdict.kind === "applied") sums.set(verdict.promotionId, 0);
  for (const line of quote.lines) {
    if (!line.isCounted) continue;
    for (const { promotionId, amount } of line.discounts)
      sums.set(promotionId, (sums.get(promotionId) ?? 0) + amount);
  }
  return [...sums].map(([promotionId, amount]) => ({ promotionId, amount }));
}

/** The order's lines with gifts of the quote marked as what the basket echoes of them, the last lines first. */
function markGifts(
  lines: readonly RequestedLine[],
  offerIds: readonly (string | null)[],
  gifts: ReadonlyMap<string, ShownGift>,
): readonly RequestedLine[] {
  if (gifts.size === 0) return lines;
  const left = new Map([...gifts].map(([offerId, gift]) => [offerId, gift.quantity]));
  const marked = [...lines];
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] as RequestedLine;
    const offerId = offerIds[index] ?? "";
    const rest = left.get(offerId) ?? 0;
    if (rest === 0 || !line.selected || line.quantity === null) continue;
    left.set(offerId, rest - Math.min(rest, line.quantity));
    const echoed = gifts.get(offerId)?.promotionIds ?? [];
    marked[index] = { ...line, echoed, sentAsFree: line.quantity <= rest };
  }
  return marked;
}

/** A part's quote on the order's own lines: by good and quantity. Null where they do not pair off. */
function onOwnLines(quote: Quote, cart: Cart): Quote | null {
  const free = new Set(cart.lines.keys());
  const lines: Quote["lines"][number][] = [];
  for (const line of quote.lines) {
    if (!line.isCounted) continue;
    const isOfLine = (index: number): boolean => {
      const own = cart.lines[index];
      return own?.offerId === line.offerId && own.quantity === line.quantity;
    };
    const index = [...free].find(isOfLine);
    if (index === undefined && line.lineIndex !== null) return null;
    if (index !== undefined) free.delete(index);
    lines.push(line.lineIndex === null ? line : { ...line, lineIndex: index ?? null });
  }
  return { ...quote, lines };
}

async function priceAnew(
  desk: OrderDesk,
  order: OrderRequest,
  known: Known,
  shown: ShownQuote | null,
): Promise<Priced | null> {
  const { read, shelved } = known;
  const customer = withBalance(read.customer, known);
  const facts: Facts = {
    offers: read.offers,
    customer,
    code: read.code,
    limits: known.limits,
    programme: shelved.programme,
  };
  const pricedAt = desk.house.now();
  const whole = await wholeOf(desk, order, known);
  const gifts = shown?.gifts ?? (whole === null ? chosenGifts(order, read) : giftsOfWhole(whole));
  const own = markGifts(order.cart.lines, read.offerIds, gifts);
  const attempt = (lines: readonly RequestedLine[]): Omit<Priced, "shelved" | "pricedAt"> | null => {
    const asked = engineCart({ ...order.cart, lines }, { lines, offerIds: read.offerIds }, desk.settings);
    const cart = { ...asked, lines: lowerQuantities(asked.lines, read.offers).lines };
    const made = priceCart(desk, cart, shelved, facts, pricedAt, "full");
    return made === null ? null : { lines, cart, facts, ...made };
  };
  const first = attempt(own);
  if (first === null) return null;
  const again = shown === null ? withoutGiftLines(first, read, attempt) : null;
  const made = again ?? first;
  if (whole === null) return { ...made, shelved, pricedAt };
  const { groupId } = order.cart;
  const shared = await sharePart(desk.house, shelved, groupId, made.lines, made.cart, facts, made);
  return { ...made, ...(shared ?? {}), shelved, pricedAt };
}

/** The whole of which the order may be a part. A share has what the whole was promised: of no use where that cannot be kept. */
async function wholeOf(desk: OrderDesk, { cart }: OrderRequest, { contested }: Known): Promise<Group | null> {
  const isContested = contested.isLast || contested.promotionIds.size > 0;
  return cart.groupId === null || isContested ? null : rememberedWhole(desk.house, cart.groupId, cart);
}

/** Gifts that the shopper picked: an order's lines hold them too, without a price by which to know them. */
function chosenGifts({ cart }: OrderRequest, { offerIds }: CartFacts): ReadonlyMap<string, ShownGift> {
  const gifts = new Map<string, ShownGift>();
  for (const { promotionId, gifts: picked } of cart.choices)
    for (const { offerId, quantity } of picked)
      if (offerIds.includes(offerId)) gifts.set(offerId, { quantity, promotionIds: [promotionId] });
  return gifts;
}

/**
 * An order sends the basket's last answer, gifts included, without prices. Where the engine grants gifts that the lines
 * hold already, those lines are the gifts: a shopper is not charged for what was promised free.
 */
function withoutGiftLines(
  first: Omit<Priced, "shelved" | "pricedAt">,
  read: CartFacts,
  attempt: (lines: readonly RequestedLine[]) => Omit<Priced, "shelved" | "pricedAt"> | null,
): Omit<Priced, "shelved" | "pricedAt"> | null {
  if (first.madeBy !== "engine") return null;
  const granted = new Map<string, ShownGift>();
  for (const line of first.quote.lines) {
    if (line.lineIndex !== null || line.offerId === null || !line.isCounted) continue;
    const promotionIds = line.discounts.map((one) => one.promotionId);
    const isEchoed = first.lines.some((sent) => sent.echoed.some((id) => promotionIds.includes(id)));
    if (!isEchoed && read.offerIds.includes(line.offerId))
      granted.set(line.offerId, { quantity: line.quantity, promotionIds });
  }
  if (granted.size === 0) return null;
  const again = attempt(markGifts(first.lines, read.offerIds, granted));
  const gave = new Set(again?.quote.lines.flatMap((line) => (line.lineIndex === null ? [line.offerId] : [])));
  return again !== null && [...granted.keys()].every((id) => gave.has(id)) ? again : null;
}
