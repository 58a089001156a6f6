// The loyalty programme at work: balances, corrections, and codes shown at a till.
import { loyaltyCalls } from "../../contract/index.ts";
import { instant } from "../../core/basics/index.ts";
import type { Lot } from "../../core/loyalty/index.ts";
import { points } from "../../core/money/index.ts";
import {
  type ApiCaller,
  decideCorrection,
  findPointsHistory,
  findWaitingCorrections,
  makeCorrection,
  ordersNamed,
  readLotsOf,
  readPointsOf,
  verifyLoyaltyCode,
  viewCustomer,
  writeBalance,
} from "../../flows/index.ts";
import type { HistoryPlace, PointsEvent } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const verifyCode = route(loyaltyCalls.verifyLoyaltyCode, async ({ house, secrets, loyaltyCodeMs, body }) => {
  const verified = await verifyLoyaltyCode(house, secrets, body.code, loyaltyCodeMs);
  if (verified.kind === "refused") return refuse(verified.reason);
  const names = { externalUserId: verified.customerId, loyaltyCard: null, phone: null };
  const customer = await viewCustomer(house, secrets, names, []);
  return {
    customerId: verified.customerId,
    tier: customer?.tier ?? null,
    balancePoints: customer?.balance ?? 0,
  };
});

const getBalance = route(loyaltyCalls.getCustomerBalance, async ({ house, params }) => {
  const found = await readPointsOf(house, params.customerId);
  if (found === null) return refuse("not_found");
  return {
    customerId: found.customerId,
    balancePoints: found.available,
    pendingPoints: found.pending,
    heldPoints: found.held,
    nextEndAt: shownOrNull(found.next?.at ?? null),
    nextEndPoints: found.next?.points ?? 0,
  };
});

const getLots = route(loyaltyCalls.getCustomerLots, async ({ house, params, caller }) => {
  const found = await readLotsOf(house, params.customerId);
  if (found === null) return refuse("not_found");
  const { customerId, at, lots, holds } = found;
  const sold = [...lots, ...holds].map(({ orderId }) => orderId);
  const named = await ordersNamed(house, caller.stores, sold);
  return {
    customerId,
    lots: lots.map((lot) => ({
      id: lot.id,
      kind: lot.kind,
      orderId: named(lot.orderId),
      points: lot.amount,
      // As carts see it: time has its say before the jobs write it down.
      availablePoints: isOpen(lot, at) ? lot.pending + lot.available : 0,
      pendingPoints: lot.activeFrom > at ? lot.pending : 0,
      heldPoints: lot.held,
      activeFrom: shown(lot.activeFrom),
      expiresAt: shownOrNull(lot.expiresAt),
      createdAt: shown(lot.createdAt),
    })),
    holds: holds.map(({ orderId, amount, releaseAt }) => ({
      orderId: named(orderId),
      points: amount,
      releaseAt: shown(releaseAt),
    })),
  };
});

/** Whether a lot may be spent at `at`. */
function isOpen({ activeFrom, expiresAt }: Lot, at: number): boolean {
  return activeFrom <= at && (expiresAt === null || expiresAt > at);
}

const putBalance = route(loyaltyCalls.putCustomerBalance, async ({ house, params, body, caller }) => {
  const { balancePoints, changePoints = null, reason = null } = body;
  const written = await writeBalance(house, {
    customerId: params.customerId,
    balance: points(balancePoints),
    change: changePoints,
    expiresAt: endOf(body.expiresAt),
    reason,
    actor: caller.tokenId,
  });
  if (written.kind === "written") {
    const { before, movementId } = written;
    return { customerId: params.customerId, beforePoints: before, balancePoints, movementId };
  }
  if (written.reason !== "balance_differs") return refuse(written.reason);
  return refuse("balance_differs", `Ours was ${written.before} before the change.`);
});

const listMovements = route(loyaltyCalls.listCustomerPoints, async ({ house, params, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const before = wish.after === null ? null : placeOf(wish.after);
  if (before === undefined) return refuse("bad_cursor");
  if ((await readPointsOf(house, params.customerId)) === null) return refuse("not_found");
  const found = await findPointsHistory(house, params.customerId, { before, limit: wish.limit + 1 });
  const sold = found.map(({ orderId }) => orderId);
  const named = await ordersNamed(house, caller.stores, sold);
  return pageOf(
    found,
    wish.limit,
    ({ at, id }) => `${at} ${id}`,
    (event) => movementShown(event, caller, named(event.orderId)),
  );
});

/** Where a page ended; undefined for what is none of ours. */
function placeOf(text: string): HistoryPlace | undefined {
  const match = /^(\d{1,15}) (.+)$/s.exec(text);
  return match === null ? undefined : { at: instant(Number(match[1])), id: match[2] as string };
}

/** Who corrected, and why, is told to people of all outlets: it may name what happened in another. */
function movementShown(event: PointsEvent, { stores }: ApiCaller, orderId: string | null) {
  return {
    movementId: event.id,
    kind: event.kind,
    at: shown(event.at),
    availablePoints: event.available,
    pendingPoints: event.pending,
    heldPoints: event.held,
    orderId,
    actor: stores === null ? event.actor : null,
    reason: stores === null ? event.reason : null,
    activeFrom: shownOrNull(event.activeFrom),
    expiresAt: shownOrNull(event.expiresAt),
  };
}

function endOf(text: string | null | undefined) {
  return text === null || text === undefined ? null : instant(Date.parse(text));
}

const correct = route(loyaltyCalls.createCorrection, async ({ house, body, caller, correctionLimits }) => {
  const wrong = (field: string, message: string) =>
    refuse("invalid_request", undefined, [{ path: `/body/${field}`, message }]);
  if (body.points === 0) return wrong("points", "must not be 0");
  const made = await makeCorrection(house, {
    customerId: body.customerId,
    amount: body.points,
    reason: body.reason,
    actor: caller.tokenId,
    expiresAt: endOf(body.expiresAt),
    limits: correctionLimits,
  });
  if (made.kind === "waits")
    return { state: "waiting" as const, movementId: null, requestId: made.requestId };
  if (made.kind !== "refused")
    return { state: "corrected" as const, movementId: made.movementId, requestId: null };
  return made.reason === "reason_missing" ? wrong("reason", "must say why") : refuse(made.reason);
});

const listCorrections = route(loyaltyCalls.listCorrections, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findWaitingCorrections(house, { after: wish.after, limit: wish.limit + 1 });
  return pageOf(
    found,
    wish.limit,
    ({ id }) => id,
    (request) => ({
      requestId: request.id,
      customerId: request.customerId,
      points: request.amount,
      reason: request.reason,
      expiresAt: shownOrNull(request.expiresAt),
      askedBy: request.askedBy,
      askedAt: shown(request.askedAt),
    }),
  );
});

async function decided(...[house, decision]: Parameters<typeof decideCorrection>) {
  const outcome = await decideCorrection(house, decision);
  const { requestId } = decision;
  if (outcome.kind === "approved")
    return { state: "approved" as const, movementId: outcome.movementId, requestId };
  if (outcome.kind === "declined") return { state: "declined" as const, movementId: null, requestId };
  return outcome.reason === "unknown_request" ? refuse("not_found") : refuse(outcome.reason);
}

/** Routes of the tag "loyalty", but for reports and imports. */
export const loyaltyRoutes = [
  verifyCode,
  getBalance,
  getLots,
  putBalance,
  listMovements,
  correct,
  listCorrections,
  route(loyaltyCalls.approveCorrection, ({ house, params, caller }) =>
    decided(house, { requestId: params.requestId, actor: caller.tokenId, isApproved: true }),
  ),
  route(loyaltyCalls.declineCorrection, ({ house, params, caller }) =>
    decided(house, { requestId: params.requestId, actor: caller.tokenId, isApproved: false }),
  ),
];
