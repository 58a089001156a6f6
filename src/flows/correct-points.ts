// Points put in or taken out by hand: with a reason, and above a limit only when a second person agrees.
import { assert, type Instant, instant } from "../core/basics/index.ts";
import { decideAdjustment } from "../core/loyalty/index.ts";
import { NO_POINTS, type Points } from "../core/money/index.ts";
import {
  addPointsRequest,
  correctionsSince,
  decidePointsRequest,
  lockOperator,
  movementByKey,
  type PointsRequest,
  pointsRequestById,
  pointsRequestByKey,
  type RequestState,
  type Tx,
  waitingPointsRequests,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { postPoints, type SettledPoints, settleOpened, settlePoints } from "./settle-points.ts";

/** What one person may do alone; settings of the installation. */
export interface CorrectionLimits {
  /** Most points at once, put in or taken out. */
  readonly mostPoints: number;
  /** Most corrections in 24 hours. */
  readonly mostPerDay: number;
}

/** A correction as a person asks for it. */
export interface Correction {
  readonly customerId: string;
  /** Above 0: put in; below: taken out. Not 0. */
  readonly amount: number;
  /** Why; kept with the movement for ever. */
  readonly reason: string;
  /** Who asks: a token's id, or "cli". */
  readonly actor: string;
  /** Unique: a second call with it changes nothing. */
  readonly key: string;
  readonly at: Instant;
  /** When points that are put in end; null: never. */
  readonly expiresAt: Instant | null;
  readonly limits: CorrectionLimits;
}

/** What became of a correction. */
export type PointsCorrected =
  | { readonly kind: "corrected" | "repeated"; readonly movementId: string }
  /** It waits for a second person. */
  | { readonly kind: "waits"; readonly requestId: string }
  | { readonly kind: "refused"; readonly reason: "reason_missing" | "expiry_past" }
  /** It would take more than there is. */
  | { readonly kind: "refused"; readonly reason: "too_few_points"; readonly available: Points };

const DAY = 86_400_000;

/** Corrects the points of a customer, or keeps the wish for a second person. */
export async function correctPoints(tx: Tx, house: House, correction: Correction): Promise<PointsCorrected> {
  const { customerId, amount, actor, at, expiresAt, limits } = correction;
  assert(Number.isSafeInteger(amount) && amount !== 0, "a correction changes something");
  if (correction.reason.trim() === "") return { kind: "refused", reason: "reason_missing" };
  if (expiresAt !== null && expiresAt <= at) return { kind: "refused", reason: "expiry_past" };
  const settled =
    amount > 0
      ? await settleOpened(tx, house, customerId, at)
      : await settlePoints(tx, house, customerId, at);
  if (settled === null) return { kind: "refused", reason: "too_few_points", available: NO_POINTS };
  const earlier = await earlierOutcome(tx, correction.key);
  if (earlier !== null) return earlier;
  // One after another, or two at once would both be the last one that is free.
  await lockOperator(tx, actor);
  const done = await correctionsSince(tx, actor, instant(at - DAY));
  if (Math.abs(amount) > limits.mostPoints || done >= limits.mostPerDay) {
    const requestId = house.newId();
    const { reason, key } = correction;
    const wish = { id: requestId, key, customerId, amount, reason, expiresAt };
    await addPointsRequest(tx, { ...wish, askedBy: actor, askedAt: at });
    return { kind: "waits", requestId };
  }
  return post(tx, house, correction, settled);
}

async function earlierOutcome(tx: Tx, key: string): Promise<PointsCorrected | null> {
  const movement = await movementByKey(tx, `correct:${key}`);
  if (movement !== null) return { kind: "repeated", movementId: movement.id };
  const request = await pointsRequestByKey(tx, key);
  return request === null ? null : { kind: "waits", requestId: request.id };
}

async function post(
  tx: Tx,
  house: House,
  wish: Pick<Correction, "amount" | "reason" | "actor" | "key" | "at" | "expiresAt">,
  { customerId, lots }: SettledPoints,
): Promise<PointsCorrected> {
  const { amount, reason, actor, at, expiresAt } = wish;
  const decision = decideAdjustment(
    { kind: "correct", customerId, amount, lotId: house.newId(), expiresAt },
    lots,
    at,
  );
  if (decision.kind === "refused")
    return { kind: "refused", reason: "too_few_points", available: decision.available };
  const note = { key: `correct:${wish.key}`, customerId, at, actor, reason };
  const movementId = await postPoints(tx, house, decision.posting, note);
  assert(movementId !== null, "a correction changes something");
  return { kind: "corrected", movementId };
}

/** Who decides what. */
export interface RequestDecision {
  readonly requestId: string;
  /** Never who asked. */
  readonly actor: string;
  readonly at: Instant;
}

/** What became of a decision. */
export type RequestDecided =
  | { readonly kind: "approved"; readonly movementId: string }
  | { readonly kind: "declined" }
  | { readonly kind: "refused"; readonly reason: "unknown_request" | "same_person" | "expiry_past" }
  | { readonly kind: "refused"; readonly reason: "decided_before"; readonly state: RequestState }
  /** It stays waiting: there is less than it would take. */
  | { readonly kind: "refused"; readonly reason: "too_few_points"; readonly available: Points };

/** A second person agrees: the correction is made now, in the name of who asked. */
export async function approveCorrection(
  tx: Tx,
  house: House,
  decision: RequestDecision,
): Promise<RequestDecided> {
  const { requestId, actor, at } = decision;
  const seen = await pointsRequestById(tx, requestId);
  if (seen === null) return { kind: "refused", reason: "unknown_request" };
  const settled = await settleOpened(tx, house, seen.customerId, at);
  // Under the lock: a merge or another decision may have come in between.
  const request = await pointsRequestById(tx, requestId);
  assert(request !== null, "requests are never removed");
  const refusal = refusalOf(request, actor);
  if (refusal !== null) return refusal;
  if (request.customerId !== seen.customerId) return approveCorrection(tx, house, decision);
  if (request.expiresAt !== null && request.expiresAt <= at)
    return { kind: "refused", reason: "expiry_past" };
  const posted = await post(tx, house, { ...request, actor: request.askedBy, at }, settled);
  if (posted.kind === "refused" && posted.reason === "too_few_points") return posted;
  assert(posted.kind === "corrected", "what waited is posted once");
  const { movementId } = posted;
  const isDecided = await decidePointsRequest(tx, requestId, {
    state: "approved",
    by: actor,
    at,
    movementId,
  });
  // Declined in this very moment: what was posted must not stand.
  assert(isDecided, "a request is decided under its customer's lock");
  return { kind: "approved", movementId };
}

/** A second person does not agree. */
export async function declineCorrection(
  tx: Tx,
  house: House,
  { requestId, actor, at }: RequestDecision,
): Promise<RequestDecided> {
  const seen = await pointsRequestById(tx, requestId);
  if (seen === null) return { kind: "refused", reason: "unknown_request" };
  await settleOpened(tx, house, seen.customerId, at);
  const isDeclined = await decidePointsRequest(tx, requestId, {
    state: "declined",
    by: actor,
    at,
    movementId: null,
  });
  if (isDeclined) return { kind: "declined" };
  const request = await pointsRequestById(tx, requestId);
  const refusal = request === null ? null : refusalOf(request, actor);
  assert(refusal !== null, "a request that cannot be declined says why");
  return refusal;
}

function refusalOf(request: PointsRequest, actor: string): RequestDecided | null {
  if (request.state !== "waiting") return { kind: "refused", reason: "decided_before", state: request.state };
  return request.askedBy === actor ? { kind: "refused", reason: "same_person" } : null;
}

/** Corrections that wait for a second person, the oldest first; the next page begins after the last one's id. */
export function findWaitingCorrections(
  house: House,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly PointsRequest[]> {
  return house.database.read((tx) => waitingPointsRequests(tx, page.after, page.limit));
}
