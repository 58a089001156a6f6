// Places an order: once for its key, at a price of our own, with its promo code, limits and points, all in one transaction.
import { assert, type Instant } from "../core/basics/index.ts";
import {
  addOrder,
  claimOrderKey,
  lockCustomer,
  type PlacedKey,
  placementOf,
  releaseOrderKey,
  type StoredOrder,
  type Tx,
} from "../storage/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { claimUses } from "./claim-uses.ts";
import { bodyOf, type PlacedOrder, placedOrder, rowOf, writeParts } from "./compose-order.ts";
import { customerKeyOf } from "./customer-key.ts";
import { usesToClaim } from "./group-uses.ts";
import { limitsOfRules } from "./limits.ts";
import { noteEvent } from "./note-event.ts";
import { holdOrderPoints } from "./order-points.ts";
import type { OrderRequest } from "./order-request.ts";
import { appliedOf, type Contested, type OrderDesk, type PricedOrder, priceOrder } from "./price-order.ts";
import { traceOf } from "./quote-cart.ts";
import { holdWhole } from "./split-cart.ts";

/** What became of one order of a call; `answer` is the text that the first placement made and every repeat gets. */
export type OrderOutcome =
  | { readonly kind: "placed"; readonly answer: string; readonly order: PlacedOrder }
  | {
      readonly kind: "repeated";
      readonly answer: string;
      readonly orderId: string;
      readonly isOtherContents: boolean;
    }
  | { readonly kind: "refused"; readonly reason: "pricing_failed" | "no_usable_line" };

/** Steps between which a test may end the process or fail. */
export type PlacementStep = "priced" | "claimed" | "written" | "held" | "noted" | "used" | "committed";

/** How the flow speaks to its caller and its tests. */
export interface PlacementTalk {
  /** Makes the answer that is kept with the order: pure, as it may run more than once. */
  readonly answer: (order: PlacedOrder) => string;
  /** Called at each step; may throw. */
  readonly at?: (step: PlacementStep) => void | Promise<void>;
}

/** Tries with fresh facts before what is contested is left out. */
const FRESH_TRIES = 2;
/** Tries in all; the last takes nothing that anybody could contest. */
const MOST_TRIES = 12;

/** A claim that was refused rolls everything back: thrown within the transaction, caught around it. */
class ClaimRefused extends Error {
  readonly promotionId: string | null;

  constructor(promotionId: string | null) {
    super("a claim was refused");
    this.promotionId = promotionId;
  }
}

/**
 * Places `request`. The same key gets the stored answer for ever, also where its contents differ (and then the bell is
 * rung). A limit or points that somebody else took meanwhile roll everything back: the order is priced again with fresh
 * facts, a few times, and at last without what is contested. So it ends, and is never half there.
 */
export async function placeOrder(
  desk: OrderDesk,
  request: OrderRequest,
  talk: PlacementTalk,
): Promise<OrderOutcome> {
  const fingerprint = desk.secrets.hash(canonicalJson(request.contents));
  const known = await desk.house.database.read((tx) => placementOf(tx, request.uuid));
  if (known !== null) return repeated(desk, known, fingerprint);
  const lost = new Map<string, number>();
  for (let attempt = 1; ; attempt += 1) {
    const contested = contestedBy(lost, attempt);
    const priced = await priceOrder(desk, request, contested);
    if (priced.kind === "refused") return priced;
    await talk.at?.("priced");
    try {
      const done = await desk.house.database.transaction((tx) =>
        place(tx, desk, request, fingerprint, priced, talk),
      );
      if (!("number" in done)) return repeated(desk, done, fingerprint);
      note(desk, done);
      await talk.at?.("committed");
      return { kind: "placed", answer: talk.answer(done), order: done };
    } catch (error) {
      if (!(error instanceof ClaimRefused)) throw error;
      const name = error.promotionId ?? "";
      lost.set(name, (lost.get(name) ?? 0) + 1);
    }
  }
}

function contestedBy(lost: ReadonlyMap<string, number>, attempt: number): Contested {
  const given = [...lost].filter(([id, times]) => id !== "" && times >= FRESH_TRIES).map(([id]) => id);
  return { promotionIds: new Set(given), isLast: attempt >= MOST_TRIES };
}

function repeated({ house }: OrderDesk, placed: PlacedKey, fingerprint: string): OrderOutcome {
  const isOtherContents = placed.fingerprint !== fingerprint;
  if (isOtherContents) house.alarm("order_contents_differ", { orderId: placed.orderId });
  return { kind: "repeated", answer: placed.answer, orderId: placed.orderId, isOtherContents };
}

/** Everything of one placement; claims that many orders share come last, so that they are held for the commit only. */
async function place(
  tx: Tx,
  desk: OrderDesk,
  request: OrderRequest,
  fingerprint: string,
  priced: PricedOrder,
  talk: PlacementTalk,
): Promise<PlacedOrder | PlacedKey> {
  const { house } = desk;
  const at = house.now();
  const claim = await claimNumber(tx, { uuid: request.uuid, fingerprint, at }, (number) =>
    rowOf(placedOrder(number, request, priced), at),
  );
  if (claim.kind === "placed") return claim.placed;
  await talk.at?.("claimed");
  const owner = priced.customer?.id ?? null;
  // Merged since the price was made: everything is read anew, under the id that stayed.
  if (owner !== null && (await lockCustomer(tx, owner, at)) !== owner) throw new ClaimRefused(null);
  const order = placedOrder(claim.number, request, priced);
  const { id, frozen } = order;
  const { row } = claim;
  await writeParts(tx, order, talk.answer(order), at);
  await talk.at?.("written");
  const customerId = priced.customer?.id ?? null;
  if (frozen.spent > 0 && customerId !== null) {
    const wish = { orderId: id, customerId, amount: frozen.spent, at };
    const held = await holdOrderPoints(tx, house, priced.facts.programme, wish);
    if (held.kind === "refused") throw new ClaimRefused(null);
  }
  await talk.at?.("held");
  await noteEvent(tx, house, {
    kind: "order.placed",
    subject: { type: "order", id },
    body: bodyOf(order, row),
    at,
  });
  await talk.at?.("noted");
  const used = await claimUses(tx, {
    orderId: id,
    customerKey: customerKeyOf(desk.secrets, customerId, request.cart.customer),
    foldedCode: row.code,
    applied: await usesOf(tx, order, at),
    shelved: priced.shelved,
    at,
  });
  if (used.kind === "refused") throw new ClaimRefused(used.promotionId);
  await talk.at?.("used");
  return order;
}

/** What the order uses: all orders of a split cart are one use, and each takes its own part of a budget. */
async function usesOf(tx: Tx, { request, priced }: PlacedOrder, at: Instant) {
  const applied = appliedOf(priced.quote);
  const { groupId } = request.cart;
  if (priced.madeBy !== "share" || groupId === null) return applied;
  // Its orders come one after another: of two at once each would think itself the first.
  await holdWhole(tx, groupId, priced.cart, at);
  return usesToClaim(tx, groupId, applied);
}

/** Numbers of another system that are passed over before we give up. */
const MOST_TAKEN = 100;

/** Claims the key and writes the order's row, under a number that no imported order has. */
async function claimNumber(
  tx: Tx,
  key: { readonly uuid: string; readonly fingerprint: string; readonly at: Instant },
  rowOfNumber: (number: number) => StoredOrder,
) {
  for (let attempt = 1; ; attempt += 1) {
    const claim = await claimOrderKey(tx, key);
    if (claim.kind === "placed") return claim;
    const row = rowOfNumber(claim.number);
    if (await addOrder(tx, row)) return { ...claim, row };
    assert(attempt < MOST_TAKEN, "a number that no other system has is soon found");
    await releaseOrderKey(tx, claim.number);
  }
}

/** The calculation goes to the book under the order's id, so that the order is explained like a cart. */
function note(desk: OrderDesk, { id, priced }: PlacedOrder): void {
  const { cart, facts, quote, madeBy, pricedAt, shelved } = priced;
  desk.book.add(
    { id, at: pricedAt, cart, facts, quote, madeBy, ...traceOf(shelved, cart) },
    limitsOfRules(shelved).whole,
  );
}
