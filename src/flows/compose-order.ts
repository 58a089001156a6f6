// An order put together from its price: what every unit cost, what it is called, what of it is written and told.
import type { Instant } from "../core/basics/index.ts";
import { minor, NO_POINTS, type Points, points } from "../core/money/index.ts";
import { type FrozenOrder, freezeOrder } from "../core/orders/index.ts";
import { foldCode } from "../core/pricing/index.ts";
import {
  addOrderContact,
  addOrderLines,
  addOrderRecord,
  addOrderStep,
  type StoredOrder,
  type Tx,
} from "../storage/index.ts";
import { differencesOf } from "./order-differences.ts";
import type { OrderDifference, OrderRequest } from "./order-request.ts";
import { type LineRefs, type OrderLine, packLine, packTerms } from "./order-terms.ts";
import { appliedOf, type PricedOrder } from "./price-order.ts";

/** An order that was placed just now: everything that its answer may need. */
export interface PlacedOrder {
  readonly id: string;
  readonly number: number;
  readonly request: OrderRequest;
  readonly priced: PricedOrder;
  readonly frozen: FrozenOrder;
  readonly lines: readonly OrderLine[];
  readonly differences: readonly OrderDifference[];
}

/** The order under its number. */
export function placedOrder(number: number, request: OrderRequest, priced: PricedOrder): PlacedOrder {
  const { quote, facts, lines: sent } = priced;
  const frozen = freezeOrder(quote, {
    spending: spendingOf(request, priced),
    pointValue: minor(facts.programme?.pointValueMinor ?? 1),
    isWeighed: (offerId) => (facts.offers.get(offerId)?.step ?? null) !== null,
  });
  const lines = frozen.lines.map((line, position): OrderLine => {
    const asked = line.lineIndex === null ? undefined : sent[line.lineIndex];
    return {
      position,
      frozen: line,
      refs: asked === undefined ? giftRefs(line.offerId, priced) : refsOf(asked),
    };
  });
  const differences = differencesOf(request, priced, frozen.spent);
  return { id: String(number), number, request, priced, frozen, lines, differences };
}

/** Points that pay: what the shopper asked for, as far as goods and balance bear it. */
function spendingOf({ cart }: OrderRequest, { quote, customer }: PricedOrder): Points {
  if (quote.points === null || customer === null) return NO_POINTS;
  return points(Math.min(cart.pointsToSpend, quote.points.maySpend));
}

function refsOf({ ref, privateRef, productRef, kitId }: LineRefs): LineRefs {
  return { ref, privateRef, productRef, kitId };
}

/** What the app calls a gift that it sent along; null where it did not. */
function giftRefs(offerId: string, { lines, cart }: PricedOrder): LineRefs | null {
  const index = cart.lines.findIndex(
    (line, at) => line.offerId === offerId && (lines[at]?.echoed.length ?? 0) > 0,
  );
  const sent = lines[index];
  return sent === undefined ? null : refsOf(sent);
}

/** The row that stands for it. */
export function rowOf(order: PlacedOrder, at: Instant): StoredOrder {
  const { id, number, frozen, priced, request } = order;
  const { cart } = request;
  const isByCode = priced.quote.code?.state === "applied";
  return {
    id,
    number,
    customerId: priced.customer?.id ?? null,
    placedAt: at,
    status: "placed",
    totalMinor: frozen.total,
    channel: cart.channel,
    outletId: cart.outletId,
    employeeId: cart.employeeId,
    groupId: cart.groupId,
    grossMinor: frozen.gross,
    discountMinor: frozen.discount,
    deliveryMinor: request.agreed.deliveryPrice,
    byPointsMinor: frozen.byPoints,
    pointsSpent: frozen.spent,
    pointsEarned: frozen.earned,
    returnedMinor: 0,
    refundedMinor: 0,
    code: isByCode && cart.code !== null ? foldCode(cart.code) : null,
    calculationId: id,
    updatedAt: at,
    isPaid: null,
    trackingUrl: null,
    statusMessage: null,
    storageUntil: null,
    storageExtensions: 0,
  };
}

/** Writes everything that hangs on the row. */
export async function writeParts(tx: Tx, order: PlacedOrder, answer: string, at: Instant): Promise<void> {
  const { id, lines, request, priced, differences } = order;
  await addOrderLines(tx, id, lines.map(packLine));
  await addOrderStep(tx, id, 1, { status: "placed", side: "app", reason: null, at });
  await addOrderContact(tx, id, request.contact);
  const terms = packTerms({
    agreed: request.agreed,
    differences,
    services: priced.services.map((one) => ({
      id: one.id,
      itemId: one.itemId,
      title: one.title,
      price: one.price,
    })),
    giftCards: priced.giftCards.map(({ isUsable }, index) => ({
      last4: (request.cart.giftCards[index]?.number ?? "").slice(-4),
      isUsable,
    })),
    applied: appliedOf(priced.quote),
    rulesVersion: priced.shelved.version,
    isPriceKept: priced.isKept,
  });
  await addOrderRecord(tx, id, { answer, terms });
}

/** What receivers are told: ids and amounts. Who bought is asked for by those who may know. */
export function bodyOf(
  { frozen, request }: PlacedOrder,
  row: StoredOrder,
): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    uuid: request.uuid,
    status: row.status,
    customerId: row.customerId,
    channel: row.channel,
    outletId: row.outletId,
    groupId: row.groupId,
    totalMinor: row.totalMinor,
    discountMinor: row.discountMinor,
    deliveryMinor: row.deliveryMinor,
    pointsSpent: row.pointsSpent,
    lines: frozen.lines.slice(0, EVENT_LINES).map((line) => ({
      offerId: line.offerId,
      quantity: line.quantity,
      totalMinor: line.total,
    })),
    hasMoreLines: frozen.lines.length > EVENT_LINES,
  };
}

/** Lines that an event tells: a webhook carries at most 20 kB. */
const EVENT_LINES = 100;
