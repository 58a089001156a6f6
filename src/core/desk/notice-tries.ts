// What becomes of a message that was tried: tried again with longer and longer pauses, or given up with a reason that is kept.

/** How one try ended. `why` is a word, never a text of the other side. */
export type NoticeEnd =
  | { readonly kind: "sent" }
  /** It will never be taken: no such chat, no such mailbox. */
  | { readonly kind: "refused"; readonly why: string }
  | {
      readonly kind: "failed";
      readonly why: string;
      /** False: nobody was there, or our own settings are at fault; the message is not to blame and is never given up for it. */
      readonly isReached: boolean;
      /** What the other side asked for, ms. */
      readonly retryAfterMs: number | null;
    };

/** Tries so far. */
export interface NoticeTries {
  /** The other side was there and did not take it. */
  readonly attempts: number;
  /** Nobody was there, in a row. */
  readonly misses: number;
}

/** What follows; `pauseMs` holds for the whole destination. */
export type NoticeStep =
  | { readonly state: "sent" }
  | { readonly state: "given_up"; readonly why: string }
  | ({ readonly state: "waiting"; readonly why: string; readonly pauseMs: number } & NoticeTries);

const MINUTE = 60_000;

/** Pauses after each failure, ms: six hours in all. */
const PAUSES = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE, 120 * MINUTE];

/** Tries that are answered with a failure before a message is given up. */
export const NOTICE_ATTEMPTS = PAUSES.length + 1;

/** Longest pause while nobody is there, ms. */
const MISS_MOST_MS = 10 * MINUTE;

/** Longest wish of the other side that is granted, ms. */
const WISH_MOST_MS = 60 * MINUTE;

/** What follows after a try. */
export function stepAfterNotice(before: NoticeTries, end: NoticeEnd): NoticeStep {
  if (end.kind === "sent") return { state: "sent" };
  if (end.kind === "refused") return { state: "given_up", why: end.why };
  const attempts = before.attempts + (end.isReached ? 1 : 0);
  const misses = end.isReached ? 0 : before.misses + 1;
  if (attempts >= NOTICE_ATTEMPTS) return { state: "given_up", why: end.why };
  const usual = PAUSES[(end.isReached ? attempts : Math.min(misses, PAUSES.length)) - 1] as number;
  const pause = end.isReached ? usual : Math.min(usual, MISS_MOST_MS);
  const pauseMs = Math.max(pause, Math.min(end.retryAfterMs ?? 0, WISH_MOST_MS));
  return { state: "waiting", why: end.why, pauseMs, attempts, misses };
}
