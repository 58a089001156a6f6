// One turn of an endpoint's queue: writes down what attempts came to, judges the endpoint, and takes what is due next.
import {
  type AttemptOutcome,
  isCharged,
  isReached,
  isSettled,
  nextAttemptIn,
  observeAttempt,
} from "../core/webhooks/index.ts";
import {
  type ClaimedDelivery,
  claimLanes,
  hurryLanes,
  lockEndpoint,
  neighboursOf,
  releaseLane,
  type StoredEndpoint,
  settleAttempt,
  type Tx,
  writeEndpoint,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** What one call came to. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome;
  /** HTTP status of the answer; null: none came. */
  readonly status: number | null;
  /** What the receiver asked for with 429 or 503, ms. */
  readonly retryAfterMs: number | null;
  /** A partner's own words, shortened; null for webhooks, whose answers are never shown. */
  readonly note: string | null;
  readonly ms: number;
}

/** An attempt that has ended. `result` null: it was broken off by our own stop, and counts as not made. */
export interface EndedAttempt {
  readonly delivery: ClaimedDelivery;
  readonly at: number;
  readonly result: AttemptResult | null;
}

/** Who takes a turn. */
export interface Turn {
  readonly endpointId: string;
  /** The instance. */
  readonly holder: string;
  readonly ended: readonly EndedAttempt[];
  /** How many more attempts the instance can begin. */
  readonly slots: number;
  /** From 0 to 1, for the jitter of retries. */
  chance(): number;
}

/** Most deliveries of one endpoint on their way at once, over all instances. */
export const IN_FLIGHT = 10;

/** How long a lane is held for one attempt, ms: twice the longest call, so that a killed instance holds up nobody for long. */
export const LANE_LEASE_MS = 30_000;

/** An endpoint reached within this time proves that our own network works, ms. */
const REACHED_LATELY_MS = 600_000;

/** Longest pause of a whole endpoint that a receiver can ask for, ms. */
const PAUSE_MOST_MS = 3_600_000;

/** After this many failures in a row a success makes all that waits due at once. */
const RECOVERY_AFTER = 10;

interface Bell {
  readonly kind: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/**
 * Takes a turn; gives what to send now. Null: there is no such endpoint any more. What a power cut undoes of it is an
 * attempt that is made again under the same id.
 */
export async function takeTurn(
  house: House,
  turn: Turn,
): Promise<{ readonly endpoint: StoredEndpoint; readonly claimed: readonly ClaimedDelivery[] } | null> {
  const now = house.now();
  const outcome = await house.database.transaction(
    async (tx) => {
      const before = await lockEndpoint(tx, turn.endpointId);
      if (before === null) return null;
      const bells: Bell[] = [];
      let endpoint = before;
      for (const ended of turn.ended) endpoint = await settle(tx, endpoint, ended, turn, now, bells);
      if (endpoint !== before) await writeEndpoint(tx, endpoint);
      const isCallable =
        endpoint.state === "enabled" && (endpoint.pausedUntil === null || endpoint.pausedUntil <= now);
      const claim = { endpointId: turn.endpointId, holder: turn.holder, until: now + LANE_LEASE_MS };
      const claimed = isCallable
        ? await claimLanes(tx, claim, now, { most: turn.slots, inFlight: IN_FLIGHT })
        : [];
      return { endpoint, claimed, bells };
    },
    { isLosable: true },
  );
  if (outcome === null) return null;
  for (const { kind, details } of outcome.bells) house.alarm(kind, details);
  return outcome;
}

async function settle(
  tx: Tx,
  endpoint: StoredEndpoint,
  ended: EndedAttempt,
  turn: Turn,
  now: number,
  bells: Bell[],
): Promise<StoredEndpoint> {
  const { delivery, result, at } = ended;
  const lane = { endpointId: endpoint.id, subject: delivery.subject, holder: turn.holder };
  if (result === null) {
    await releaseLane(tx, lane, now);
    return endpoint;
  }
  const attempt = delivery.attempts + 1;
  const pause = isSettled(result.outcome) ? null : nextAttemptIn(attempt, turn.chance(), result.retryAfterMs);
  const state = stateAfter(result.outcome, pause);
  const nextAt = pause === null ? null : at + result.ms + pause;
  await settleAttempt(tx, {
    endpointId: endpoint.id,
    number: delivery.number,
    subject: delivery.subject,
    attempt,
    at,
    ms: result.ms,
    outcome: result.outcome,
    status: result.status,
    note: result.note,
    state,
    nextAt,
  });
  await releaseLane(tx, lane, nextAt ?? now);
  const about = { endpoint: endpoint.id, event: delivery.event.id };
  if (state === "dead") bells.push({ kind: "webhook_given_up", details: { ...about, attempts: attempt } });
  if (state === "refused") bells.push({ kind: "status_push_refused", details: about });
  return judge(tx, endpoint, result, at + result.ms, bells);
}

function stateAfter(
  outcome: AttemptOutcome,
  pause: number | null,
): "pending" | "delivered" | "dead" | "refused" {
  if (outcome === "delivered") return "delivered";
  if (outcome === "answer_refused") return "refused";
  return pause === null ? "dead" : "pending";
}

/** The endpoint after an attempt; what waits for retries is hurried when it has come back. */
async function judge(
  tx: Tx,
  endpoint: StoredEndpoint,
  result: AttemptResult,
  at: number,
  bells: Bell[],
): Promise<StoredEndpoint> {
  const { outcome, status, retryAfterMs } = result;
  const isOnEndpoint =
    isSettled(outcome) || isCharged(outcome, await neighboursOf(tx, endpoint.id, at - REACHED_LATELY_MS));
  const change = observeAttempt(endpoint, { outcome, at, isCharged: isOnEndpoint });
  if (isSettled(outcome) && endpoint.failures >= RECOVERY_AFTER) await hurryLanes(tx, endpoint.id, at);
  if (change.alarm !== null) {
    bells.push({
      kind: "webhook_failing",
      details: { endpoint: endpoint.id, failures: change.health.failures, percent: change.alarm, outcome },
    });
  }
  const isPausing = (status === 429 || status === 503) && retryAfterMs !== null;
  const next: StoredEndpoint = {
    ...endpoint,
    ...change.health,
    lastOutcome: outcome,
    lastReachedAt: isReached(outcome) ? at : endpoint.lastReachedAt,
    lastSuccessAt: isSettled(outcome) ? at : endpoint.lastSuccessAt,
    pausedUntil: isPausing ? at + Math.min(retryAfterMs, PAUSE_MOST_MS) : endpoint.pausedUntil,
  };
  // IMSHOP is no guest: it is told as long as its address stands in the settings.
  if (change.disable === null || endpoint.state === "disabled" || endpoint.channel === "imshop") return next;
  bells.push({ kind: "webhook_disabled", details: { endpoint: endpoint.id, reason: change.disable } });
  return { ...next, state: "disabled", disabledReason: change.disable, disabledAt: at };
}
