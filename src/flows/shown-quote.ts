// The price that a shopper was shown: found among the calculations of their last carts by what the order holds.
import type { Instant } from "../core/basics/index.ts";
import { instant } from "../core/basics/index.ts";
import { type Cart, foldCode, type Quote } from "../core/pricing/index.ts";
import { type CalculationRecord, goodsByHash, latestCalculations, type Tx } from "../storage/index.ts";
import {
  goodsNamed,
  type OpenedRecord,
  openRecord,
  readWording,
  type StoredCalculation,
  unpackCalculation,
} from "./calculation-text.ts";
import type { CartRequest } from "./cart-request.ts";
import { deviceKey } from "./device-key.ts";
import { wholeFacts } from "./limits.ts";
import type { CartDesk } from "./quote-cart.ts";
import type { ShelvedRules } from "./rule-shelf.ts";

/** How far back carts are looked at to say what changed since, ms. */
const COMPARED_AGE = 24 * 3_600_000;
/** Most carts that are looked at. */
const MOST_CARTS = 20;

/** A quote that the shopper saw for the very goods of an order. */
export interface ShownQuote {
  readonly calculation: StoredCalculation;
  /** The rules that it was made with. */
  readonly shelved: ShelvedRules;
  readonly quote: Quote;
  readonly at: Instant;
  /** Lines of the order that are its gifts: thousandths by offer, and which promotions gave them. */
  readonly gifts: ReadonlyMap<string, ShownGift>;
}

/** A gift of a shown quote. */
export interface ShownGift {
  readonly quantity: number;
  readonly promotionIds: readonly string[];
}

/** Goods of an order as resolved: offer ids in the order of its lines. */
export interface OrderGoods {
  readonly request: CartRequest;
  readonly offerIds: readonly (string | null)[];
  readonly customerId: string | null;
}

/**
 * The newest quote of this shopper for these goods, this code and these choices; null where there is none. An order's
 * lines may hold the gifts of the quote or not.
 */
export async function findShownQuote(desk: CartDesk, goods: OrderGoods): Promise<ShownQuote | null> {
  const { request, customerId } = goods;
  // A cart was anonymous where only the order says who buys: then it is noted under the install.
  const device = deviceKey(desk.secrets, request.deviceId);
  if (customerId === null && device === null) return null;
  const wanted = quantitiesOf(goods);
  if (wanted === null) return null;
  await desk.book.catchUp();
  const since = desk.house.now() - COMPARED_AGE;
  const stored = await desk.house.database.read(async (tx) => {
    const records = await latestCalculations(tx, { customerId, device }, since, MOST_CARTS);
    return unpack(
      tx,
      records.map(openRecord).filter((opened) => mayBe(opened, request, wanted)),
    );
  });
  for (const calculation of stored) {
    const shown = await matching(desk, calculation, wanted);
    if (shown !== null) return shown;
  }
  return null;
}

/** Thousandths by offer; null when the order holds something that is no offer. */
function quantitiesOf({ request, offerIds }: OrderGoods): ReadonlyMap<string, number> | null {
  const sums = new Map<string, number>();
  for (const [index, line] of request.lines.entries()) {
    const offerId = offerIds[index] ?? null;
    if (!line.selected) continue;
    if (offerId === null || line.quantity === null) return null;
    sums.set(offerId, (sums.get(offerId) ?? 0) + line.quantity);
  }
  return sums;
}

async function unpack(tx: Tx, opened: readonly OpenedRecord[]): Promise<StoredCalculation[]> {
  const bodies = await goodsByHash(tx, opened.flatMap(goodsNamed));
  const wordings = new Map([...bodies].map(([hash, body]) => [hash, readWording(body)]));
  return opened.map((one) => unpackCalculation(one, wordings));
}

/** Whether a record may be of these goods, as far as can be seen without pricing it again. */
function mayBe(
  { record, input }: OpenedRecord & { readonly record: CalculationRecord },
  request: CartRequest,
  wanted: ReadonlyMap<string, number>,
): boolean {
  const { cart } = input;
  const code = request.code === null ? null : foldCode(request.code);
  return (
    cart.channel === request.channel &&
    record.code === code &&
    isAlike(cart.deliveryMethod, request.deliveryMethod) &&
    isAlike(cart.paymentMethod, request.paymentMethod) &&
    isAlike(cart.pickupPoint, request.pickupPoint) &&
    (cart.outletId ?? null) === request.outletId &&
    choicesKey(cart) === choicesKey(request) &&
    input.cart.lines.every(
      ([offerId, , selected]) => selected === 0 || (offerId !== null && wanted.has(offerId)),
    )
  );
}

/** Equal, with or without the word of the source in front; what one of them does not say differs from nothing. */
function isAlike(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return true;
  const bare = (text: string): string => text.slice(text.indexOf("/") + 1);
  return left === right || bare(left) === bare(right);
}

function choicesKey({ choices }: Pick<Cart, "choices">): string {
  return JSON.stringify(
    choices
      .map(({ promotionId, gifts }) => [
        promotionId,
        ...gifts.map(({ offerId, quantity }) => `${quantity} ${offerId}`).sort(),
      ])
      .sort(),
  );
}

async function matching(
  desk: CartDesk,
  calculation: StoredCalculation,
  wanted: ReadonlyMap<string, number>,
): Promise<ShownQuote | null> {
  const shelved = await desk.rules.ofVersion(calculation.rules.version);
  if (shelved === null || shelved.hash !== calculation.rules.hash) return null;
  const at = instant(calculation.at);
  const quote = quoteOf(desk, calculation, shelved, at);
  if (quote === null) return null;
  const gifts = giftsBeside(quote, wanted);
  return gifts === null ? null : { calculation, shelved, quote, at, gifts };
}

/** The quote as it was answered; null when it comes out otherwise today (another engine, goods forgotten). */
function quoteOf(
  desk: CartDesk,
  { kept, cart, facts }: StoredCalculation,
  shelved: ShelvedRules,
  at: Instant,
): Quote | null {
  if (kept.kind === "whole") return kept.quote;
  const quote = desk.price(cart, shelved.rules, wholeFacts(facts, shelved), at, "plain");
  return quote.total === kept.digest.total && quote.discount === kept.digest.discount ? quote : null;
}

/** The gifts of the quote that are among the wanted goods, where those are the paid ones alone or all; null for others. */
function giftsBeside(
  quote: Quote,
  wanted: ReadonlyMap<string, number>,
): ReadonlyMap<string, ShownGift> | null {
  const paid = new Map<string, number>();
  const gifts = new Map<string, ShownGift>();
  for (const line of quote.lines) {
    if (!line.isCounted || line.offerId === null) continue;
    if (line.lineIndex !== null) paid.set(line.offerId, (paid.get(line.offerId) ?? 0) + line.quantity);
    else {
      const known = gifts.get(line.offerId);
      gifts.set(line.offerId, {
        quantity: (known?.quantity ?? 0) + line.quantity,
        promotionIds: [...(known?.promotionIds ?? []), ...line.discounts.map((one) => one.promotionId)],
      });
    }
  }
  if (isSame(paid, wanted)) return new Map();
  const all = new Map(paid);
  for (const [offerId, gift] of gifts) all.set(offerId, (all.get(offerId) ?? 0) + gift.quantity);
  return isSame(all, wanted) ? gifts : null;
}

function isSame(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([key, count]) => right.get(key) === count);
}
