// One answer to a marketplace's feedback: its states, and what each outcome of a call makes of it. An answer is sent at most
// once; what nobody can know stays unknown until a person decides.
import type { AnswerWord } from "./item.ts";

/**
 * How far an answer is. "sending": a call is on its way, or was when the server died. "retrying": the last call certainly
 * reached nobody. "delivered", "outdated", "no_subscription", "unknown_feedback" and "rejected" are the marketplace's words;
 * "failed": all tries are used up and nothing arrived; "unknown": it may have arrived; "cancelled": a person took it back.
 */
export const ANSWER_STATES = [
  "draft",
  "awaiting_approval",
  "queued",
  "sending",
  "retrying",
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "unknown",
  "cancelled",
] as const;

/** One of ANSWER_STATES. */
export type AnswerState = (typeof ANSWER_STATES)[number];

/** Percents that the marketplace has promo codes for. */
export const PROMO_PERCENTS = [10, 15, 20, 30, 40] as const;

/** One of PROMO_PERCENTS. */
export type PromoPercent = (typeof PROMO_PERCENTS)[number];

/** How long after "send" an answer can be taken back before anything happens, ms. */
export const UNDO_MS = 10_000;

/** States in which a feedback has its answer, or may have it: there is never a second one beside. */
export const HOLDING_STATES = [
  "queued",
  "sending",
  "retrying",
  "delivered",
  "unknown",
] as const satisfies readonly AnswerState[];

/** Whether an answer in `state` keeps the place of a feedback's only answer. */
export function isHolding(state: AnswerState): boolean {
  return (HOLDING_STATES as readonly AnswerState[]).includes(state);
}

/** Whether a person can take the answer back: nothing is on its way. */
export function isUndoable(state: AnswerState): boolean {
  return state === "awaiting_approval" || state === "queued" || state === "retrying";
}

/** Whether `percent` is one that a code can have. */
export function isPromoPercent(percent: unknown): percent is PromoPercent {
  return (PROMO_PERCENTS as readonly unknown[]).includes(percent);
}

/** What the item's list shows of an answer; null: nothing of it is to be seen there. */
export function wordOfAnswer(state: AnswerState): AnswerWord | null {
  switch (state) {
    case "draft":
    case "cancelled":
      return null;
    case "sending":
    case "retrying":
      return "queued";
    default:
      return state;
  }
}

/**
 * How a call ended. "not_written": no byte of the request has left, or nobody took it; "unanswered": the request was written
 * and no answer came. `isPage`: a web page stood in the place of the marketplace's empty answer.
 */
export type AnswerCallEnd =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfterMs: number | null;
      readonly isPage: boolean;
      /** Beginning of the body, for people. */
      readonly note: string | null;
    }
  | { readonly kind: "not_written"; readonly why: string }
  | { readonly kind: "unanswered"; readonly why: string };

/** Why of an answer that our own side would not let out. */
export const NOT_SENDABLE = "not_sendable";

/** What one attempt came to. */
export type AttemptWord =
  | "delivered"
  | "outdated"
  | "rejected"
  | "unauthorized"
  | "no_subscription"
  | "unknown_feedback"
  | "throttled"
  | "not_written"
  | "unknown";

/** The word for a call's end. What the contract does not name, and is no refusal, may have reached the customer. */
export function wordOfCall(end: AnswerCallEnd): AttemptWord {
  // Waiting makes nothing sendable: its text was erased, or is not what the marketplace takes.
  if (end.kind === "not_written") return end.why === NOT_SENDABLE ? "rejected" : "not_written";
  if (end.kind === "unanswered") return "unknown";
  switch (end.status) {
    case 200:
      return end.isPage ? "unknown" : "delivered";
    case 204:
      return "outdated";
    case 401:
      return "unauthorized";
    case 403:
      return "no_subscription";
    case 404:
      return "unknown_feedback";
    case 429:
      return "throttled";
    default:
      return end.status >= 400 && end.status < 500 ? "rejected" : "unknown";
  }
}

/** What of an answer's past decides on the next step. */
export interface AnswerPast {
  /** Calls made so far, this one included. */
  readonly attempts: number;
  /** How many of them were refused for their token, this one not included. */
  readonly refusedTokens: number;
  /** When a person let it go, ms UTC. */
  readonly queuedAt: number;
}

/** What becomes of an answer. */
export interface AnswerStep {
  readonly state: AnswerState;
  /** When the next call may be made; null: there is none. */
  readonly sendAt: number | null;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after attempts that certainly reached nobody; the last one is repeated. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR] as const;

/** Longest wish of the marketplace that is granted, ms. */
const RETRY_AFTER_MOST_MS = 6 * HOUR;

/** How long an answer is tried, ms: after three days an apology is none. */
export const TRYING_MS = 72 * HOUR;

/** The step after an attempt that ended at `now`. */
export function stepAfter(
  word: AttemptWord,
  past: AnswerPast,
  now: number,
  retryAfterMs: number | null = null,
): AnswerStep {
  switch (word) {
    case "unauthorized":
      // A token may have ended on the way: one new token, one more call, no third.
      return past.refusedTokens === 0
        ? { state: "retrying", sendAt: now }
        : { state: "failed", sendAt: null };
    case "throttled":
    case "not_written": {
      const pause = PAUSES[Math.min(past.attempts, PAUSES.length) - 1] as number;
      const sendAt = now + Math.max(pause, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MOST_MS));
      return sendAt - past.queuedAt > TRYING_MS
        ? { state: "failed", sendAt: null }
        : { state: "retrying", sendAt };
    }
    default:
      return { state: word, sendAt: null };
  }
}

/** Whether what the promo code would have cost is given back: it is certain that nobody got it. */
export function givesBack(state: AnswerState): boolean {
  switch (state) {
    case "outdated":
    case "no_subscription":
    case "unknown_feedback":
    case "rejected":
    case "failed":
    case "cancelled":
      return true;
    default:
      return false;
  }
}
