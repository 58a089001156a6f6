// One piece of feedback as the desk sees it, whichever channel brought it: what was said, and how far the work on it is.

/** Where feedback comes from: the retailer's own app, or a marketplace. */
export const DESK_SOURCES = ["app", "yandex-eats"] as const;

/** One of DESK_SOURCES. */
export type DeskSource = (typeof DESK_SOURCES)[number];

/**
 * How far the work is. "asked": the customer has not rated yet, nothing to do. "no_reaction" closes without an answer
 * and is left out of answer rates.
 */
export const DESK_STATES = [
  "asked",
  "new",
  "in_progress",
  "waiting",
  "answered",
  "no_reaction",
  "closed",
] as const;

/** One of DESK_STATES. */
export type DeskState = (typeof DESK_STATES)[number];

/**
 * What became of the latest answer. "no": there is none. Only "delivered" reached the customer: "outdated" is the
 * marketplace's word that the feedback is no longer current, "unknown" that nobody can tell.
 */
export const ANSWER_WORDS = [
  "no",
  "awaiting_approval",
  "queued",
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "unknown",
] as const;

/** One of ANSWER_WORDS. */
export type AnswerWord = (typeof ANSWER_WORDS)[number];

/** Whether a rating was appealed against at the marketplace. */
export const APPEALS = ["none", "open", "won", "lost"] as const;

/** One of APPEALS. */
export type Appeal = (typeof APPEALS)[number];

/** A dish or article of the order. */
export interface DeskDish {
  /** Id in the menu; null where the source gave none. */
  readonly id: string | null;
  /** Its name as search sees it: stems between single spaces, one at each end. Empty without a name. */
  readonly stems: string;
}

/** What filters, lists and numbers are made of. */
export interface DeskItem {
  /** Id of the feedback record or of the rating that it shows. */
  readonly id: string;
  readonly source: DeskSource;
  /** The order's id in the retailer's own system. */
  readonly orderId: string;
  /** Its number at the source; null for the app. */
  readonly sourceOrderId: string | null;
  /** Our outlet; null when it is not known. */
  readonly branchId: string | null;
  /** Stars, 1 to 5; null: asked for, not given. */
  readonly rating: number | null;
  readonly comment: string | null;
  /** Ready-made remarks. */
  readonly preset: string | null;
  /** Whose order it was; null: not known, or erased. */
  readonly customerId: string | null;
  /** Sum of the order, kopecks. */
  readonly totalMinor: number | null;
  /** Day of the order on the branch's calendar, as the number yyyymmdd. */
  readonly day: number;
  /** When it first came, ms UTC. */
  readonly receivedAt: number;
  /** From taken to delivered, ms; null when one of them is not known. */
  readonly lateMs: number | null;
  readonly dishes: readonly DeskDish[];
  readonly tags: readonly string[];
  readonly topics: readonly string[];
  readonly state: DeskState;
  /** Person's id. */
  readonly assignee: string | null;
  /** When the first answer is due, ms UTC; null: no clock runs. */
  readonly dueAt: number | null;
  readonly answer: AnswerWord;
  readonly hasNotes: boolean;
  readonly hasPromo: boolean;
  readonly cause: string | null;
  readonly appeal: Appeal;
  readonly isRefunded: boolean;
  /** Another channel gave the same order a rating two stars or more away. */
  readonly isDisputed: boolean;
  /** All its words as search sees them: stems between single spaces, one at each end. */
  readonly stems: string;
}
